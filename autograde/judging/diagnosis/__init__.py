"""What a wrong answer suffers from: known mistakes that give the same, else what can be seen in its results."""
