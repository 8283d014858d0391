"""LeNet-5, made with Convoscope, for PyTorch.

The weights are in a file beside this one:

    load_weights(model, "weights.safetensors")

Images come as a batch [n, 1, 28, 28]; model.eval() before you use it, model.train() before you train it.
"""

import json
import struct
from collections import OrderedDict

import torch
from torch import nn

model = nn.Sequential(OrderedDict([
    ("conv1", nn.Conv2d(1, 6, kernel_size=5, padding=2)),  # 6×28×28
    ("relu1", nn.ReLU()),  # 6×28×28
    ("pool1", nn.MaxPool2d(kernel_size=2)),  # 6×14×14
    ("conv2", nn.Conv2d(6, 16, kernel_size=5)),  # 16×10×10
    ("relu2", nn.ReLU()),  # 16×10×10
    ("pool2", nn.MaxPool2d(kernel_size=2)),  # 16×5×5
    ("flatten", nn.Flatten()),  # 400
    ("fc1", nn.Linear(400, 120)),  # 120
    ("relu3", nn.ReLU()),  # 120
    ("fc2", nn.Linear(120, 84)),  # 84
    ("relu4", nn.ReLU()),  # 84
    ("fc3", nn.Linear(84, 10)),  # 10
]))


def load_weights(model, path):
    """Loads a safetensors file: eight bytes of header length, a JSON header, and the numbers."""
    with open(path, "rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_bytes))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    types = {"F32": torch.float32, "I64": torch.int64}
    state = {}
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        numbers = torch.frombuffer(data[begin:end], dtype=types[tensor["dtype"]])
        state[name] = numbers.reshape(tensor["shape"])
    model.load_state_dict(state)
    return model
