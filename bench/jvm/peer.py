"""The peer of the JVM bench: a plain greedy loop over onnxruntime for Python, on the same file. Every line of its input is a
JSON list of prompt ids; every line of its output tells how the generation after it went.

python3 peer.py MODEL.onnx THREADS NEW_TOKENS
"""

import json
import sys
import time

import numpy as np
import onnxruntime


def main():
    path, threads, new_tokens = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    empty = {
        i.name: np.zeros((1, i.shape[1], 0, i.shape[3]), np.float32)
        for i in session.get_inputs()
        if i.name.startswith("past_key_values.")
    }
    outputs = [o.name for o in session.get_outputs()]

    def step(tokens, past, cached):
        feeds = dict(past)
        feeds["input_ids"] = np.array([tokens], np.int64)
        feeds["attention_mask"] = np.ones((1, cached + len(tokens)), np.int64)
        feeds["position_ids"] = np.arange(cached, cached + len(tokens), dtype=np.int64)[None]
        results = dict(zip(outputs, session.run(None, feeds)))
        logits = results.pop("logits")
        past = {name.replace("present", "past_key_values"): value for name, value in results.items()}
        return int(logits[0, -1].argmax()), past

    def generate(prompt):
        start = time.perf_counter()
        token, past = step(prompt, empty, 0)
        first = time.perf_counter()
        tokens = [token]
        while len(tokens) < new_tokens:
            token, past = step([token], past, len(prompt) + len(tokens) - 1)
            tokens.append(token)
        end = time.perf_counter()
        return {
            "prefill_ms": (first - start) * 1000,
            "decode_tokens_per_second": (new_tokens - 1) / (end - first),
            "tokens": tokens,
        }

    print(json.dumps({"version": onnxruntime.__version__}), flush=True)
    for line in sys.stdin:
        print(json.dumps(generate(json.loads(line))), flush=True)


main()
