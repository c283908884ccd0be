"""The exercises of notebook 08: what a report earns, and what is said of networks that don't read."""

import pytest

from autograde.exercises import CATALOGUE
from autograde.judging.judge import HIDDEN_SEED, PUBLIC_SEED, judge
from mlp_reference import findings, reader

TRUTH = findings()


def report(said):
    return judge(CATALOGUE["findings"], lambda: said)


@pytest.mark.parametrize("word", reader.FAULTS)
def test_a_report_that_says_the_same_of_all_earns_nothing(word):
    assert report(dict.fromkeys(TRUTH, word)).share == 0


def test_each_word_earns_its_share():
    assert report(TRUTH).share == 1
    for part, word in TRUTH.items():
        lost = 1 - report(TRUTH | {part: "order"}).share
        assert lost == pytest.approx((0.4 if word == "right" else 1) / 6.2)
    two_wrong = report(TRUTH | {"two_parts": "right", "through_tanh": "right"})
    assert two_wrong.share == pytest.approx(1 - 2 / 6.2)
    assert two_wrong.failure.diagnosis == "two_parts is called right"


def test_faults_count_for_more_than_what_is_right():
    none_found = report(dict.fromkeys(TRUTH, "right") | {"two_parts": "order"})
    assert 0 < none_found.share < 0.2


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (TRUTH | {"two_parts": "leek"}, "'leek' is none of the eight words"),
        (TRUTH | {"two_part": "leak"}, "'two_part' is none of the eight functions"),
        ([*TRUTH], "a dictionary from names to words should come back"),
        (TRUTH | {"batches": None}, "None is none of the eight words"),
    ],
)
def test_what_is_no_report_is_told(said, told):
    assert told in report(said).failure.advice


@pytest.mark.parametrize("seed", [PUBLIC_SEED, HIDDEN_SEED])
def test_luck_reads_half_of_the_digits(seed):
    """Whatever a network without training says of two kinds of digits."""
    untrained = CATALOGUE["rescue"].compile(CATALOGUE["rescue"].alternates[0].replace("range(15)", "range(0)"))
    found = judge(CATALOGUE["rescue"], untrained, seed=seed)
    assert found.share == 0
    assert found.failure.diagnosis == "it is not trained"
