"""Writes the listings of this folder, in the form of the Hub's /api/models/{id}?blobs=true.

File names are those that the repositories publish. Sizes, hashes and commits are stand-ins made here: sizes follow from
the number of parameters and the dtype, hashes from the file's name. Run: python3 make_listings.py (any Python 3).
"""

import hashlib
import json
import pathlib

HERE = pathlib.Path(__file__).parent
NOTE = "File names as published. Sizes, hashes and the commit are stand-ins, see make_listings.py."
BITS = {
    "": 32, "_fp16": 16, "_quantized": 8, "_int8": 8, "_uint8": 8, "_q4": 6, "_q4f16": 5, "_bnb4": 6,
}
TEXT = ["README.md", "config.json", "generation_config.json", "special_tokens_map.json", "tokenizer.json",
        "tokenizer_config.json"]
BPE = ["merges.txt", "vocab.json"]


def sibling(path, size, lfs):
    entry = {"rfilename": path, "size": size, "blobId": hashlib.sha1(path.encode()).hexdigest()}
    if lfs:
        entry["lfs"] = {"sha256": hashlib.sha256(path.encode()).hexdigest(), "size": size, "pointerSize": 134}
    return entry


def write(repo, texts, modules, external=()):
    """modules: file stem to (millions of parameters, suffixes); external: graphs whose weights lie in one data file."""
    files = [sibling(".gitattributes", 1519, False)] + [sibling(name, 1000 + len(name), False) for name in sorted(texts)]
    for stem, (millions, suffixes) in sorted(modules.items()):
        for suffix in sorted(suffixes):
            size = int(millions * 1_000_000) * BITS.get(suffix, 8) // 8
            path = f"onnx/{stem}{suffix}.onnx"
            if path.split("/")[1] in external:
                files.append(sibling(path, 400_000, True))
                files.append(sibling(path + "_data", size, True))
            else:
                files.append(sibling(path, size, True))
    info = {
        "samovar_note": NOTE,
        "id": repo,
        "modelId": repo,
        "author": repo.split("/")[0],
        "sha": hashlib.sha1(repo.encode()).hexdigest(),
        "private": False,
        "gated": False,
        "siblings": files,
    }
    target = HERE / (repo.replace("/", "--") + ".json")
    target.write_text(json.dumps(info, indent=1) + "\n")


ALL = list(BITS)
write("onnx-community/Qwen2.5-0.5B-Instruct", TEXT + BPE + ["added_tokens.json"], {"model": (494, ALL)})
write("HuggingFaceTB/SmolLM2-135M-Instruct", TEXT + BPE + ["model.safetensors"], {"model": (135, ALL)})
write("HuggingFaceTB/SmolLM2-360M-Instruct", TEXT + BPE + ["model.safetensors"], {"model": (362, ALL)})
write(
    "HuggingFaceTB/SmolLM2-1.7B-Instruct",
    TEXT + BPE + ["model.safetensors"],
    {"model": (1711, ALL)},
    external=("model.onnx", "model_fp16.onnx"),
)
write(
    "onnx-community/Florence-2-base-ft",
    TEXT + BPE + ["added_tokens.json", "preprocessor_config.json"],
    {
        "decoder_model": (97, ALL),
        "decoder_model_merged": (97, ALL),
        "decoder_with_past_model": (90, ALL),
        "embed_tokens": (39, ALL),
        "encoder_model": (43, ALL),
        "vision_encoder": (92, ALL),
    },
)
write(
    "onnx-community/whisper-base",
    TEXT + BPE + ["added_tokens.json", "normalizer.json", "preprocessor_config.json"],
    {
        "decoder_model": (52, ALL),
        "decoder_model_merged": (52, ALL),
        "decoder_with_past_model": (49, ALL),
        "encoder_model": (21, ALL),
    },
)
write("Xenova/all-MiniLM-L6-v2", TEXT + ["quantize_config.json", "vocab.txt"], {"model": (23, ALL)})
write(
    "sentence-transformers/all-MiniLM-L6-v2",
    TEXT + ["modules.json", "vocab.txt", "1_Pooling/config.json"],
    {
        "model": (
            23,
            ["", "_O1", "_O2", "_O3", "_O4", "_qint8_arm64", "_qint8_avx512", "_qint8_avx512_vnni", "_quint8_avx2"],
        )
    },
)
