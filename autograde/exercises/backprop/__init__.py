"""Exercises of notebook 05."""

from autograde.exercises.backprop.affine import AFFINE_FORWARD
from autograde.exercises.backprop.affine_back import AFFINE_BACKWARD
from autograde.exercises.backprop.mlp import MLP_FORWARD
from autograde.exercises.backprop.mlp_back import MLP_BACKWARD
from autograde.exercises.backprop.two_layers import TWO_LAYER_GRADS
from autograde.exercises.backprop.worst import WORST_GRADIENT
from autograde.exercises.backprop.xent import SOFTMAX_XENT

EXERCISES = [
    SOFTMAX_XENT,
    AFFINE_FORWARD,
    AFFINE_BACKWARD,
    TWO_LAYER_GRADS,
    MLP_FORWARD,
    MLP_BACKWARD,
    WORST_GRADIENT,
]
