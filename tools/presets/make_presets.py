#!/usr/bin/env python3
"""Writes the network files of assets/presets/ that are too long to write by hand, and the short ones with them.

    tools/presets/make_presets.py            writes them
    tools/presets/make_presets.py --check    names those that differ; last line "N passed, N failed"

Each function names its source; tests/engine/analysis/presets_test.cpp holds the figures that they must come to.
"""
import pathlib
import sys

from layer_list import LayerList
from googlenet import googlenet_paper, googlenet_torchvision
from resnet import resnet, resnet20_cifar, wide_resnet

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "assets" / "presets"


def fully_connected(name, *hidden):
    """784-300-10 and 784-300-100-10: LeCun, Bottou, Bengio, Haffner 1998, part III.C.4-5; ReLU for their tanh."""
    net = LayerList(name, [1, 28, 28])
    net.add("flatten", "flatten")
    for index, features in enumerate(hidden, 1):
        net.add(f"fc{index}", "linear", out_features=features)
        net.add(f"relu{index}", "relu")
    net.add(f"fc{len(hidden) + 1}", "linear", out_features=10)
    return net


def lenet1():
    """LeCun et al. 1990 (part III.C.6 of 1998), with all 4 maps feeding each of the 12, and means for pooling."""
    net = LayerList("LeNet-1", [1, 28, 28])
    for index, channels in enumerate((4, 12), 1):
        net.add(f"conv{index}", "conv2d", out_channels=channels, kernel_size=5)
        net.add(f"tanh{index}", "tanh")
        net.add(f"pool{index}", "avg_pool2d", kernel_size=2)
    net.add("flatten", "flatten")
    net.add("fc", "linear", out_features=10)
    return net


def lenet5():
    """LeNet-5 as it is taught today: padding for the 1998 frame of 32x32, maximum pooling, ReLU."""
    net = LayerList("LeNet-5", [1, 28, 28])
    net.add("conv1", "conv2d", out_channels=6, kernel_size=5, padding=2)
    net.add("relu1", "relu")
    net.add("pool1", "max_pool2d", kernel_size=2)
    net.add("conv2", "conv2d", out_channels=16, kernel_size=5)
    net.add("relu2", "relu")
    net.add("pool2", "max_pool2d", kernel_size=2)
    net.add("flatten", "flatten")
    net.add("fc1", "linear", out_features=120)
    net.add("relu3", "relu")
    net.add("fc2", "linear", out_features=84)
    net.add("relu4", "relu")
    net.add("fc3", "linear", out_features=10)
    return net


def lenet5_1998():
    """The shape of LeCun et al. 1998, with C3 fed by all of S2's maps, means for the trainable pooling, tanh for
    1.7159 tanh(2x/3), and a linear output for the distances to code words."""
    net = LayerList("LeNet-5 (1998)", [1, 32, 32])
    net.add("c1", "conv2d", out_channels=6, kernel_size=5)
    net.add("tanh1", "tanh")
    net.add("s2", "avg_pool2d", kernel_size=2)
    net.add("tanh2", "tanh")
    net.add("c3", "conv2d", out_channels=16, kernel_size=5)
    net.add("tanh3", "tanh")
    net.add("s4", "avg_pool2d", kernel_size=2)
    net.add("tanh4", "tanh")
    net.add("c5", "conv2d", out_channels=120, kernel_size=5)
    net.add("tanh5", "tanh")
    net.add("flatten", "flatten")
    net.add("f6", "linear", out_features=84)
    net.add("tanh6", "tanh")
    net.add("output", "linear", out_features=10)
    return net


def convnetjs(name, size, stages):
    """The two demonstrations of ConvNetJS; `stages` are channels and pooling."""
    net = LayerList(name, size)
    for index, (channels, pool) in enumerate(stages, 1):
        net.add(f"conv{index}", "conv2d", out_channels=channels, kernel_size=5, padding=2)
        net.add(f"relu{index}", "relu")
        net.add(f"pool{index}", "max_pool2d", kernel_size=pool)
    net.add("flatten", "flatten")
    net.add("fc", "linear", out_features=10)
    return net


def tiny_vgg():
    """CNN Explainer (Wang et al. 2020)."""
    net = LayerList("Tiny-VGG", [3, 64, 64])
    for block in (1, 2):
        for index in (1, 2):
            net.add(f"conv_{block}_{index}", "conv2d", out_channels=10, kernel_size=3)
            net.add(f"relu_{block}_{index}", "relu")
        net.add(f"max_pool_{block}", "max_pool2d", kernel_size=2)
    net.add("flatten", "flatten")
    net.add("output", "linear", out_features=10)
    return net


def alexnet_paper():
    """Krizhevsky, Sutskever, Hinton 2012: two groups as on two processors. Their normalisation has alpha = 1e-4 a
    channel; PyTorch's is divided by the size, so it is 5e-4 here."""
    net = LayerList("AlexNet (2012, two groups)", [3, 227, 227])
    convolutions = [dict(out_channels=96, kernel_size=11, stride=4),
                    dict(out_channels=256, kernel_size=5, padding=2, groups=2),
                    dict(out_channels=384, kernel_size=3, padding=1),
                    dict(out_channels=384, kernel_size=3, padding=1, groups=2),
                    dict(out_channels=256, kernel_size=3, padding=1, groups=2)]
    for index, attributes in enumerate(convolutions, 1):
        net.add(f"conv{index}", "conv2d", **attributes)
        net.add(f"relu{index}", "relu")
        if index <= 2:
            net.add(f"norm{index}", "local_response_norm", size=5, alpha=5e-4, beta=0.75, k=2)
        if index in (1, 2, 5):
            net.add(f"pool{index}", "max_pool2d", kernel_size=3, stride=2)
    net.add("flatten", "flatten")
    for index in (6, 7):
        net.add(f"fc{index}", "linear", out_features=4096)
        net.add(f"relu{index}", "relu")
        net.add(f"dropout{index}", "dropout")
    net.add("fc8", "linear", out_features=1000)
    return net


def alexnet_torchvision():
    """torchvision's alexnet, after Krizhevsky 2014, "One weird trick"."""
    net = LayerList("AlexNet (torchvision)", [3, 224, 224])
    convolutions = [dict(out_channels=64, kernel_size=11, stride=4, padding=2),
                    dict(out_channels=192, kernel_size=5, padding=2),
                    dict(out_channels=384, kernel_size=3, padding=1),
                    dict(out_channels=256, kernel_size=3, padding=1),
                    dict(out_channels=256, kernel_size=3, padding=1)]
    for index, attributes in enumerate(convolutions, 1):
        net.add(f"conv{index}", "conv2d", **attributes)
        net.add(f"relu{index}", "relu")
        if index in (1, 2, 5):
            net.add(f"pool{index}", "max_pool2d", kernel_size=3, stride=2)
    net.add("avgpool", "adaptive_avg_pool2d", output_size=6)
    net.add("flatten", "flatten")
    for index in (6, 7):
        net.add(f"dropout{index}", "dropout")
        net.add(f"fc{index}", "linear", out_features=4096)
        net.add(f"relu{index}", "relu")
    net.add("fc8", "linear", out_features=1000)
    return net


def vgg(depth, convolutions):
    """Simonyan and Zisserman 2014, configurations A, D and E."""
    net = LayerList(f"VGG-{depth}", [3, 224, 224])
    for block, (count, channels) in enumerate(zip(convolutions, (64, 128, 256, 512, 512)), 1):
        for index in range(1, count + 1):
            net.add(f"conv{block}_{index}", "conv2d", out_channels=channels, kernel_size=3, padding=1)
            net.add(f"relu{block}_{index}", "relu")
        net.add(f"pool{block}", "max_pool2d", kernel_size=2)
    net.add("flatten", "flatten")
    for index in (6, 7):
        net.add(f"fc{index}", "linear", out_features=4096)
        net.add(f"relu{index}", "relu")
        net.add(f"dropout{index}", "dropout")
    net.add("fc8", "linear", out_features=1000)
    return net


PRESETS = {
    "lenet1": lenet1(),
    "lenet5": lenet5(),
    "lenet5-1998": lenet5_1998(),
    "lenet-300": fully_connected("LeNet-300", 300),
    "lenet-300-100": fully_connected("LeNet-300-100", 300, 100),
    "convnetjs-mnist": convnetjs("ConvNetJS MNIST", [1, 24, 24], [(8, 2), (16, 3)]),
    "convnetjs-cifar": convnetjs("ConvNetJS CIFAR-10", [3, 32, 32], [(16, 2), (20, 2), (20, 2)]),
    "tiny-vgg": tiny_vgg(),
    "alexnet": alexnet_paper(),
    "alexnet-torchvision": alexnet_torchvision(),
    "vgg11": vgg(11, (1, 1, 2, 2, 2)),
    "vgg16": vgg(16, (2, 2, 3, 3, 3)),
    "vgg19": vgg(19, (2, 2, 4, 4, 4)),
    "googlenet": googlenet_paper(),
    "googlenet-torchvision": googlenet_torchvision(),
    "resnet18": resnet("ResNet-18", (2, 2, 2, 2), bottleneck=False),
    "resnet34": resnet("ResNet-34", (3, 4, 6, 3), bottleneck=False),
    "resnet50": resnet("ResNet-50", (3, 4, 6, 3), bottleneck=True),
    "resnet20-cifar": resnet20_cifar(),
    "wide-resnet16-2": wide_resnet(16, 2),
}


def main():
    differing = []
    for name, net in PRESETS.items():
        path = FOLDER / f"{name}.json"
        text = net.text()
        if "--check" in sys.argv[1:]:
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                differing.append(path.name)
        else:
            path.write_text(text, encoding="utf-8")
    if "--check" in sys.argv[1:]:
        for name in differing:
            print(f"{name} differs from what tools/presets/make_presets.py writes")
        print(f"{len(PRESETS) - len(differing)} passed, {len(differing)} failed")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
