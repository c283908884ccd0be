"""Diagnosis by repair: the smallest change of a learner's own code that makes it right."""
