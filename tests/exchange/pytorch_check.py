#!/usr/bin/env python3
"""Runs exported PyTorch modules and compares their outputs with those of `convoscope run`.

Reads one JSON object a line: {"name", "module", "weights" (or null), "input", "output"}, paths of files.
Writes one line for each that differs or fails. Exit code 77 when there is no PyTorch here.
"""
import importlib.util
import json
import struct
import sys

try:
    import torch
except ImportError:
    sys.exit(77)


def read_safetensors(path):
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    types = {"F32": torch.float32, "I64": torch.int64}
    return {
        name: torch.frombuffer(data[slice(*tensor["data_offsets"])], dtype=types[tensor["dtype"]]).reshape(
            tensor["shape"])
        for name, tensor in header.items()
    }


def check(case):
    spec = importlib.util.spec_from_file_location("exported", case["module"])
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    if case["weights"]:
        module.load_weights(module.model, case["weights"])
    module.model.eval()
    with torch.no_grad():
        actual = module.model(read_safetensors(case["input"])["input"])
    expected = read_safetensors(case["output"])["output"]
    if actual.shape != expected.shape:
        return f"shape {list(actual.shape)}, expected {list(expected.shape)}"
    scale = max(1e-3, expected.abs().max().item())
    error = (actual - expected).abs().max().item()
    return None if error <= 1e-4 * scale else f"differs by {error} at a scale of {scale}"


for line in sys.stdin:
    case = json.loads(line)
    try:
        problem = check(case)
    except Exception as error:  # noqa: BLE001: whatever the exported code does is told
        problem = f"{type(error).__name__}: {error}"
    if problem:
        print(f"{case['name']}: {problem}")
