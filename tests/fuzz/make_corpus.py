#!/usr/bin/env python3
"""Writes the fuzzers' seeds to tests/fuzz/corpus/: small inputs that are right, one or two for each path."""
import gzip
import json
import pathlib
import struct

CORPUS = pathlib.Path(__file__).resolve().parent / "corpus"


def write(fuzzer, name, content):
    path = CORPUS / fuzzer / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def text(value):
    return json.dumps(value, separators=(",", ":"))


def network(shape, layers):
    return {"format": "convoscope/1", "name": "n", "input": shape, "layers": layers}


def safetensors(header, data):
    head = text(header).encode()
    head += b" " * (-len(head) % 8)
    return struct.pack("<Q", len(head)) + head + data


def session(commands, payload):
    return "\n".join(text(command) for command in commands).encode() + b"\n----\n" + payload


def network_files():
    write("network_file", "chain.json", text(network([1, 8, 8], [
        {"name": "c", "type": "conv2d", "out_channels": 2, "kernel_size": 3, "padding": "same", "padding_mode": "reflect"},
        {"type": "relu"}, {"type": "max_pool2d", "kernel_size": 2, "ceil_mode": True}, {"type": "flatten"},
        {"type": "linear", "out_features": 3}])))
    write("network_file", "attributes.json", text(network([2, 9, 9], [
        {"name": "c", "type": "conv2d", "out_channels": 4, "kernel_size": [3, 5], "stride": 2, "padding": [1, 2],
         "dilation": 1, "groups": 2, "bias": False},
        {"type": "conv_transpose2d", "out_channels": 2, "kernel_size": 3, "stride": 2, "output_padding": 1},
        {"type": "avg_pool2d", "kernel_size": 2, "padding": 1, "count_include_pad": False},
        {"type": "adaptive_avg_pool2d", "output_size": [2, 3]}, {"type": "batch_norm2d", "eps": 0.001},
        {"type": "local_response_norm", "size": 3, "alpha": 0.1}, {"type": "dropout", "p": 0.2}])))
    write("network_file", "activations.json", text(network([2, 2, 2], [
        *({"type": kind} for kind in ["sigmoid", "tanh", "silu", "identity", "softmax"]),
        {"type": "gelu", "approximate": "tanh"}, {"type": "leaky_relu", "negative_slope": 0.2},
        {"type": "elu", "alpha": 2.0}, {"type": "softplus", "beta": 2},
        {"type": "prelu", "num_parameters": 2, "init": 0.1}])))
    write("network_file", "graph.json", text(network([2, 4, 4], [
        {"name": "a", "type": "relu", "inputs": ["input"]}, {"name": "b", "type": "add", "inputs": ["a", "input"]},
        {"type": "concat", "inputs": ["a", "b"]}])))
    write("network_file", "misfit.json", text(network([1, 4, 4], [
        {"type": "conv2d", "out_channels": 1, "kernel_size": 5}, {"type": "linear", "out_features": 2}])))


def binary_files():
    write("safetensors", "two", safetensors({
        "__metadata__": {"a": "b"}, "fc.weight": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
        "target": {"dtype": "I64", "shape": [1], "data_offsets": [8, 16]}}, bytes(16)))
    write("safetensors", "scalar", safetensors({
        "a": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]},
        "b": {"dtype": "F32", "shape": [0, 4], "data_offsets": [4, 4]}}, bytes(4)))
    write("safetensors", "empty", safetensors({}, b""))
    write("idx", "images", struct.pack(">IIII", 0x803, 2, 2, 2) + bytes(range(8)))
    write("idx", "labels", struct.pack(">II", 0x801, 3) + bytes([1, 2, 9]))
    write("gzip", "stored", gzip.compress(b"hello", 0, mtime=0))
    write("gzip", "fixed", gzip.compress(b"a" * 50, 9, mtime=0))
    write("gzip", "dynamic", gzip.compress(bytes((i * i * 7) % 61 for i in range(200)), 9, mtime=0))


def manifest(**changes):
    return {"format": "convoscope-data/1", "name": "t", "input": [1, 2, 2], "classes": ["0", "1"], "mean": [0.5],
            "std": [0.5], "splits": {"train": {"shards": [{"count": 6, "bytes": 30}]},
                                     "test": {"count": 6, "shards": [{"count": 6}]}}, **changes}


def manifests():
    write("data_manifest", "whole.json", text(manifest()))
    shards = [{"file": "a", "count": 6, "bytes": 30, "sha256": "0" * 64}, {"count": 2}]
    write("data_manifest", "digest.json", text(manifest(
        splits={"train": {"count": 8, "shards": shards}, "test": {"shards": [{"count": 6}]}})))


def sessions():
    shard = bytes([0, 1, 0, 1, 0, 1]) + bytes((i * 37) % 256 for i in range(24))
    data = [{"command": "open_data", "manifest": manifest()}, {"command": "add_shard", "split": "train", "index": 0},
            {"command": "add_shard", "split": "test", "index": 0}]
    configure = {
        "command": "configure", "id": 1, "seed": 3, "batch_size": 2, "threads": 2, "epochs": 1, "validation_interval": 1,
        "optimizer": {"type": "adam", "learning_rate": 0.01},
        "network": network([1, 2, 2], [
            {"name": "c", "type": "conv2d", "out_channels": 2, "kernel_size": 1}, {"type": "relu"}, {"type": "flatten"},
            {"name": "fc", "type": "linear", "out_features": 2}])}
    write("session", "train", session([
        *data, configure, {"command": "train_epoch", "id": 2}, {"command": "evaluate", "split": "test"},
        {"command": "reset", "seed": 5}, {"command": "step", "count": 3}, {"command": "start"},
        {"command": "pause"}], shard))
    write("session", "views", session([
        *data, configure,
        {"command": "capture", "parameters": ["c.weight"], "activations": ["c", "fc"],
         "image": {"split": "train", "index": 1}, "minimum_interval_seconds": 0},
        {"command": "set", "learning_rate": 0.5, "batch_size": 4, "threads": 1, "optimizer": {"type": "momentum"}},
        {"command": "statistics", "images": 4, "histogram_bins": 8}, {"command": "step", "count": 2},
        {"command": "keep"}, {"command": "branch", "moment": 1}, {"command": "save"}, {"command": "images", "split": "train", "indices": [0, 3]},
        {"command": "export", "format": "onnx"}, {"command": "export", "format": "keras"}], shard))
    # Weights and images are payloads too.
    del configure["id"]
    write("session", "predict", session(
        [{**configure, "network": network([1, 2, 2], [{"type": "flatten"}])}, {"command": "predict"},
         {"command": "export", "format": "pytorch"}], struct.pack("<4f", 0, 1, 0.5, 0.25)))
    write("session", "weights", session(
        [{**configure, "network": network([1, 2, 2], [{"name": "p", "type": "conv2d", "out_channels": 1,
                                                       "kernel_size": 1, "bias": False}])}],
        safetensors({"p.weight": {"dtype": "F32", "shape": [1, 1, 1, 1], "data_offsets": [0, 4]}}, bytes(4))))


def checkpoints():
    # Edits of the checkpoint that the fuzzer makes itself: none, one byte, cut in the middle.
    write("checkpoint", "none", b"")
    write("checkpoint", "edit", bytes([0, 200, ord("9")]))
    write("checkpoint", "cut", bytes([128]))


network_files()
binary_files()
manifests()
sessions()
checkpoints()
