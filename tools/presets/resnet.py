"""Residual networks: He et al. 2015, torchvision's variants, and Zagoruyko and Komodakis 2016."""
from layer_list import LayerList

NORM = {}


def residual_block(net, prefix, channels, stride, bottleneck, projects):
    """Two 3x3 convolutions, or 1x1, 3x3 (which strides, as in torchvision) and 1x1; then the sum and a ReLU."""
    source = net.last()
    if bottleneck:
        net.convolution(prefix, "1", out_channels=channels, kernel_size=1, norm=NORM, inputs=[source])
        net.convolution(prefix, "2", out_channels=channels, kernel_size=3, stride=stride, padding=1, norm=NORM)
        channels *= 4
        end = net.convolution(prefix, "3", out_channels=channels, kernel_size=1, norm=NORM, relu=False)
    else:
        net.convolution(prefix, "1", out_channels=channels, kernel_size=3, stride=stride, padding=1, norm=NORM,
                        inputs=[source])
        end = net.convolution(prefix, "2", out_channels=channels, kernel_size=3, padding=1, norm=NORM, relu=False)
    shortcut = source
    if projects:
        shortcut = net.convolution(prefix, "_shortcut", out_channels=channels, kernel_size=1, stride=stride, norm=NORM,
                                   relu=False, inputs=[source])
    net.add(f"{prefix}add", "add", inputs=[end, shortcut])
    net.add(f"{prefix}relu", "relu")


def head(net, classes):
    net.add("avgpool", "adaptive_avg_pool2d", output_size=1)
    net.add("flatten", "flatten")
    net.add("fc", "linear", out_features=classes)


def resnet(name, blocks, bottleneck):
    """torchvision's resnet18, resnet34 and resnet50."""
    net = LayerList(name, [3, 224, 224])
    net.convolution("stem_", out_channels=64, kernel_size=7, stride=2, padding=3, norm=NORM)
    net.add("stem_pool", "max_pool2d", kernel_size=3, stride=2, padding=1)
    for stage, count in enumerate(blocks, 1):
        for block in range(count):
            stride = 2 if stage > 1 and block == 0 else 1
            projects = stride == 2 or (bottleneck and block == 0)
            residual_block(net, f"layer{stage}_{block}_", 32 * 2 ** stage, stride, bottleneck, projects)
    head(net, 1000)
    return net


def resnet20_cifar():
    """He et al., section 4.2, with projections (their option B) where the channels change."""
    net = LayerList("ResNet-20", [3, 32, 32])
    net.convolution("stem_", out_channels=16, kernel_size=3, padding=1, norm=NORM)
    for stage, channels in enumerate((16, 32, 64), 1):
        for block in range(3):
            stride = 2 if stage > 1 and block == 0 else 1
            residual_block(net, f"layer{stage}_{block}_", channels, stride, False, stride == 2)
    head(net, 10)
    return net


def wide_block(net, prefix, channels, stride, projects):
    """Batch norm and ReLU before each convolution; a projection starts from the normalised input."""
    source = net.last()
    net.add(f"{prefix}bn1", "batch_norm2d")
    normalised = net.add(f"{prefix}relu1", "relu")
    net.add(f"{prefix}conv1", "conv2d", out_channels=channels, kernel_size=3, stride=stride, padding=1, bias=False)
    net.add(f"{prefix}bn2", "batch_norm2d")
    net.add(f"{prefix}relu2", "relu")
    end = net.add(f"{prefix}conv2", "conv2d", out_channels=channels, kernel_size=3, padding=1, bias=False)
    shortcut = source
    if projects:
        shortcut = net.add(f"{prefix}conv_shortcut", "conv2d", out_channels=channels, kernel_size=1, stride=stride,
                           bias=False, inputs=[normalised])
    net.add(f"{prefix}add", "add", inputs=[end, shortcut])


def wide_resnet(depth, width):
    """WRN-depth-width for CIFAR-10 (Zagoruyko and Komodakis 2016)."""
    net = LayerList(f"Wide ResNet {depth}-{width}", [3, 32, 32])
    net.add("conv", "conv2d", out_channels=16, kernel_size=3, padding=1, bias=False)
    for stage, channels in enumerate((16, 32, 64), 1):
        for block in range((depth - 4) // 6):
            stride = 2 if stage > 1 and block == 0 else 1
            wide_block(net, f"layer{stage}_{block}_", channels * width, stride, block == 0)
    net.add("bn", "batch_norm2d")
    net.add("relu", "relu")
    head(net, 10)
    return net
