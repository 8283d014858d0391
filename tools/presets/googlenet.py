"""GoogLeNet: Szegedy et al. 2014, without the auxiliary classifiers, which only training sees."""
from layer_list import LayerList

# 1x1; 3x3 reduce, 3x3; 5x5 reduce, 5x5; pool projection: the paper's table 1
INCEPTIONS = {"3a": (64, 96, 128, 16, 32, 32),
              "3b": (128, 128, 192, 32, 96, 64),
              "4a": (192, 96, 208, 16, 48, 64),
              "4b": (160, 112, 224, 24, 64, 64),
              "4c": (128, 128, 256, 24, 64, 64),
              "4d": (112, 144, 288, 32, 64, 64),
              "4e": (256, 160, 320, 32, 128, 128),
              "5a": (256, 160, 320, 32, 128, 128),
              "5b": (384, 192, 384, 48, 128, 128)}


def inception(net, name, widest, norm):
    """Four branches over the same input, joined. `widest` is the kernel of the third."""
    one, reduce3, three, reduce5, five, projection = INCEPTIONS[name]
    source = net.last()
    prefix = f"inception{name}_"
    branches = [net.convolution(f"{prefix}1x1_", out_channels=one, kernel_size=1, norm=norm, inputs=[source])]
    net.convolution(f"{prefix}3x3_reduce_", out_channels=reduce3, kernel_size=1, norm=norm, inputs=[source])
    branches.append(net.convolution(f"{prefix}3x3_", out_channels=three, kernel_size=3, padding=1, norm=norm))
    net.convolution(f"{prefix}5x5_reduce_", out_channels=reduce5, kernel_size=1, norm=norm, inputs=[source])
    branches.append(net.convolution(f"{prefix}5x5_", out_channels=five, kernel_size=widest, padding=widest // 2,
                                    norm=norm))
    net.add(f"{prefix}pool", "max_pool2d", kernel_size=3, stride=1, padding=1, inputs=[source])
    branches.append(net.convolution(f"{prefix}pool_", out_channels=projection, kernel_size=1, norm=norm))
    net.add(f"inception{name}", "concat", inputs=branches)


def pool(net, index, kernel=3):
    net.add(f"pool{index}", "max_pool2d", kernel_size=kernel, stride=2, ceil_mode=True)


def response_norm(net, index):
    """The paper's alpha of 1e-4 a channel, times the size that PyTorch divides by."""
    net.add(f"norm{index}", "local_response_norm", size=5, alpha=5e-4, beta=0.75, k=1)


def googlenet(name, *, norm, widest, last_pool, dropout):
    net = LayerList(name, [3, 224, 224])
    net.convolution("1_", out_channels=64, kernel_size=7, stride=2, padding=3, norm=norm)
    pool(net, 1)
    if norm is None:
        response_norm(net, 1)
    net.convolution("2_reduce_", out_channels=64, kernel_size=1, norm=norm)
    net.convolution("2_", out_channels=192, kernel_size=3, padding=1, norm=norm)
    if norm is None:
        response_norm(net, 2)
    pool(net, 2)
    for block in INCEPTIONS:
        inception(net, block, widest, norm)
        if block == "3b":
            pool(net, 3)
        if block == "4e":
            pool(net, 4, last_pool)
    net.add("avgpool", "adaptive_avg_pool2d", output_size=1)
    net.add("flatten", "flatten")
    net.add("dropout", "dropout", p=dropout)
    net.add("fc", "linear", out_features=1000)
    return net


def googlenet_paper():
    return googlenet("GoogLeNet (2014)", norm=None, widest=5, last_pool=3, dropout=0.4)


def googlenet_torchvision():
    """torchvision's googlenet: batch norm, and 3x3 where the paper has 5x5 (its documented, lasting mistake)."""
    return googlenet("GoogLeNet (torchvision)", norm={"eps": 0.001}, widest=3, last_pool=2, dropout=0.2)
