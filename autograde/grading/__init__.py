"""A run of grading over submissions."""
