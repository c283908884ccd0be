"""The catalogue: every exercise of the course, by notebook and by name."""

from collections.abc import Mapping, Sequence

from autograde.exercise import Exercise
from autograde.exercises import backprop, graphs, initialization, perceptron, splines, training, xor

_MODULES: Mapping[str, Sequence[Exercise]] = {
    "01_perceptron": perceptron.EXERCISES,
    "02_xor_basis_functions": xor.EXERCISES,
    "03_relu_splines": splines.EXERCISES,
    "04_backprop_graphs": graphs.EXERCISES,
    "05_backprop_mlp": backprop.EXERCISES,
    "06_initialization": initialization.EXERCISES,
    "07_training": training.EXERCISES,
}

ASSIGNMENTS: dict[str, list[str]] = {name: [e.name for e in exercises] for name, exercises in _MODULES.items()}
CATALOGUE: dict[str, Exercise] = {e.name: e for exercises in _MODULES.values() for e in exercises}
