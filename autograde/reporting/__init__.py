"""What is read of grades: pages of feedback, tables for other systems, the summary of a run."""
