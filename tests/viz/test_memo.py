"""An experiment is made once for a figure and for the numbers that the text repeats, however they ask for it."""

from mlp_reference.viz.experiments.memo import memoized


def test_one_experiment_is_made_once_however_its_arguments_are_written() -> None:
    made = []

    @memoized
    def experiment(m: int, seeds: int = 20) -> int:
        """A run."""
        made.append((m, seeds))
        return m * seeds

    assert [experiment(2), experiment(2, 20), experiment(m=2), experiment(seeds=20, m=2), experiment(3)] == [40] * 4 + [
        60
    ]
    assert made == [(2, 20), (3, 20)]
    assert experiment.__doc__ == "A run."
