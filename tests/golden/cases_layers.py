"""Golden cases of the layer types other than those of the first networks: one layer each."""

import torch

MODULES = {
    "conv_transpose2d": torch.nn.ConvTranspose2d,
    "avg_pool2d": torch.nn.AvgPool2d,
    "adaptive_avg_pool2d": torch.nn.AdaptiveAvgPool2d,
    "local_response_norm": torch.nn.LocalResponseNorm,
    "sigmoid": torch.nn.Sigmoid,
    "tanh": torch.nn.Tanh,
    "silu": torch.nn.SiLU,
    "identity": torch.nn.Identity,
    "gelu": torch.nn.GELU,
    "leaky_relu": torch.nn.LeakyReLU,
    "elu": torch.nn.ELU,
    "softplus": torch.nn.Softplus,
    "prelu": torch.nn.PReLU,
}


def make_layer(kind, keys, shape):
    if kind == "conv_transpose2d":
        return MODULES[kind](shape[0], **keys)
    if kind == "softmax":
        return torch.nn.Softmax(dim=1)
    return MODULES[kind](**keys)


# Attributes; every case has input [3, 4, 5] in a batch of 9, with numbers from about -10 to 10.
ACTIVATIONS = [
    ("activation_sigmoid", dict(type="sigmoid")),
    ("activation_tanh", dict(type="tanh")),
    ("activation_silu", dict(type="silu")),
    ("activation_identity", dict(type="identity")),
    ("activation_gelu", dict(type="gelu")),
    ("activation_gelu_none", dict(type="gelu", approximate="none")),
    ("activation_gelu_tanh", dict(type="gelu", approximate="tanh")),
    ("activation_leaky_relu", dict(type="leaky_relu")),
    ("activation_leaky_relu_steep", dict(type="leaky_relu", negative_slope=0.4)),
    ("activation_elu", dict(type="elu")),
    ("activation_elu_alpha", dict(type="elu", alpha=0.3)),
    ("activation_softplus", dict(type="softplus")),
    ("activation_softplus_beta", dict(type="softplus", beta=4.0)),
    ("activation_prelu", dict(type="prelu")),
    ("activation_prelu_channels", dict(type="prelu", num_parameters=3, init=0.1)),
]

# name, input [c, h, w], batch, attributes
CHANNELS = [
    ("softmax_volume", [5, 3, 2], 4, dict(type="softmax")),
    ("local_response_norm_alexnet", [8, 3, 3], 5, dict(
        type="local_response_norm", size=5, alpha=1e-4, beta=0.75, k=2.0)),
    ("local_response_norm_strong", [6, 2, 3], 9, dict(
        type="local_response_norm", size=3, alpha=2.0, beta=0.5)),
    ("local_response_norm_even", [5, 2, 2], 4, dict(
        type="local_response_norm", size=4, alpha=1.0, beta=1.0, k=0.5)),
    ("local_response_norm_wide", [3, 2, 2], 4, dict(
        type="local_response_norm", size=9, alpha=1.0)),
]


def write_cases(golden):
    for name, layer in ACTIVATIONS:
        generator = golden.generator_of(name + " input")
        inputs = golden.draw_floats(generator, (9, 3, 4, 5), 5.0)
        yield golden.write_case(name, golden.one_layer([3, 4, 5], **layer), 9, "mse", inputs)
    yield golden.write_case(
        "activation_prelu_flat", {"input": [7, 1, 1], "layers": [
            {"type": "flatten"}, {"type": "prelu", "num_parameters": 7}]}, 9, "mse")
    yield golden.write_case(
        "softmax_flat", {"input": [2, 3, 2], "layers": [
            {"type": "flatten"}, {"type": "softmax"}]}, 9, "mse")
    for name, shape, batch, layer in CHANNELS:
        yield golden.write_case(name, golden.one_layer(shape, **layer), batch, "mse")
