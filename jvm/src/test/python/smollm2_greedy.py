"""Writes goldens/smollm2_greedy_ort_1_29.json: the embedded SmolLM2's greedy answers by onnxruntime for Python 1.29.0, the version
that the JVM runs. The conversations and their prompt ids are those of goldens/smollm2_greedy.json (onnxruntime 1.32.0).

The answers are the same with 1, 2 and 4 threads and in every run. They depend on the processor: with AVX-512 hidden from
onnxruntime, three of the six answers leave these at a margin of up to 0.25, and margins before that point differ by up to 0.46.
So this runs only where the processor has AVX-512 with VNNI, and the file says so.

    pip install onnxruntime==1.29.0 numpy
    python jvm/src/test/python/smollm2_greedy.py
"""

import json
import pathlib

import numpy as np
import onnxruntime

ROOT = pathlib.Path(__file__).parents[4]
GOLDENS = ROOT / "shared/src/test/resources/goldens"
MODEL = ROOT / "models/bundled/SmolLM2-135M-Instruct"
MOST = 48
THREADS = (1, 2, 4)
INSTRUCTION_SET = "avx512_vnni"


def open_session(threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(MODEL / "onnx/model_q4.onnx"), options, providers=["CPUExecutionProvider"])


def greedy(session, prompt, eos):
    """Answers with argmax; gives the ids and, for each, by how much its logit was ahead of the next."""
    feeds = {
        each.name: np.zeros((1, each.shape[1], 0, each.shape[3]), np.float32)
        for each in session.get_inputs()
        if each.name.startswith("past_key_values.")
    }
    names = [each.name.replace("present", "past_key_values") for each in session.get_outputs()]
    tokens, read, ids, margins = prompt, 0, [], []
    while len(ids) < MOST and not (ids and ids[-1] in eos):
        feeds["input_ids"] = np.array([tokens], np.int64)
        feeds["position_ids"] = np.arange(read, read + len(tokens), dtype=np.int64)[None]
        read += len(tokens)
        feeds["attention_mask"] = np.ones((1, read), np.int64)
        results = dict(zip(names, session.run(None, feeds)))
        logits = results.pop("logits")[0, -1]
        feeds.update(results)
        second, first = np.sort(logits)[-2:]
        ids.append(int(logits.argmax()))
        margins.append(round(float(first - second), 3))
        tokens = ids[-1:]
    return ids, margins


def decoder():
    """Ids to text by the model's tokenizer.json: byte-level BPE, special tokens left out."""
    tokenizer = json.loads((MODEL / "tokenizer.json").read_text(encoding="utf-8"))
    special = {token["id"] for token in tokenizer["added_tokens"] if token["special"]}
    words = {number: word for word, number in tokenizer["model"]["vocab"].items()}
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    bytes_of = {chr(byte): byte for byte in plain} | {chr(256 + i): byte for i, byte in enumerate(others)}
    return lambda ids: bytes(bytes_of[letter] for i in ids if i not in special for letter in words[i]).decode("utf-8")


def main():
    assert onnxruntime.__version__ == "1.29.0", onnxruntime.__version__
    assert INSTRUCTION_SET in pathlib.Path("/proc/cpuinfo").read_text(), f"this processor has no {INSTRUCTION_SET}"
    eos = json.loads((MODEL / "generation_config.json").read_text())["eos_token_id"]
    eos = eos if isinstance(eos, list) else [eos]
    text = decoder()
    sources = json.loads((GOLDENS / "smollm2_greedy.json").read_text(encoding="utf-8"))["cases"]
    answers = [[greedy(session, case["prompt_ids"], eos) for case in sources] for session in map(open_session, THREADS)]
    assert all(each == answers[0] for each in answers), "the answers depend on the number of threads"
    cases = [
        {
            "messages": case["messages"],
            "prompt_ids": case["prompt_ids"],
            "token_ids": ids,
            "text": text(ids),
            "finish_reason": "stop" if ids[-1] in eos else "length",
            "margins": margins,
        }
        for case, (ids, margins) in zip(sources, answers[0])
    ]
    golden = {
        "model": "bundled/SmolLM2-135M-Instruct, onnx/model_q4.onnx",
        "made_with": f"onnxruntime {onnxruntime.__version__} CPU ({INSTRUCTION_SET}), 1, 2 and 4 threads alike, greedy, max_new_tokens {MOST}",
        "instruction_set": INSTRUCTION_SET,
        "note": "margins: best minus second logit at each step. On another instruction set, compare up to the first near tie.",
        "cases": cases,
    }
    path = GOLDENS / "smollm2_greedy_ort_1_29.json"
    path.write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")


main()
