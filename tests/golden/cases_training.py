"""Golden numbers of training: losses, optimisers, gradient clipping, schedules and initialisers."""

import json
import math
import zlib

import torch

LOSSES = [
    # name, input shape, loss, label smoothing
    ("loss_smoothing", [7, 1, 1], "cross_entropy", 0.1),
    ("loss_smoothing_half", [3, 1, 1], "cross_entropy", 0.5),
    ("loss_smoothing_all", [4, 1, 1], "cross_entropy", 1.0),
    ("loss_mse_flat", [5, 1, 1], "mse", 0.0),
]

TRAJECTORIES = {
    "trajectory_momentum_dampening": dict(
        type="momentum", learning_rate=0.05, momentum=0.9, dampening=0.3),
    "trajectory_nesterov": dict(type="nesterov", learning_rate=0.05, momentum=0.9),
    "trajectory_nesterov_weight_decay": dict(
        type="nesterov", learning_rate=0.05, momentum=0.8, weight_decay=0.05),
    "trajectory_adagrad": dict(type="adagrad", learning_rate=0.02),
    "trajectory_adagrad_weight_decay": dict(
        type="adagrad", learning_rate=0.02, epsilon=1e-6, weight_decay=0.05),
    "trajectory_rmsprop": dict(type="rmsprop", learning_rate=0.002),
    "trajectory_rmsprop_weight_decay": dict(
        type="rmsprop", learning_rate=0.002, alpha=0.9, momentum=0.7, epsilon=1e-5, weight_decay=0.05),
    "trajectory_adamw": dict(type="adamw", learning_rate=0.01),
    "trajectory_adamw_weight_decay": dict(
        type="adamw", learning_rate=0.01, beta1=0.8, beta2=0.99, epsilon=1e-6, weight_decay=0.3),
    "trajectory_clip_norm": dict(type="sgd", learning_rate=0.1, clip_norm=0.5),
    "trajectory_clip_norm_rarely": dict(type="adam", learning_rate=0.01, clip_norm=2.0, weight_decay=0.01),
    "trajectory_clip_value": dict(type="momentum", learning_rate=0.05, momentum=0.9, clip_value=0.02),
    "trajectory_clip_both": dict(
        type="sgd", learning_rate=0.1, clip_value=0.05, clip_norm=0.3, weight_decay=0.05),
}

SCHEDULES = [
    # settings, epochs, steps an epoch
    (dict(type="constant"), 2, 5),
    (dict(type="step", step_size=2, gamma=0.5), 7, 3),
    (dict(type="step", step_size=1, gamma=0.1), 3, 4),
    (dict(type="cosine"), 4, 5),
    (dict(type="cosine", eta_min=0.02), 3, 7),
    (dict(type="one_cycle"), 5, 8),
    (dict(type="one_cycle", pct_start=0.1, div_factor=10.0, final_div_factor=100.0), 3, 11),
    (dict(type="one_cycle"), 1, 3),
]
BASE_RATE = 0.3

INITIALIZERS = {
    "kaiming_uniform": lambda t: torch.nn.init.kaiming_uniform_(t, nonlinearity="relu"),
    "kaiming_normal": lambda t: torch.nn.init.kaiming_normal_(t, nonlinearity="relu"),
    "xavier_uniform": torch.nn.init.xavier_uniform_,
    "xavier_normal": torch.nn.init.xavier_normal_,
    "lecun_uniform": lambda t: torch.nn.init.kaiming_uniform_(t, nonlinearity="linear"),
    "lecun_normal": lambda t: torch.nn.init.kaiming_normal_(t, nonlinearity="linear"),
    "pytorch": lambda t: torch.nn.init.kaiming_uniform_(t, a=math.sqrt(5)),
}
SHAPES = [[40, 25], [12, 6, 5, 3]]  # linear, conv2d


def make_stepper(optimizer, parameters):
    """The torch.optim object of an `optimizer.json`; what it leaves out is PyTorch's default."""
    kind = optimizer["type"]
    keys = dict(lr=optimizer["learning_rate"])
    for ours, theirs in (("weight_decay", "weight_decay"), ("epsilon", "eps"), ("alpha", "alpha"),
                         ("momentum", "momentum"), ("dampening", "dampening")):
        if ours in optimizer:
            keys[theirs] = optimizer[ours]
    if "beta1" in optimizer:
        keys["betas"] = (optimizer["beta1"], optimizer["beta2"])
    makers = dict(sgd=torch.optim.SGD, momentum=torch.optim.SGD, nesterov=torch.optim.SGD,
                  adagrad=torch.optim.Adagrad, rmsprop=torch.optim.RMSprop, adam=torch.optim.Adam,
                  adamw=torch.optim.AdamW)
    if kind == "nesterov":
        keys["nesterov"] = True
    return makers[kind](parameters, **keys)


def clip(optimizer, parameters):
    parameters = list(parameters)
    if "clip_value" in optimizer:
        torch.nn.utils.clip_grad_value_(parameters, optimizer["clip_value"])
    if "clip_norm" in optimizer:
        torch.nn.utils.clip_grad_norm_(parameters, optimizer["clip_norm"])


def write_losses(golden):
    for name, shape, loss, smoothing in LOSSES:
        network = {"input": shape, "layers": [
            {"type": "flatten"}, {"name": "fc", "type": "linear", "out_features": shape[0]}]}
        yield golden.write_case(name, network, 9, loss, label_smoothing=smoothing)
    yield golden.write_case(
        "loss_mse_image",
        golden.one_layer([2, 4, 3], type="conv2d", out_channels=3, kernel_size=2), 11, "mse")


def write_trajectories(golden):
    return [golden.write_trajectory(name, optimizer, golden.SMALL, 9)
            for name, optimizer in TRAJECTORIES.items()]


def scheduled_rates(settings, epochs, steps_per_epoch):
    stepper = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=BASE_RATE)
    total = epochs * steps_per_epoch
    keys = {k: v for k, v in settings.items() if k != "type"}
    kind = settings["type"]
    every = 1
    if kind == "constant":
        schedule = torch.optim.lr_scheduler.LambdaLR(stepper, lambda _: 1.0)
    elif kind == "step":
        schedule, every = torch.optim.lr_scheduler.StepLR(stepper, **keys), steps_per_epoch
    elif kind == "cosine":
        schedule = torch.optim.lr_scheduler.CosineAnnealingLR(stepper, T_max=total, **keys)
    else:
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            stepper, max_lr=BASE_RATE, total_steps=total, cycle_momentum=False, **keys)
    rates = []
    for step in range(total):
        rates.append(stepper.param_groups[0]["lr"])
        stepper.step()
        if (step + 1) % every == 0 and step + 1 < total:
            schedule.step()
    return rates


def initializer_moments(name, shape):
    """Largest magnitude, and deviation, over many tensors."""
    torch.manual_seed(zlib.crc32(name.encode()))
    draws = torch.stack([INITIALIZERS[name](torch.empty(*shape)) for _ in range(300)]).double()
    return {"type": name, "shape": shape, "largest": draws.abs().max().item(),
            "deviation": draws.pow(2).mean().sqrt().item()}


def write_numbers(folder):
    folder.mkdir(parents=True, exist_ok=True)
    schedules = [
        {"schedule": settings, "epochs": epochs, "steps_per_epoch": steps, "base_rate": BASE_RATE,
         "rates": scheduled_rates(settings, epochs, steps)} for settings, epochs, steps in SCHEDULES]
    (folder / "schedules.json").write_text(json.dumps(schedules, indent=1) + "\n")
    moments = [initializer_moments(name, shape) for name in INITIALIZERS for shape in SHAPES]
    (folder / "initializers.json").write_text(json.dumps(moments, indent=1) + "\n")
