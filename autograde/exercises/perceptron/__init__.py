"""Exercises of notebook 01: the perceptron, its rule, its guarantee, and the certificate of its failure."""

from autograde.exercises.perceptron.bound import BOUND
from autograde.exercises.perceptron.certificate import CERTIFICATE
from autograde.exercises.perceptron.fit import FIT
from autograde.exercises.perceptron.predict import PREDICT
from autograde.exercises.perceptron.step import STEP

EXERCISES = (PREDICT, STEP, FIT, BOUND, CERTIFICATE)
