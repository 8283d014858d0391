"""LeNet-5, made with Convoscope, for Keras 3.

Keras keeps channels last: images come as a batch [n, 28, 28, 1].
"""

import keras
from keras import layers

model = keras.Sequential([
    keras.Input((28, 28, 1)),
    layers.ZeroPadding2D(2),
    layers.Conv2D(6, 5, name="conv1"),  # 28×28×6
    layers.ReLU(name="relu1"),  # 28×28×6
    layers.MaxPooling2D(2, name="pool1"),  # 14×14×6
    layers.Conv2D(16, 5, name="conv2"),  # 10×10×16
    layers.ReLU(name="relu2"),  # 10×10×16
    layers.MaxPooling2D(2, name="pool2"),  # 5×5×16
    layers.Permute((3, 1, 2)),
    layers.Flatten(name="flatten"),  # 400
    layers.Dense(120, name="fc1"),  # 120
    layers.ReLU(name="relu3"),  # 120
    layers.Dense(84, name="fc2"),  # 84
    layers.ReLU(name="relu4"),  # 84
    layers.Dense(10, name="fc3"),  # 10
])
