"""Stands in for the reference package where submissions are graded: data sets are here, answers are not."""
