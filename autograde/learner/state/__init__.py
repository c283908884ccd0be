"""What a learner has done, and what the course's sources say to its learners."""
