"""Exercises of notebook 07: losses and distances, batches, steps, stationary points, and a whole training."""

from autograde.exercises.training.batches import BATCHES
from autograde.exercises.training.huber import HUBER
from autograde.exercises.training.kl import KL
from autograde.exercises.training.stationary import STATIONARY
from autograde.exercises.training.step import STEP
from autograde.exercises.training.train import TRAIN
from autograde.exercises.training.wasserstein import WASSERSTEIN

EXERCISES = (HUBER, WASSERSTEIN, KL, BATCHES, STEP, STATIONARY, TRAIN)
