"""A network file in the making: layers in order, each reading the one before unless told otherwise."""
import json


class LayerList:
    def __init__(self, name, size):
        self.head = {"format": "convoscope/1", "name": name, "input": size}
        self.layers = []

    def add(self, name, kind, **attributes):
        """Returns the name, for whoever reads this layer's output later."""
        self.layers.append({"name": name, "type": kind, **attributes})
        return name

    def last(self):
        return self.layers[-1]["name"]

    def convolution(self, prefix, suffix="", *, norm=None, relu=True, **attributes):
        """Convolution, batch norm with attributes `norm` if they are given, ReLU; `inputs` go to the first."""
        if attributes.get("stride") == 1:
            del attributes["stride"]
        if norm is not None:
            attributes["bias"] = False
        self.add(f"{prefix}conv{suffix}", "conv2d", **attributes)
        if norm is not None:
            self.add(f"{prefix}bn{suffix}", "batch_norm2d", **norm)
        if relu:
            self.add(f"{prefix}relu{suffix}", "relu")
        return self.last()

    def text(self):
        """JSON with a line a layer."""
        head = "".join(f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in self.head.items())
        layers = ",\n".join(f"    {json.dumps(layer)}" for layer in self.layers)
        return f"{{\n{head}  \"layers\": [\n{layers}\n  ]\n}}\n"
