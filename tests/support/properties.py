"""How many examples a property is tried on: `make fast` tries fewer of each."""

from hypothesis import settings

FULL = 100  # of a property that does not say
FAST = 15


def examples(count: int) -> settings:
    """So many examples, or the same part of them as of all properties."""
    return settings(max_examples=max(3, count * settings.default.max_examples // FULL))
