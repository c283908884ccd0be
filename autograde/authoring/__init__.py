"""Notebooks from their sources, the catalogue's proof, and new exercises: what authors of the course use."""
