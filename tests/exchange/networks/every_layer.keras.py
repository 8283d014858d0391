"""One of each, made with Convoscope, for Keras 3.

Keras keeps channels last: images come as a batch [n, 14, 15, 2].
"""

import keras
from keras import layers

model = keras.Sequential([
    keras.Input((14, 15, 2)),
    layers.ZeroPadding2D(1),
    layers.Conv2D(6, 3, strides=(1, 2)),  # 14×8×6
    layers.LeakyReLU(negative_slope=0.2),  # 14×8×6
    layers.Conv2DTranspose(4, 3, strides=2),
    layers.Cropping2D(((1, 0), (1, 0))),  # 28×16×4
    layers.ELU(alpha=0.5),  # 28×16×4
    layers.ZeroPadding2D(1),
    layers.AveragePooling2D(2),  # 15×9×4
    layers.PReLU(alpha_initializer=keras.initializers.Constant(0.25), shared_axes=[1, 2]),  # 15×9×4
    layers.Lambda(lambda x: keras.ops.pad(x, ((0, 0), (0, 1), (0, 1), (0, 0)), constant_values=float("-inf"))),
    layers.MaxPooling2D(2),  # 8×5×4
    layers.Lambda(lambda x: keras.activations.gelu(x, approximate=True)),  # 8×5×4
    layers.Activation("gelu"),  # 8×5×4
    layers.Lambda(lambda x: keras.activations.softplus(x * 2) / 2),  # 8×5×4
    layers.Activation("silu"),  # 8×5×4
    layers.BatchNormalization(momentum=0.9, epsilon=1e-05, center=False, scale=False),  # 8×5×4
    layers.AveragePooling2D((2, 5)),  # 4×1×4
    layers.Activation("tanh"),  # 4×1×4
    layers.Permute((3, 1, 2)),
    layers.Flatten(),  # 16
    layers.Dense(5, use_bias=False),  # 5
    layers.Activation("sigmoid"),  # 5
    layers.Identity(),  # 5
    layers.Softmax(axis=-1),  # 5
])
