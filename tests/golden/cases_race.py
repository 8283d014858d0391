"""The page's race in PyTorch: three optimisers from the same weights on the same pictures."""

import torch

NETWORK = {
    "name": "race",
    "input": [1, 8, 6],
    "layers": [
        {"name": "conv", "type": "conv2d", "out_channels": 5, "kernel_size": 3, "padding": 1},
        {"type": "relu"},
        {"type": "max_pool2d", "kernel_size": 2},
        {"type": "flatten"},
        {"name": "fc", "type": "linear", "out_features": 3},
    ],
}
BATCH = 9
# As web/models/run_settings.cpp begins with.
RACERS = {
    "sgd": lambda parameters: torch.optim.SGD(parameters, lr=0.1),
    "momentum": lambda parameters: torch.optim.SGD(parameters, lr=0.02, momentum=0.9),
    "adam": lambda parameters: torch.optim.Adam(parameters, lr=0.001),
}


def write(golden):
    """`race/`: network and weights, `pixels` (0 to 255) and `labels` of a batch, and the losses of each lane."""
    generator = golden.generator_of("race")
    network = {"format": "convoscope/1", **NETWORK}
    module, output_shape = golden.make_network(network)
    module.double().train()
    golden.set_parameters(module, generator)
    pixels = torch.from_numpy(generator.integers(0, 256, (BATCH, *NETWORK["input"])))
    labels = golden.draw_target("cross_entropy", generator, BATCH, output_shape)
    folder = golden.HERE / "race"
    golden.write_network(folder, network)
    golden.write_safetensors(folder / "weights.safetensors", module.state_dict())
    golden.write_safetensors(folder / "input.safetensors", {"pixels": pixels.double(), "labels": labels})
    start = {name: value.clone() for name, value in module.state_dict().items()}
    losses = {}
    for name, make in RACERS.items():
        module.load_state_dict(start)
        stepper = make(module.parameters())
        lane = []
        for _ in range(golden.STEPS):
            stepper.zero_grad()
            loss = torch.nn.functional.cross_entropy(module(pixels.double() / 255), labels)
            loss.backward()
            stepper.step()
            lane.append(loss.item())
        losses[name] = torch.tensor(lane, dtype=torch.float64)
    golden.write_safetensors(folder / "expected.safetensors", losses)
