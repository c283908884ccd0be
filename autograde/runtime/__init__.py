"""What stands beside a learner's code, and all that a sandbox shows of us: no test, answer or grade is known here."""
