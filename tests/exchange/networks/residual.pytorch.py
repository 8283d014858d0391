"""Residual block, made with Convoscope, for PyTorch.

The weights are in a file beside this one:

    load_weights(model, "weights.safetensors")

Images come as a batch [n, 3, 12, 12]; model.eval() before you use it, model.train() before you train it.
"""

import json
import struct

import torch
import torch.nn.functional as F
from torch import nn


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, kernel_size=3, padding="same", bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, kernel_size=(3, 5), padding=(1, 2), bias=False)
        self.bn2 = nn.BatchNorm2d(8, eps=0.001, momentum=0.01)
        self.wide = nn.Conv2d(8, 4, kernel_size=3, padding=2, dilation=2, groups=2)
        self.short = nn.Conv2d(8, 4, kernel_size=1)
        self.add_module("13", nn.Dropout(p=0.2))
        self.add_module("14", nn.Linear(16, 10))

    def forward(self, x):
        x = self.conv1(x)  # 8×12×12
        x = self.bn1(x)  # 8×12×12
        entry = F.relu(x)  # 8×12×12
        x = self.conv2(entry)  # 8×12×12
        x = self.bn2(x)  # 8×12×12
        x = x + entry  # 8×12×12
        x = F.relu(x)  # 8×12×12
        down = F.max_pool2d(x, kernel_size=3, stride=2, padding=1)  # 8×6×6
        wide = self.wide(down)  # 4×6×6
        x = self.short(down)  # 4×6×6
        x = torch.cat([wide, x, down], dim=1)  # 16×6×6
        x = F.adaptive_avg_pool2d(x, output_size=1)  # 16×1×1
        x = torch.flatten(x, start_dim=1)  # 16
        x = self.get_submodule("13")(x)  # 16
        x = self.get_submodule("14")(x)  # 10
        return x


model = Network()


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
