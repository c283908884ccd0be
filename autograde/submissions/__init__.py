"""Notebooks that were handed in: reading them, and planning which of their cells run."""
