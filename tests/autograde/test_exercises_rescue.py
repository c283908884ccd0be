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
    for part in TRUTH:
        lost = 1 - report(TRUTH | {part: "order"}).share
        assert lost == pytest.approx(1 / 8)
    two_wrong = report(TRUTH | {"two_parts": "right", "through_tanh": "right"})
    assert two_wrong.share == pytest.approx(1 - 2 / 8)
    assert two_wrong.failure.diagnosis == "two_parts is called right"


def test_what_is_right_counts_for_whoever_has_found_faults():
    said = dict.fromkeys(TRUTH, "right") | {"two_parts": "order"}
    assert report(said).share == 0
    shares = []
    for part, word in TRUTH.items():
        said[part] = word
        shares.append(report(said).share)
    assert shares == sorted(shares)
    assert shares[-1] == 1


def test_who_accuses_what_is_right_pays_for_it():
    accused = report(TRUTH | {"forward": "transpose", "backward": "slope", "batches": "leak"})
    assert accused.share == pytest.approx(5 / 8)


def test_what_is_not_asked_for_costs_nothing():
    assert report(TRUTH | {"train": "right", "read": "right"}).share == 1


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
