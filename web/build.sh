#!/usr/bin/env bash
# Installs the pinned packages where they are missing or stale, then assembles the site.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# npm writes this file last, so it is newer than the lock only after an install that went through.
installed=node_modules/.package-lock.json
if [ ! -f "$installed" ] || [ package-lock.json -nt "$installed" ]; then
  npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  touch "$installed"
fi
exec node build.mjs "$@"
