"""Running learners' code where it can do no harm, and talking to it."""
