"""Exercises of notebook 04: derivatives by nudging, by hand, as a matrix, without the matrix, and by a graph."""

from autograde.exercises.graphs.numeric import NUMERIC
from autograde.exercises.graphs.softmax import JACOBIAN
from autograde.exercises.graphs.toy import TOY
from autograde.exercises.graphs.value import VALUE_EXERCISE
from autograde.exercises.graphs.vjp import VJP

EXERCISES = (NUMERIC, TOY, JACOBIAN, VJP, VALUE_EXERCISE)
