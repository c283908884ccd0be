"""Exercises of notebook 02: the sigmoid, its loss, features by hand, and the step to features that are learned."""

from autograde.exercises.xor.bce import BCE
from autograde.exercises.xor.collapse import COLLAPSE
from autograde.exercises.xor.features import FEATURES
from autograde.exercises.xor.fit import FIT
from autograde.exercises.xor.forward import FORWARD
from autograde.exercises.xor.squash import SIGMOID

EXERCISES = (SIGMOID, BCE, FEATURES, FIT, COLLAPSE, FORWARD)
