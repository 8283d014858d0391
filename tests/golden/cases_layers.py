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

VOLUMES = [
    ("conv2d_reflect", [2, 5, 6], 9, dict(
        type="conv2d", out_channels=3, kernel_size=3, padding=[1, 3], padding_mode="reflect")),
    ("conv2d_replicate", [3, 4, 3], 4, dict(
        type="conv2d", out_channels=5, kernel_size=[3, 2], stride=2, padding=4,
        padding_mode="replicate")),
    ("conv2d_circular", [4, 4, 5], 8, dict(
        type="conv2d", out_channels=4, kernel_size=3, padding=[4, 1], dilation=[2, 1], groups=2,
        padding_mode="circular")),
    ("conv2d_reflect_same", [2, 6, 5], 4, dict(
        type="conv2d", out_channels=3, kernel_size=[4, 3], dilation=[1, 2], padding="same",
        padding_mode="reflect")),
    ("conv2d_depthwise_multiplier", [3, 5, 5], 9, dict(
        type="conv2d", out_channels=9, kernel_size=3, stride=[1, 2], padding=1, groups=3)),
    ("conv_transpose2d_2x2", [3, 3, 4], 9, dict(
        type="conv_transpose2d", out_channels=4, kernel_size=2, stride=2)),
    ("conv_transpose2d_overlapping", [2, 4, 3], 4, dict(
        type="conv_transpose2d", out_channels=3, kernel_size=3)),
    ("conv_transpose2d_wide", [16, 4, 4], 2, dict(
        type="conv_transpose2d", out_channels=17, kernel_size=3, padding=1)),
    ("conv_transpose2d_axes_differ", [2, 3, 4], 5, dict(
        type="conv_transpose2d", out_channels=5, kernel_size=[3, 2], stride=[2, 3],
        padding=[1, 0], output_padding=[1, 2], dilation=[1, 2])),
    ("conv_transpose2d_dilation", [3, 3, 3], 8, dict(
        type="conv_transpose2d", out_channels=2, kernel_size=3, dilation=3, output_padding=2,
        padding=2)),
    ("conv_transpose2d_groups", [6, 3, 2], 9, dict(
        type="conv_transpose2d", out_channels=4, kernel_size=3, stride=2, padding=1, groups=2)),
    ("conv_transpose2d_gaps", [2, 3, 3], 3, dict(
        type="conv_transpose2d", out_channels=3, kernel_size=2, stride=4, output_padding=3)),
    ("conv_transpose2d_wide_padding", [2, 6, 5], 3, dict(
        type="conv_transpose2d", out_channels=3, kernel_size=2, padding=[2, 1])),
    ("conv_transpose2d_no_bias", [3, 2, 2], 4, dict(
        type="conv_transpose2d", out_channels=3, kernel_size=3, stride=2, bias=False)),
    ("avg_pool2d_2x2", [3, 4, 6], 9, dict(type="avg_pool2d", kernel_size=2)),
    ("avg_pool2d_padding", [2, 6, 5], 4, dict(
        type="avg_pool2d", kernel_size=3, stride=2, padding=1)),
    ("avg_pool2d_inside_only", [2, 6, 5], 4, dict(
        type="avg_pool2d", kernel_size=3, stride=2, padding=1, count_include_pad=False)),
    ("avg_pool2d_ceil_mode", [2, 6, 7], 4, dict(
        type="avg_pool2d", kernel_size=[3, 2], stride=2, padding=[1, 0], ceil_mode=True)),
    ("avg_pool2d_ceil_inside_only", [2, 6, 7], 4, dict(
        type="avg_pool2d", kernel_size=3, stride=[2, 3], padding=1, ceil_mode=True,
        count_include_pad=False)),
    ("avg_pool2d_ceil_beyond", [2, 2, 3], 4, dict(
        type="avg_pool2d", kernel_size=4, ceil_mode=True)),
    ("max_pool2d_ceil_beyond", [2, 2, 3], 4, dict(
        type="max_pool2d", kernel_size=4, ceil_mode=True)),
    ("adaptive_avg_pool2d_global", [5, 4, 3], 9, dict(type="adaptive_avg_pool2d", output_size=1)),
    ("adaptive_avg_pool2d_uneven", [2, 7, 5], 4, dict(
        type="adaptive_avg_pool2d", output_size=[3, 4])),
    ("adaptive_avg_pool2d_larger", [2, 3, 2], 4, dict(
        type="adaptive_avg_pool2d", output_size=[5, 3])),
    ("adaptive_avg_pool2d_none", [2, 3, 5], 4, dict(
        type="adaptive_avg_pool2d", output_size=[None, 2])),
]


def write_cases(golden):
    for name, layer in ACTIVATIONS:
        generator = golden.generator_of(name + " input")
        inputs = golden.draw_floats(generator, (9, 3, 4, 5), 5.0)
        yield golden.write_case(name, golden.one_layer([3, 4, 5], **layer), 9, "mse", inputs)
    yield golden.write_case(
        "activation_prelu_flat", {"input": [7, 1, 1], "layers": [
            {"type": "flatten"}, {"type": "prelu", "num_parameters": 7}]}, 9, "mse")
    # Where the function may take its input's place, and where others need that input.
    for function in ("sigmoid", "tanh"):
        yield golden.write_case(
            f"activation_{function}_between", {"input": [2, 5, 5], "layers": [
                {"name": "up", "type": "conv_transpose2d", "out_channels": 3, "kernel_size": 2},
                {"type": function},
                {"type": "avg_pool2d", "kernel_size": 2},
                {"type": function},
                {"name": "conv", "type": "conv2d", "out_channels": 4, "kernel_size": 3},
                {"type": function}]}, 9, "mse")
    yield golden.write_case(
        "softmax_flat", {"input": [2, 3, 2], "layers": [
            {"type": "flatten"}, {"type": "softmax"}]}, 9, "mse")
    for name, shape, batch, layer in CHANNELS + VOLUMES:
        yield golden.write_case(name, golden.one_layer(shape, **layer), batch, "mse")
