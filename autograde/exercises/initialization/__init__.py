"""Exercises of notebook 06: activations and their slopes, first weights, and the size of signals through depth."""

from autograde.exercises.initialization.gain import GAIN
from autograde.exercises.initialization.profile import PROFILE
from autograde.exercises.initialization.slope import SLOPE
from autograde.exercises.initialization.value import VALUE
from autograde.exercises.initialization.weights import WEIGHTS

EXERCISES = (VALUE, SLOPE, WEIGHTS, PROFILE, GAIN)
