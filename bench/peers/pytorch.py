"""Trains network files with PyTorch on this processor and prints one JSON document.

    python3 bench/peers/pytorch.py --batch 64 --threads 1,2 --seconds 2 FILE...

A step is what the others do: forward, cross-entropy, backward, SGD with momentum, on the same noise.
"""
import argparse
import json
import statistics
import time

import torch
from torch import nn


def noise(count, seed):
    """The numbers of noise.js, from 0 to 1."""
    values = []
    state = seed
    for _ in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values.append(state / 2**32)
    return torch.tensor(values, dtype=torch.float32)


def module_of(network):
    channels, height, width = network["input"]
    extent = height
    layers = []
    for layer in network["layers"]:
        kernel = layer.get("kernel_size")
        if layer["type"] == "conv2d":
            padding = layer.get("padding", 0)
            layers.append(nn.Conv2d(channels, layer["out_channels"], kernel, padding=padding))
            channels = layer["out_channels"]
            extent += 2 * padding - kernel + 1
        elif layer["type"] == "max_pool2d":
            layers.append(nn.MaxPool2d(kernel, layer.get("stride", kernel)))
            extent = (extent - kernel) // layer.get("stride", kernel) + 1
        elif layer["type"] == "flatten":
            layers.append(nn.Flatten())
            features = channels * extent * extent
        elif layer["type"] == "linear":
            layers.append(nn.Linear(features, layer["out_features"]))
            features = layer["out_features"]
        elif layer["type"] == "relu":
            layers.append(nn.ReLU())
        else:
            raise ValueError(f"no translation of a layer of type {layer['type']}")
    return nn.Sequential(*layers)


def measure(network, batch, seconds, memory_format):
    model = module_of(network).to(memory_format=memory_format)
    size = network["input"][0] * network["input"][1] * network["input"][2]
    images = noise(batch * size, 1).reshape(batch, *network["input"]).contiguous(memory_format=memory_format)
    labels = (10 * noise(batch, 2)).long()
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = nn.functional.cross_entropy(model(images), labels)
        loss.backward()
        optimizer.step()

    def rate(duration):
        begin = time.perf_counter()
        steps = 0
        while time.perf_counter() - begin < duration or steps == 0:
            step()
            steps += 1
        return steps * batch / (time.perf_counter() - begin)

    rate(seconds / 4)
    rates = [rate(seconds / 5) for _ in range(5)]
    return {"images_per_second": statistics.median(rates), "lowest": min(rates), "highest": max(rates)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", default="1")
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("files", nargs="+")
    wish = parser.parse_args()
    formats = {"NCHW": torch.contiguous_format, "channels last": torch.channels_last}
    results = []
    for file in wish.files:
        with open(file, encoding="utf-8") as stream:
            network = json.load(stream)
        for threads in map(int, wish.threads.split(",")):
            torch.set_num_threads(threads)
            for name, memory_format in formats.items():
                results.append({"network": network["name"], "threads": threads, "memory_format": name,
                                **measure(network, wish.batch, wish.seconds, memory_format)})
    print(json.dumps({"version": torch.__version__, "results": results}))


main()
