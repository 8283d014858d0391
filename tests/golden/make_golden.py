#!/usr/bin/env python3
"""Makes the golden numbers: small networks run through PyTorch, with every number kept.

Each case is a folder with the very files that `convoscope run` reads and should write:

    network.json           the network file
    weights.safetensors    the state_dict (missing where the network has no parameters)
    input.safetensors      `input`, and `target` where there is a loss
    expected.safetensors   `output`, `loss`, `grad.input`, `grad.<parameter>` and, while training,
                           the running statistics afterwards

Each trajectory is a folder too: `optimizer.json` instead of a loss, and `expected.safetensors`
holds `losses` [steps] and the parameters after the last step.

Everything is computed in double precision and rounded to float once, at the end: the golden
numbers are then right to the last bit of a float, and a test's tolerance is the engine's alone.
`index.json` lists the cases in order.
"""

import json
import math
import shutil
import struct
import sys
import zlib
from pathlib import Path

import numpy
import torch

import cases_graph
import cases_layers
import cases_race
import cases_training

HERE = Path(__file__).resolve().parent
SEED = 20260
STEPS = 20
TORCH_TO_SAFETENSORS = {torch.float32: "F32", torch.int64: "I64"}


def write_safetensors(path, tensors):
    """Eight bytes of header length, a JSON header, the data: https://github.com/huggingface/safetensors."""
    header, blobs, offset = {}, [], 0
    for name, tensor in tensors.items():
        if tensor.dtype == torch.float64:
            tensor = tensor.to(torch.float32)
        blob = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {
            "dtype": TORCH_TO_SAFETENSORS[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(blob)],
        }
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def pair(value):
    return tuple(value) if isinstance(value, list) else value


def make_layer(spec, shape):
    """The torch.nn module of one layer of a network file; `shape` is what comes in, without the batch."""
    kind = spec["type"]
    keys = {k: pair(v) for k, v in spec.items() if k not in ("type", "name", "inputs")}
    if kind == "conv2d":
        return torch.nn.Conv2d(shape[0], **keys)
    if kind == "linear":
        return torch.nn.Linear(math.prod(shape), **keys)
    if kind == "max_pool2d":
        return torch.nn.MaxPool2d(**keys)
    if kind == "relu":
        return torch.nn.ReLU()
    if kind == "flatten":
        return torch.nn.Flatten()
    return cases_graph.make_layer(kind, keys, shape) or cases_layers.make_layer(kind, keys, shape)


def make_network(network):
    module = cases_graph.Graph(network, make_layer)
    return module, module.output_shape


def generator_of(name):
    """Each case draws from numbers of its own, so that a new case leaves all others as they are."""
    return numpy.random.Generator(numpy.random.PCG64([SEED, zlib.crc32(name.encode())]))


def draw_floats(generator, shape, scale=1.0):
    """Normal numbers rounded to what a float holds, so that both sides start from the same ones."""
    values = (scale * generator.standard_normal(shape)).astype(numpy.float32)
    return torch.from_numpy(values).to(torch.float64)


def set_parameters(module, generator):
    for parameter in module.parameters():
        fan_in = math.prod(parameter.shape[1:]) or parameter.shape[0]
        scale = math.sqrt(2.0 / fan_in) if parameter.dim() > 1 else 0.1
        parameter.data = draw_floats(generator, parameter.shape, scale)
    cases_graph.set_batch_norms(module, generator, draw_floats)


def loss_of(kind, output, target, label_smoothing=0.0):
    if kind == "cross_entropy":
        return torch.nn.functional.cross_entropy(output, target, label_smoothing=label_smoothing)
    return torch.nn.functional.mse_loss(output, target)


def draw_target(kind, generator, batch, output_shape):
    if kind == "cross_entropy":
        return torch.from_numpy(generator.integers(0, output_shape[0], batch))
    return draw_floats(generator, (batch, *output_shape))


def write_network(folder, network):
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(network, indent=2)
    (folder / "network.json").write_text(text + "\n")


def write_case(name, network, batch, loss, given_input=None, given_target=None,
               label_smoothing=0.0, training=True):
    generator = generator_of(name)
    network = {"format": "convoscope/1", "name": name, **network}
    module, output_shape = make_network(network)
    module.double().train(training)
    set_parameters(module, generator)
    folder = HERE / name
    write_network(folder, network)
    if module.state_dict():
        write_safetensors(folder / "weights.safetensors", module.state_dict())
    inputs = draw_floats(generator, (batch, *network["input"])) if given_input is None else given_input
    inputs.requires_grad_(True)
    target = draw_target(loss, generator, batch, output_shape) if given_target is None else given_target
    output = module(inputs)
    value = loss_of(loss, output, target, label_smoothing)
    value.backward()

    write_safetensors(folder / "input.safetensors", {"input": inputs, "target": target})
    expected = {"output": output, "loss": value.reshape(1), "grad.input": inputs.grad}
    expected.update({f"grad.{key}": p.grad for key, p in module.named_parameters()})
    if training:
        expected.update({key: b for key, b in module.named_buffers() if b.is_floating_point()})
    write_safetensors(folder / "expected.safetensors", expected)
    entry = {"name": name, "loss": loss, "batch": batch} | ({} if training else {"training": False})
    return entry | ({"label_smoothing": label_smoothing} if label_smoothing else {})


def write_trajectory(name, optimizer, network, batch):
    generator = generator_of(name)
    network = {"format": "convoscope/1", "name": name, **network}
    module, output_shape = make_network(network)
    module.double().train()
    set_parameters(module, generator)
    inputs = draw_floats(generator, (batch, *network["input"]))
    target = draw_target("cross_entropy", generator, batch, output_shape)

    folder = HERE / name
    write_network(folder, network)
    (folder / "optimizer.json").write_text(json.dumps(optimizer, indent=2) + "\n")
    write_safetensors(folder / "weights.safetensors", module.state_dict())
    write_safetensors(folder / "input.safetensors", {"input": inputs, "target": target})

    stepper = cases_training.make_stepper(optimizer, module.parameters())
    losses = []
    for _ in range(STEPS):
        stepper.zero_grad()
        loss = torch.nn.functional.cross_entropy(module(inputs), target)
        loss.backward()
        cases_training.clip(optimizer, module.parameters())
        stepper.step()
        losses.append(loss.item())
    expected = {"losses": torch.tensor(losses, dtype=torch.float64), **module.state_dict()}
    write_safetensors(folder / "expected.safetensors", expected)
    return {"name": name, "steps": STEPS, "batch": batch}


def one_layer(shape, **layer):
    return {"input": shape, "layers": [layer]}


LENET5 = {
    "input": [1, 28, 28],
    "layers": [
        {"name": "conv1", "type": "conv2d", "out_channels": 6, "kernel_size": 5, "padding": 2},
        {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"name": "conv2", "type": "conv2d", "out_channels": 16, "kernel_size": 5},
        {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "flatten"},
        {"name": "fc1", "type": "linear", "out_features": 120},
        {"type": "relu"},
        {"name": "fc2", "type": "linear", "out_features": 84},
        {"type": "relu"},
        {"name": "fc3", "type": "linear", "out_features": 10},
    ],
}

SMALL = {
    "input": [2, 8, 6],
    "layers": [
        {"name": "conv", "type": "conv2d", "out_channels": 5, "kernel_size": 3, "padding": 1},
        {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "flatten"},
        {"name": "fc", "type": "linear", "out_features": 4},
    ],
}

# name, input [c, h, w], batch, attributes. Batches of 1, 8, 9 and more: less than the lanes, all of
# them, and a tail. Channels of 1, 3, 6, 8 and more: less than a register tile, whole, and a tail.
CONV2D = [
    ("conv2d_1x1", [3, 5, 4], 3, dict(out_channels=4, kernel_size=1)),
    ("conv2d_3x3", [3, 7, 6], 9, dict(out_channels=6, kernel_size=3)),
    ("conv2d_5x5_padding", [1, 9, 8], 8, dict(out_channels=7, kernel_size=5, padding=2)),
    ("conv2d_one_image", [2, 6, 6], 1, dict(out_channels=3, kernel_size=3, padding=1)),
    ("conv2d_many_channels", [13, 5, 5], 10, dict(out_channels=17, kernel_size=3, padding=1)),
    ("conv2d_no_bias", [3, 6, 6], 5, dict(out_channels=8, kernel_size=3, bias=False)),
    ("conv2d_axes_differ", [2, 11, 12], 5, dict(
        out_channels=5, kernel_size=[3, 2], stride=[2, 3], padding=[1, 2], dilation=[2, 1])),
    ("conv2d_stride_beyond_kernel", [2, 10, 11], 4, dict(out_channels=3, kernel_size=2, stride=3)),
    ("conv2d_stride_leaves_rest", [2, 8, 9], 4, dict(out_channels=3, kernel_size=3, stride=2)),
    ("conv2d_dilation", [3, 9, 9], 4, dict(out_channels=4, kernel_size=3, dilation=3, padding=3)),
    ("conv2d_wide_padding", [2, 3, 4], 3, dict(out_channels=3, kernel_size=3, padding=[3, 4])),
    ("conv2d_groups", [6, 6, 5], 9, dict(out_channels=4, kernel_size=3, padding=1, groups=2)),
    ("conv2d_depthwise", [5, 6, 6], 8, dict(out_channels=10, kernel_size=3, groups=5)),
    ("conv2d_same_odd", [2, 6, 7], 4, dict(out_channels=3, kernel_size=[3, 5], padding="same")),
    ("conv2d_same_even", [2, 6, 7], 4, dict(out_channels=3, kernel_size=[2, 4], padding="same")),
    ("conv2d_same_dilation", [2, 7, 7], 4, dict(
        out_channels=3, kernel_size=[2, 3], dilation=[3, 2], padding="same")),
    ("conv2d_valid", [2, 6, 7], 4, dict(out_channels=3, kernel_size=3, padding="valid")),
    ("conv2d_kernel_is_image", [3, 4, 5], 9, dict(out_channels=6, kernel_size=[4, 5])),
    ("conv2d_row", [2, 1, 12], 5, dict(out_channels=3, kernel_size=[1, 4], stride=[1, 2])),
    # Wide enough to go by Winograd's minimal filtering: whole tiles, rests, padding written out.
    ("conv2d_wide_tiles", [16, 4, 4], 3, dict(out_channels=16, kernel_size=3, padding=1)),
    ("conv2d_wide_rests", [17, 5, 6], 2, dict(out_channels=16, kernel_size=3, padding=[2, 1])),
    ("conv2d_wide_reflect", [16, 4, 4], 2, dict(
        out_channels=18, kernel_size=3, padding=1, padding_mode="reflect", bias=False)),
]

MAX_POOL2D = [
    ("max_pool2d_2x2", [3, 6, 8], 9, dict(kernel_size=2)),
    ("max_pool2d_overlapping", [2, 9, 8], 5, dict(kernel_size=3, stride=2)),
    ("max_pool2d_padding", [2, 7, 6], 8, dict(kernel_size=3, stride=2, padding=1)),
    ("max_pool2d_dilation", [2, 9, 8], 4, dict(kernel_size=2, stride=1, dilation=3)),
    ("max_pool2d_axes_differ", [3, 9, 10], 4, dict(
        kernel_size=[3, 2], stride=[2, 3], padding=[1, 0], dilation=[2, 1])),
    ("max_pool2d_leaves_rest", [2, 7, 9], 4, dict(kernel_size=2)),
    ("max_pool2d_ceil_mode", [2, 7, 8], 4, dict(kernel_size=3, stride=2, ceil_mode=True)),
]

OPTIMIZERS = [
    ("trajectory_sgd", dict(type="sgd", learning_rate=0.1)),
    ("trajectory_sgd_weight_decay", dict(type="sgd", learning_rate=0.1, weight_decay=0.05)),
    ("trajectory_momentum", dict(type="momentum", learning_rate=0.05, momentum=0.9)),
    ("trajectory_momentum_weight_decay", dict(
        type="momentum", learning_rate=0.05, momentum=0.9, weight_decay=0.05)),
    ("trajectory_adam", dict(
        type="adam", learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8)),
    ("trajectory_adam_weight_decay", dict(
        type="adam", learning_rate=0.01, beta1=0.8, beta2=0.99, epsilon=1e-6, weight_decay=0.05)),
]


def write_cases():
    for name, shape, batch, keys in CONV2D:
        yield write_case(name, one_layer(shape, type="conv2d", **keys), batch, "mse")
    for name, shape, batch, keys in MAX_POOL2D:
        yield write_case(name, one_layer(shape, type="max_pool2d", **keys), batch, "mse")
    yield write_case("relu", one_layer([3, 4, 5], type="relu"), 9, "mse")
    yield write_case(
        "linear", one_layer([7, 1, 1], type="flatten") | {"layers": [
            {"type": "flatten"}, {"name": "fc", "type": "linear", "out_features": 5}]},
        9, "mse")
    yield write_case(
        "linear_no_bias", {"input": [20, 1, 1], "layers": [
            {"type": "flatten"}, {"type": "linear", "out_features": 19, "bias": False}]},
        8, "mse")
    yield write_case("flatten", one_layer([3, 2, 4], type="flatten"), 4, "mse")
    # Flatten in front of linear is where an order other than NCHW would show.
    yield write_case(
        "flatten_linear", {"input": [3, 4, 5], "layers": [
            {"type": "flatten"}, {"name": "fc", "type": "linear", "out_features": 6}]},
        9, "cross_entropy")
    yield write_case("lenet5", LENET5, 5, "cross_entropy")

    # Cross-entropy where a careless exponential overflows, underflows or meets equal logits.
    rows = [[0, 0, 0, 0, 0], [1, 2, 3, 4, 5], [1e4, 0, -1e4, 5, 5], [-1e4, -1e4, -1e4, -1e4, -1e4],
            [100, 100, -100, -100, 0], [80, -80, 0, 1, 2], [88.5, 89.5, 90.5, 91.5, 92.5],
            [3e38, 0, 0, 0, 0], [1e-30, -1e-30, 0, 0, 0]]
    labels = [2, 4, 0, 1, 1, 2, 0, 0, 3]
    logits = torch.tensor(rows, dtype=torch.float32).to(torch.float64).reshape(len(rows), 5)
    yield write_case(
        "cross_entropy_extremes", one_layer([5, 1, 1], type="flatten"), len(rows), "cross_entropy",
        logits.reshape(len(rows), 5, 1, 1), torch.tensor(labels))


def main():
    torch.set_num_threads(1)
    for folder in HERE.iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)
    golden = sys.modules[__name__]
    cases = list(write_cases()) + list(cases_layers.write_cases(golden)) + list(cases_graph.write_cases(golden)) + list(cases_training.write_losses(golden))
    trajectories = [write_trajectory(name, optimizer, SMALL, 9)
                    for name, optimizer in OPTIMIZERS]
    trajectories += cases_training.write_trajectories(golden) + cases_graph.write_trajectories(golden)
    cases_training.write_numbers(HERE / "training")
    cases_race.write(golden)
    lines = [json.dumps(entry) for entry in cases]
    more = [json.dumps(entry) for entry in trajectories]
    (HERE / "index.json").write_text(
        '{"cases": [\n  ' + ",\n  ".join(lines) + '\n],\n"trajectories": [\n  '
        + ",\n  ".join(more) + "\n]}\n")
    print(f"{len(cases)} cases and {len(trajectories)} trajectories, PyTorch {torch.__version__}")


if __name__ == "__main__":
    main()
