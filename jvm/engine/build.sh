#!/usr/bin/env bash
# Puts ONNX Runtime's native library for Linux on x64 into the module's classes, from the pinned npm package.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

target=../target/classes/samovar/jvm/ortcpu/linux-x64/libonnxruntime.so
# npm writes this file last, so it is newer than the lock only after an install that went through.
installed=node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch "$installed"
fi
if [ ! -f "$target" ] || [ "$installed" -nt "$target" ]; then
  mkdir -p "$(dirname "$target")"
  cp node_modules/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1 "$target.part"
  touch "$target.part"
  mv "$target.part" "$target"
fi
