#include "engine/exchange/python/pytorch_code.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "engine/core/check.h"
#include "engine/exchange/network_description.h"
#include "engine/exchange/python/python_text.h"

namespace convoscope {
namespace {

/// How a layer type is called in PyTorch. The attributes' names are the network file's own.
struct TorchLayer {
    std::string_view type;
    std::string_view module;
    std::string_view function;  ///< empty: has parameters or a mode, so that it must be a module
    std::string_view fixed;     ///< an argument that is always the same
    std::vector<const char*> attributes;
};

const std::vector<TorchLayer>& torch_layers() {
    static const std::vector<TorchLayer> kLayers = {
        {"conv2d",
         "nn.Conv2d",
         "",
         "",
         {"kernel_size", "stride", "padding", "dilation", "groups", "bias", "padding_mode"}},
        {"conv_transpose2d",
         "nn.ConvTranspose2d",
         "",
         "",
         {"kernel_size", "stride", "padding", "output_padding", "dilation", "groups", "bias"}},
        {"max_pool2d",
         "nn.MaxPool2d",
         "F.max_pool2d",
         "",
         {"kernel_size", "stride", "padding", "dilation", "ceil_mode"}},
        {"avg_pool2d",
         "nn.AvgPool2d",
         "F.avg_pool2d",
         "",
         {"kernel_size", "stride", "padding", "ceil_mode", "count_include_pad"}},
        {"adaptive_avg_pool2d",
         "nn.AdaptiveAvgPool2d",
         "F.adaptive_avg_pool2d",
         "",
         {"output_size"}},
        {"linear", "nn.Linear", "", "", {"bias"}},
        {"batch_norm2d", "nn.BatchNorm2d", "", "", {"eps", "momentum", "affine"}},
        {"local_response_norm",
         "nn.LocalResponseNorm",
         "F.local_response_norm",
         "",
         {"size", "alpha", "beta", "k"}},
        {"dropout", "nn.Dropout", "", "", {"p"}},
        {"relu", "nn.ReLU", "F.relu", "", {}},
        {"sigmoid", "nn.Sigmoid", "torch.sigmoid", "", {}},
        {"tanh", "nn.Tanh", "torch.tanh", "", {}},
        {"silu", "nn.SiLU", "F.silu", "", {}},
        {"identity", "nn.Identity", "", "", {}},
        {"flatten", "nn.Flatten", "torch.flatten", "start_dim=1", {}},
        {"gelu", "nn.GELU", "F.gelu", "", {"approximate"}},
        {"leaky_relu", "nn.LeakyReLU", "F.leaky_relu", "", {"negative_slope"}},
        {"elu", "nn.ELU", "F.elu", "", {"alpha"}},
        {"softplus", "nn.Softplus", "F.softplus", "", {"beta"}},
        {"prelu", "nn.PReLU", "", "", {"num_parameters", "init"}},
        {"softmax", "nn.Softmax", "F.softmax", "dim=1", {}},
        {"add", "", "", "", {}},
        {"concat", "", "", "", {}}};
    return kLayers;
}

const TorchLayer& torch_layer(const LayerDescription& layer) {
    const auto found = std::ranges::find(torch_layers(), layer.type, &TorchLayer::type);
    CONVOSCOPE_CHECK(found != torch_layers().end());
    return *found;
}

/// Everything but an underscore's that `torch.nn.Module` and `nn.Sequential` (1.13 to 2.9) call
/// their own.
constexpr std::array kTakenNames = {"T_destination",
                                    "add_module",
                                    "append",
                                    "apply",
                                    "bfloat16",
                                    "buffers",
                                    "call_super_init",
                                    "children",
                                    "compile",
                                    "cpu",
                                    "cuda",
                                    "double",
                                    "dump_patches",
                                    "eval",
                                    "extend",
                                    "extra_repr",
                                    "float",
                                    "forward",
                                    "get_buffer",
                                    "get_extra_state",
                                    "get_parameter",
                                    "get_submodule",
                                    "half",
                                    "insert",
                                    "ipu",
                                    "load_state_dict",
                                    "modules",
                                    "mtia",
                                    "named_buffers",
                                    "named_children",
                                    "named_modules",
                                    "named_parameters",
                                    "parameters",
                                    "pop",
                                    "register_backward_hook",
                                    "register_buffer",
                                    "register_forward_hook",
                                    "register_forward_pre_hook",
                                    "register_full_backward_hook",
                                    "register_full_backward_pre_hook",
                                    "register_load_state_dict_post_hook",
                                    "register_load_state_dict_pre_hook",
                                    "register_module",
                                    "register_parameter",
                                    "register_state_dict_post_hook",
                                    "register_state_dict_pre_hook",
                                    "requires_grad_",
                                    "set_extra_state",
                                    "set_submodule",
                                    "share_memory",
                                    "state_dict",
                                    "to",
                                    "to_empty",
                                    "train",
                                    "training",
                                    "type",
                                    "xpu",
                                    "zero_grad"};

Status check_name(const LayerDescription& layer) {
    if (layer.name.starts_with('_') ||
        std::ranges::find(kTakenNames, layer.name) != kTakenNames.end()) {
        return Error{layer.label + ": name is \"" + layer.name +
                     "\"; expected another for PyTorch, whose modules have this name for "
                     "themselves"};
    }
    return success();
}

std::vector<std::string> arguments(const LayerDescription& layer, std::vector<std::string> first) {
    const TorchLayer& torch = torch_layer(layer);
    if (!torch.fixed.empty()) {
        first.emplace_back(torch.fixed);
    }
    for (const char* attribute : torch.attributes) {
        if (layer.has(attribute)) {
            first.push_back(std::string(attribute) + "=" +
                            python_literal(layer.attributes[attribute]));
        }
    }
    return first;
}

std::string module_call(const LayerDescription& layer) {
    std::vector<std::string> sizes;
    if (layer.type == "conv2d" || layer.type == "conv_transpose2d") {
        sizes = {std::to_string(layer.input.channels), std::to_string(layer.output.channels)};
    } else if (layer.type == "linear") {
        sizes = {std::to_string(layer.input.element_count()),
                 std::to_string(layer.output.channels)};
    } else if (layer.type == "batch_norm2d") {
        sizes = {std::to_string(layer.input.channels)};
    }
    // nn.Flatten's axis is what flatten's argument must say.
    const std::vector<std::string> all =
        layer.type == "flatten" ? sizes : arguments(layer, std::move(sizes));
    return std::string(torch_layer(layer).module) + "(" + joined(all) + ")";
}

/// A layer of `forward` that is no module.
std::string function_call(const LayerDescription& layer, const std::vector<std::string>& inputs) {
    if (layer.type == "add") {
        return joined(inputs, " + ");
    }
    if (layer.type == "concat") {
        return "torch.cat([" + joined(inputs) + "], dim=1)";
    }
    return std::string(torch_layer(layer).function) + "(" + joined(arguments(layer, inputs)) + ")";
}

bool is_module(const LayerDescription& layer) {
    return torch_layer(layer).function.empty() && layer.type != "add" && layer.type != "concat";
}

std::string shape_comment(const LayerDescription& layer) {
    return "  # " + layer.output.text();
}

std::string head(const NetworkDescription& network, bool has_weights, const std::string& imports) {
    const std::string name = python_comment(network.name);
    std::string code =
        "\"\"\"" + (name.empty() ? "A network" : name) + ", made with Convoscope, for PyTorch.\n\n";
    if (has_weights) {
        code +=
            "The weights are in a file beside this one:\n\n"
            "    load_weights(model, \"weights.safetensors\")\n\n";
    }
    code += "Images come as a batch [n, " + std::to_string(network.input.channels) + ", " +
            std::to_string(network.input.height) + ", " + std::to_string(network.input.width) +
            "]; model.eval() before you use it, model.train() before you train it.\n\"\"\"\n\n";
    return code + (has_weights ? "import json\nimport struct\n" : "") + imports;
}

constexpr std::string_view kLoadWeights = R"(

def load_weights(model, path):
    """Loads a safetensors file: eight bytes of header length, a JSON header, and the numbers."""
    with open(path, "rb") as file:
        (header_bytes,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(header_bytes))
        data = bytearray(file.read())
    header.pop("__metadata__", None)
    types = {"F32": torch.float32, "I64": torch.int64}
    state = {}
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        numbers = torch.frombuffer(data[begin:end], dtype=types[tensor["dtype"]])
        state[name] = numbers.reshape(tensor["shape"])
    model.load_state_dict(state)
    return model
)";

Result<std::string> sequential_code(const NetworkDescription& network, bool has_weights) {
    Index position = 0;
    const bool numbered =
        std::ranges::all_of(network.layers, [&position](const LayerDescription& layer) {
            return layer.name == std::to_string(position++);
        });
    std::string lines;
    for (const LayerDescription& layer : network.layers) {
        if (const Status checked = check_name(layer); !checked) {
            return checked.error();
        }
        const std::string call = module_call(layer);
        lines += "    " + (numbered ? call : "(" + python_quoted(layer.name) + ", " + call + ")") +
                 "," + shape_comment(layer) + "\n";
    }
    const std::string imports = (numbered ? "" : "from collections import OrderedDict\n") +
                                std::string(numbered && !has_weights ? "" : "\n") +
                                (has_weights ? "import torch\n" : "") + "from torch import nn\n\n";
    return head(network, has_weights, imports) +
           (numbered ? "model = nn.Sequential(\n" + lines + ")\n"
                     : "model = nn.Sequential(OrderedDict([\n" + lines + "]))\n");
}

/// `self.conv1 = …`, or by its name where Python could not write it so.
std::string member_lines(const NetworkDescription& network) {
    std::string lines;
    for (const LayerDescription& layer : network.layers) {
        if (is_module(layer)) {
            const std::string call = module_call(layer);
            lines +=
                is_python_identifier(layer.name)
                    ? "        self." + layer.name + " = " + call + "\n"
                    : "        self.add_module(" + python_quoted(layer.name) + ", " + call + ")\n";
        }
    }
    return lines;
}

std::string forward_lines(const NetworkDescription& network) {
    std::vector<std::string> names = {"image"};
    std::vector<bool> next_alone;
    for (const LayerDescription& layer : network.layers) {
        names.push_back(layer.name);
        const auto value = static_cast<Index>(next_alone.size());
        next_alone.push_back(network.readers(value) == 1 &&
                             std::ranges::find(layer.inputs, value) != layer.inputs.end());
    }
    next_alone.push_back(true);  // returned
    const std::array<std::string, 7> reserved = {
        "self", "torch", "nn", "F", "json", "struct", "Network"};
    const std::vector<std::string> variables = python_variables(names, next_alone, reserved);
    std::string lines = "    def forward(self, " + variables.front() + "):\n";
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
        const LayerDescription& layer = network.layers[i];
        std::vector<std::string> inputs;
        inputs.reserve(layer.inputs.size());
        for (const Index value : layer.inputs) {
            inputs.push_back(variables[static_cast<std::size_t>(value)]);
        }
        const std::string module = is_python_identifier(layer.name)
                                       ? "self." + layer.name
                                       : "self.get_submodule(" + python_quoted(layer.name) + ")";
        lines += "        " + variables[i + 1] + " = " +
                 (is_module(layer) ? module + "(" + inputs.front() + ")"
                                   : function_call(layer, inputs)) +
                 shape_comment(layer) + "\n";
    }
    return lines + "        return " + variables.back() + "\n";
}

Result<std::string> class_code(const NetworkDescription& network, bool has_weights) {
    for (const LayerDescription& layer : network.layers) {
        const Status checked = is_module(layer) ? check_name(layer) : success();
        if (!checked) {
            return checked.error();
        }
    }
    const std::string forward = forward_lines(network);
    const bool functional = forward.find("F.") != std::string::npos;
    const bool torch = has_weights || forward.find("torch.") != std::string::npos;
    const std::string imports =
        std::string(has_weights ? "\n" : "") + (torch ? "import torch\n" : "") +
        (functional ? "import torch.nn.functional as F\n" : "") + "from torch import nn\n\n\n";
    const std::string members = member_lines(network);
    return head(network, has_weights, imports) + "class Network(nn.Module):\n" +
           (members.empty()
                ? ""
                : "    def __init__(self):\n        super().__init__()\n" + members + "\n") +
           forward + "\n\nmodel = Network()\n";
}

}  // namespace

Result<std::string> pytorch_code(const Network& network) {
    const NetworkDescription description = describe_network(network);
    const bool has_weights =
        !network.named_parameters().empty() || !network.named_buffers().empty();
    Result<std::string> code = description.is_chain() ? sequential_code(description, has_weights)
                                                      : class_code(description, has_weights);
    return code && has_weights ? Result<std::string>(*code + std::string(kLoadWeights)) : code;
}

}  // namespace convoscope
