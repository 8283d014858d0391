"""Networks that are graphs: `add`, `concat` and values read several times; and the layers that behave
differently while training, `batch_norm2d` and `dropout`."""

import torch


class Graph(torch.nn.Module):
    """The network of a network file; its state_dict has the names that the engine's has."""

    def __init__(self, network, make_layer):
        super().__init__()
        self.steps, shapes, name = [], {"input": tuple(network["input"])}, "input"
        for position, spec in enumerate(network["layers"]):
            inputs = spec.get("inputs", [name])
            name = spec.get("name", str(position))
            given = [torch.zeros(2, *shapes[value]) for value in inputs]
            if spec["type"] not in ("add", "concat"):
                self.add_module(name, make_layer(spec, shapes[inputs[0]]))
            self.steps.append((name, spec["type"], inputs))
            with torch.no_grad():
                shapes[name] = tuple(self.eval().run_layer(name, spec["type"], given).shape[1:])
        self.output_shape = shapes[name]

    def run_layer(self, name, kind, inputs):
        if kind == "add":
            return sum(inputs[1:], inputs[0])
        if kind == "concat":
            return torch.cat(inputs, dim=1)
        return self.get_submodule(name)(inputs[0])

    def forward(self, images):
        values = {"input": images}
        for name, kind, inputs in self.steps:
            values[name] = self.run_layer(name, kind, [values[value] for value in inputs])
        return values[name]


def make_layer(kind, keys, shape):
    """The torch.nn module of a type that is at home here; otherwise nothing."""
    if kind == "batch_norm2d":
        return torch.nn.BatchNorm2d(shape[0], **keys)
    if kind == "dropout":
        return torch.nn.Dropout(**keys)
    return None


def set_batch_norms(module, generator, draw_floats):
    """Weights about 1 and running statistics as if there had been some training."""
    for norm in module.modules():
        if isinstance(norm, torch.nn.BatchNorm2d):
            channels = (norm.num_features,)
            if norm.affine:
                norm.weight.data = (1 + draw_floats(generator, channels, 0.3)).float().double()
            norm.running_mean = draw_floats(generator, channels)
            norm.running_var = (0.5 + draw_floats(generator, channels).abs()).float().double()


def conv(name, inputs, channels, kernel_size=3, **keys):
    return {"name": name, "type": "conv2d", "inputs": inputs, "out_channels": channels,
            "kernel_size": kernel_size, "padding": kernel_size // 2, **keys}


def layer(name, kind, *inputs, **keys):
    return {"name": name, "type": kind, **({"inputs": list(inputs)} if inputs else {}), **keys}


HEAD = [layer("flat", "flatten"), layer("fc", "linear", out_features=4)]

# A block whose shortcut is the identity, and one that halves the image with a convolution there.
RESIDUAL = {"input": [3, 8, 8], "layers": [
    conv("stem", ["input"], 5, bias=False), layer("bn0", "batch_norm2d"), layer("relu0", "relu"),
    conv("conv1", ["relu0"], 5, bias=False), layer("bn1", "batch_norm2d"), layer("relu1", "relu"),
    conv("conv2", ["relu1"], 5, bias=False), layer("bn2", "batch_norm2d"),
    layer("sum1", "add", "bn2", "relu0"), layer("relu2", "relu"),
    conv("conv3", ["relu2"], 7, stride=2, bias=False), layer("bn3", "batch_norm2d"),
    conv("shortcut", ["relu2"], 7, kernel_size=1, stride=2, bias=False),
    layer("bn4", "batch_norm2d"), layer("sum2", "add", "bn3", "bn4"), layer("relu3", "relu"),
    layer("pool", "max_pool2d", kernel_size=2)] + HEAD}

PLAIN_RESIDUAL = {"input": [2, 6, 5], "layers": [
    conv("conv1", ["input"], 4), layer("relu1", "relu"),
    conv("conv2", ["relu1"], 4), layer("sum", "add", "conv2", "relu1"), layer("relu2", "relu")]
    + HEAD}

INCEPTION = {"input": [3, 7, 6], "layers": [
    conv("stem", ["input"], 6), layer("relu", "relu"),
    conv("one", ["relu"], 3, kernel_size=1), conv("three", ["relu"], 5),
    conv("five_before", ["relu"], 2, kernel_size=1), conv("five", ["five_before"], 4, kernel_size=5),
    layer("pool", "max_pool2d", "relu", kernel_size=3, stride=1, padding=1),
    layer("join", "concat", "one", "three", "five", "pool")] + HEAD}

# name, loss, batch, network. Batches of less than the lanes, of a tail, and of several micro-batches
# whose statistics are put together.
CASES = [
    ("add_residual", "cross_entropy", 9, PLAIN_RESIDUAL),
    ("add_input_read_twice", "mse", 5, {"input": [2, 4, 3], "layers": [
        conv("conv", ["input"], 2), layer("sum", "add", "conv", "input")]}),
    ("add_same_value_twice", "mse", 9, {"input": [3, 4, 4], "layers": [
        conv("conv", ["input"], 4), layer("twice", "add", "conv", "conv"),
        layer("more", "add", "conv", "twice", "conv")]}),
    ("add_three", "mse", 8, {"input": [3, 3, 5], "layers": [
        conv("a", ["input"], 3, kernel_size=1), layer("b", "relu", "input"),
        layer("sum", "add", "a", "input", "b")]}),
    ("add_flat", "mse", 9, {"input": [5, 1, 1], "layers": [
        layer("flat", "flatten"), layer("a", "linear", out_features=5),
        layer("sum", "add", "a", "flat")]}),
    ("concat_inception", "cross_entropy", 9, INCEPTION),
    ("concat_dense", "mse", 3, {"input": [2, 4, 5], "layers": [
        conv("a", ["input"], 3), layer("ab", "concat", "input", "a"), conv("b", ["ab"], 2),
        layer("abc", "concat", "ab", "b", "a")]}),
    ("concat_same_value_twice", "mse", 9, {"input": [3, 3, 3], "layers": [
        layer("twice", "concat", "input", "input"), conv("conv", ["twice"], 2)]}),
    ("concat_flat", "mse", 9, {"input": [6, 1, 1], "layers": [
        layer("flat", "flatten"), layer("a", "linear", out_features=3),
        layer("join", "concat", "a", "flat")]}),
    ("batch_norm2d", "mse", 9, {"input": [3, 5, 4], "layers": [layer("bn", "batch_norm2d")]}),
    ("batch_norm2d_many_channels", "mse", 4, {"input": [13, 3, 3], "layers": [
        layer("bn", "batch_norm2d")]}),
    ("batch_norm2d_several_micro_batches", "mse", 37, {"input": [2, 3, 2], "layers": [
        layer("bn", "batch_norm2d")]}),
    ("batch_norm2d_one_image", "mse", 1, {"input": [3, 4, 4], "layers": [
        layer("bn", "batch_norm2d")]}),
    ("batch_norm2d_one_pixel", "mse", 6, {"input": [5, 1, 1], "layers": [
        layer("bn", "batch_norm2d")]}),
    ("batch_norm2d_eps_momentum", "mse", 9, {"input": [4, 3, 3], "layers": [
        layer("bn", "batch_norm2d", eps=0.1, momentum=0.37)]}),
    ("batch_norm2d_not_affine", "mse", 9, {"input": [4, 3, 3], "layers": [
        layer("bn", "batch_norm2d", affine=False)]}),
    ("batch_norm2d_between", "cross_entropy", 19, {"input": [2, 6, 6], "layers": [
        conv("conv1", ["input"], 4), layer("bn1", "batch_norm2d"), layer("relu1", "relu"),
        conv("conv2", ["relu1"], 5, bias=False), layer("bn2", "batch_norm2d", affine=False),
        layer("relu2", "relu"), layer("pool", "max_pool2d", kernel_size=2)] + HEAD}),
    ("batch_norm2d_residual", "cross_entropy", 21, RESIDUAL),
    ("dropout_none", "mse", 9, {"input": [2, 3, 3], "layers": [layer("drop", "dropout", p=0)]}),
    ("dropout_all", "mse", 9, {"input": [2, 3, 3], "layers": [
        layer("drop", "dropout", p=1), conv("conv", ["drop"], 2)]}),
]

EVALUATED = [
    ("batch_norm2d_evaluated", "mse", 9, {"input": [5, 3, 4], "layers": [
        conv("conv", ["input"], 6), layer("bn", "batch_norm2d", eps=0.01)]}),
    ("batch_norm2d_evaluated_residual", "cross_entropy", 9, RESIDUAL),
    ("dropout_evaluated", "mse", 9, {"input": [2, 3, 3], "layers": [
        layer("drop", "dropout"), conv("conv", ["drop"], 2)]}),
]

TRAJECTORY = ("trajectory_residual", dict(type="momentum", learning_rate=0.02, momentum=0.9), RESIDUAL)


def write_cases(golden):
    for name, loss, batch, network in CASES:
        yield golden.write_case(name, network, batch, loss)
    for name, loss, batch, network in EVALUATED:
        yield golden.write_case(name, network, batch, loss, training=False)


def write_trajectories(golden):
    name, optimizer, network = TRAJECTORY
    return [golden.write_trajectory(name, optimizer, network, 21)]
