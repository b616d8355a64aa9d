"""Reads one JSON request a line on stdin and writes one JSON answer a line on stdout: YAML 1.1 as PyYAML has it.

{"op": "yaml", "text": ...} answers {"result": value}; what JSON cannot hold (dates, bytes, infinities, keys that are
not strings) is refused, because no reader of ours may see such a thing where a string was written.
"""

import json
import sys

import yaml

sys.setrecursionlimit(20_000)


def plain(value):
    if isinstance(value, dict):
        for key in value:
            if not isinstance(key, str):
                raise TypeError(f"key {key!r} is a {type(key).__name__}")
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    raise TypeError(f"{value!r} is a {type(value).__name__}")


OPERATIONS = {
    "yaml": lambda text: plain(yaml.safe_load(text)),
    "documents": lambda text: [plain(value) for value in yaml.safe_load_all(text)],
}


def answer(line):
    request = json.loads(line)
    try:
        return {"result": OPERATIONS[request["op"]](request["text"])}
    except Exception as error:  # the tests see every refusal, whatever its class
        return {"result": None, "error": f"{type(error).__name__}: {error}"}


for line in sys.stdin:
    sys.stdout.write(json.dumps(answer(line), allow_nan=False) + "\n")
