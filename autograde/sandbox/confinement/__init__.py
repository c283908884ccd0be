"""The walls around a learner's process: namespaces by bubblewrap, limits by cgroups, and what is shown inside."""
