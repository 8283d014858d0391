"""One of each, made with Convoscope, for PyTorch.

The weights are in a file beside this one:

    load_weights(model, "weights.safetensors")

Images come as a batch [n, 2, 14, 15]; model.eval() before you use it, model.train() before you train it.
"""

import json
import struct

import torch
from torch import nn

model = nn.Sequential(
    nn.Conv2d(2, 6, kernel_size=3, stride=(1, 2), padding=1),  # 6×14×8
    nn.LeakyReLU(negative_slope=0.2),  # 6×14×8
    nn.ConvTranspose2d(6, 4, kernel_size=3, stride=2, padding=1, output_padding=1),  # 4×28×16
    nn.ELU(alpha=0.5),  # 4×28×16
    nn.AvgPool2d(kernel_size=2, padding=1),  # 4×15×9
    nn.PReLU(num_parameters=4),  # 4×15×9
    nn.MaxPool2d(kernel_size=2, ceil_mode=True),  # 4×8×5
    nn.GELU(approximate="tanh"),  # 4×8×5
    nn.GELU(),  # 4×8×5
    nn.Softplus(beta=2),  # 4×8×5
    nn.SiLU(),  # 4×8×5
    nn.BatchNorm2d(4, affine=False),  # 4×8×5
    nn.AdaptiveAvgPool2d(output_size=(4, 1)),  # 4×4×1
    nn.Tanh(),  # 4×4×1
    nn.Flatten(),  # 16
    nn.Linear(16, 5, bias=False),  # 5
    nn.Sigmoid(),  # 5
    nn.Identity(),  # 5
    nn.Softmax(dim=1),  # 5
)


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
