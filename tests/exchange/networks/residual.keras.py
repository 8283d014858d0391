"""Residual block, made with Convoscope, for Keras 3.

Keras keeps channels last: images come as a batch [n, 12, 12, 3].
"""

import keras
from keras import layers

image = keras.Input((12, 12, 3))
x = layers.Conv2D(8, 3, padding="same", use_bias=False, name="conv1")(image)  # 12×12×8
x = layers.BatchNormalization(momentum=0.9, epsilon=1e-05, name="bn1")(x)  # 12×12×8
entry = layers.ReLU(name="entry")(x)  # 12×12×8
x = layers.ZeroPadding2D((1, 2))(entry)
x = layers.Conv2D(8, (3, 5), use_bias=False, name="conv2")(x)  # 12×12×8
x = layers.BatchNormalization(momentum=0.99, epsilon=0.001, name="bn2")(x)  # 12×12×8
x = layers.Add(name="sum")([x, entry])  # 12×12×8
x = layers.ReLU()(x)  # 12×12×8
down = layers.Lambda(lambda x: keras.ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), constant_values=float("-inf")))(x)
down = layers.MaxPooling2D(3, strides=2, name="down")(down)  # 6×6×8
wide = layers.ZeroPadding2D(2)(down)
wide = layers.Conv2D(4, 3, dilation_rate=2, groups=2, name="wide")(wide)  # 6×6×4
x = layers.Conv2D(4, 1, name="short")(down)  # 6×6×4
x = layers.Concatenate(axis=-1, name="both")([wide, x, down])  # 6×6×16
x = layers.GlobalAveragePooling2D(keepdims=True)(x)  # 1×1×16
x = layers.Flatten()(x)  # 16
x = layers.Dropout(0.2)(x)  # 16
x = layers.Dense(10)(x)  # 10

model = keras.Model(image, x)
