"""Exercises of notebook 03: bumps, broken lines from ReLUs, how close they come, what they cost, what depth buys."""

from autograde.exercises.splines.bump import BUMP
from autograde.exercises.splines.error import ERROR
from autograde.exercises.splines.intervals import INTERVALS
from autograde.exercises.splines.sawtooth import SAWTOOTH
from autograde.exercises.splines.spline import SPLINE

EXERCISES = (BUMP, SPLINE, ERROR, INTERVALS, SAWTOOTH)
