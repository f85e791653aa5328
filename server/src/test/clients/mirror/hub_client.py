"""huggingface_hub as its users have it: runs one job and prints what came of each step as JSON. HF_ENDPOINT says where the Hub is.

    hub_client.py everything|refusals|search|offline|large|gated
"""

import hashlib
import json
import os
import sys
from pathlib import Path

from huggingface_hub import HfApi, HfFileSystem, hf_hub_download, snapshot_download
from huggingface_hub.constants import HF_HUB_CACHE

MODEL = "teahouse/tiny-chat"
LARGE = "teahouse/large"
GATED = "teahouse/gated"
PATTERNS = ["*.json", "onnx/model_q4.onnx"]

api = HfApi()


def stored(path):
    """A file as the client keeps it: its place in the cache, the name of its blob, its content's hash."""
    path = Path(path)
    return {
        "path": path.relative_to(HF_HUB_CACHE).as_posix(),
        "blob": Path(os.path.realpath(path)).name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }


def download(repo, path, **options):
    return stored(hf_hub_download(repo, path, **options))


def snapshot(repo, **options):
    folder = Path(snapshot_download(repo, **options))
    return [stored(path) for path in sorted(folder.rglob("*")) if path.is_file()]


def tree(**options):
    return [
        {
            "path": entry.path,
            "size": getattr(entry, "size", None),
            "oid": getattr(entry, "blob_id", None),
            "sha256": entry.lfs.sha256 if getattr(entry, "lfs", None) else None,
        }
        for entry in api.list_repo_tree(MODEL, **options)
    ]


def info(**options):
    found = api.model_info(MODEL, **options)
    return {
        "id": found.id,
        "sha": found.sha,
        "files": [
            {"path": file.rfilename, "size": file.size, "sha256": file.lfs.sha256 if file.lfs else None}
            for file in found.siblings or []
        ],
    }


def part(path, first, last):
    with HfFileSystem().open(f"{MODEL}/{path}", "rb", block_size=4096) as file:
        file.seek(first)
        return hashlib.sha256(file.read(last + 1 - first)).hexdigest()


EVERYTHING = {
    "a small file": lambda: download(MODEL, "config.json"),
    "weights": lambda: download(MODEL, "onnx/model_q4.onnx"),
    "a name with a space and letters beyond ASCII": lambda: download(MODEL, "notes/чай и мёд.txt"),
    "a pull request": lambda: download(MODEL, "README.md", revision="refs/pr/1"),
    "a snapshot": lambda: snapshot(MODEL, allow_patterns=PATTERNS),
    "model info": info,
    "model info with sizes": lambda: info(files_metadata=True),
    "model info at a branch": lambda: info(revision="refs/pr/1"),
    "the whole tree": lambda: tree(recursive=True),
    "a folder": lambda: tree(path_in_repo="onnx"),
    "paths": lambda: [entry.path for entry in api.get_paths_info(MODEL, ["config.json", "onnx", "none"])],
    "a part of the weights": lambda: part("onnx/model_q4.onnx", 1000, 70_000),
    "what exists": lambda: [api.file_exists(MODEL, "config.json"), api.file_exists(MODEL, "none.json"), api.repo_exists(MODEL)],
    "no such file": lambda: download(MODEL, "none.json"),
}

REFUSALS = {
    "no such repository": lambda: download("teahouse/none", "config.json"),
    "no info of no such repository": lambda: api.model_info("teahouse/none").id,
    "no such revision": lambda: download(MODEL, "config.json", revision="none"),
    "no info of no such revision": lambda: api.model_info(MODEL, revision="none").id,
    "no such folder": lambda: tree(path_in_repo="none"),
    "what does not exist": lambda: [api.repo_exists("teahouse/none"), api.revision_exists(MODEL, "none")],
    "a gated file": lambda: download(GATED, "onnx/model.onnx"),
}

JOBS = {
    "everything": EVERYTHING,
    "refusals": REFUSALS,
    "search": {
        "a search": lambda: sorted(model.id for model in api.list_models(search="tiny", author="teahouse")),
        "a search with a limit": lambda: len(list(api.list_models(search="t", limit=2))),
    },
    "offline": {
        "a small file": lambda: download(MODEL, "config.json"),
        "weights": lambda: download(MODEL, "onnx/model_q4.onnx", local_files_only=True),
        "a snapshot": lambda: snapshot(MODEL, allow_patterns=PATTERNS),
        "what is not here": lambda: download(MODEL, "onnx/model.onnx"),
    },
    "large": {"a large file": lambda: download(LARGE, "weights.bin")},
    "gated": {"a gated file": lambda: download(GATED, "onnx/model.onnx")},
}


def attempt(step):
    try:
        return {"value": step()}
    except Exception as fault:
        return {"error": [kind.__name__ for kind in type(fault).__mro__], "message": str(fault)}


print(json.dumps({name: attempt(step) for name, step in JOBS[sys.argv[1]].items()}))
