#include "engine/network/network_copy.h"

#include <algorithm>

namespace convoscope {

void copy_state(const Network& from, Network& to) {
    for (const NamedParameter& parameter : to.named_parameters()) {
        const NamedParameter* source = from.find_parameter(parameter.name);
        to.from_pytorch_order(
            parameter, from.to_pytorch_order(*source, from.parameters()), to.parameters());
    }
    for (const NamedBuffer& buffer : to.named_buffers()) {
        const auto source =
            std::ranges::find(from.named_buffers(), buffer.name, &NamedBuffer::name);
        std::ranges::copy(Network::part_of(*source, from.buffers()),
                          Network::part_of(buffer, to.buffers()).begin());
    }
    to.pack_all();
}

Result<std::unique_ptr<Network>> copy_of(const Network& network) {
    Result<std::unique_ptr<Network>> copy = Network::build(network.spec());
    if (copy) {
        copy_state(network, **copy);
    }
    return copy;
}

}  // namespace convoscope
