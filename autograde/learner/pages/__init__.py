"""What the learner's functions show: HTML with a plain-text twin, and widgets."""
