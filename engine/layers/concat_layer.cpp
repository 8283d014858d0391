#include "engine/layers/concat_layer.h"

#include <algorithm>
#include <vector>

#include "engine/core/check.h"

namespace convoscope {
namespace {

class ConcatLayer final : public Layer {
  public:
    explicit ConcatLayer(std::span<const Shape> inputs) : output_(inputs.front()) {
        output_.channels = 0;
        for (const Shape& input : inputs) {
            channels_.push_back(input.channels);
            output_.channels += input.channels;
        }
    }

    [[nodiscard]] Shape output_shape() const override { return output_; }

    void forward(const ForwardPass& pass) const override {
        Index first_channel = 0;
        for (std::size_t input = 0; input < channels_.size(); ++input) {
            for_each_pixel(
                first_channel, channels_[input], [&](Index joined, Index alone, Index n) {
                    std::copy_n(
                        pass.inputs[input].begin() + alone, n, pass.output.begin() + joined);
                });
            first_channel += channels_[input];
        }
    }

    void backward(const BackwardPass& pass) const override {
        Index first_channel = 0;
        for (std::size_t input = 0; input < channels_.size(); ++input) {
            const std::span<float> d_input = pass.d_inputs[input];
            if (!d_input.empty()) {
                for_each_pixel(
                    first_channel, channels_[input], [&](Index joined, Index alone, Index n) {
                        std::copy_n(pass.d_output.begin() + joined, n, d_input.begin() + alone);
                    });
            }
            first_channel += channels_[input];
        }
    }

  private:
    /// Calls visit(offset in the output, offset in the input, floats) for every pixel's channels of
    /// one input.
    template <class Visit>
    void for_each_pixel(Index first_channel, Index channels, const Visit& visit) const {
        for (Index pixel = 0; pixel < output_.height * output_.width; ++pixel) {
            visit((pixel * output_.channels + first_channel) * kLanes,
                  pixel * channels * kLanes,
                  channels * kLanes);
        }
    }

    std::vector<Index> channels_;
    Shape output_;
};

}  // namespace

std::unique_ptr<Layer> make_concat_layer(std::span<const Shape> inputs) {
    CONVOSCOPE_CHECK(inputs.size() >= 2);
    for (const Shape& input : inputs) {
        CONVOSCOPE_CHECK(input.height == inputs[0].height && input.width == inputs[0].width &&
                         input.flat == inputs[0].flat);
    }
    return std::make_unique<ConcatLayer>(inputs);
}

}  // namespace convoscope
