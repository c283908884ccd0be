"""Times beside submissions: read as they were meant, or refused; never taken for another moment."""

import contextlib
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograde.gradebook.timestamps import UnclearTimeError, read_time, time_in

NOON = datetime(2024, 11, 5, 22, 30)


@pytest.mark.parametrize(
    "text",
    [
        "2024-11-05 22:30:00 UTC\n",
        "2024-11-05 22:30:00.000000 UTC",
        "2024-11-05 22:30:00",
        "2024-11-05T22:30:00Z",
        "20241105T223000Z",
        "2024/11/05 22:30",
        "2024-11-05 23:30:00 +0100",
        "2024-11-05 23:30:00+01:00",
        "2024-11-05 23:30:00 +01",
        "2024-11-05T17:00:00-0530",
        "2024-11-05 23:30:00 UTC+1",
        "2024-11-05 23:30 CET",
        "2024-11-06 00:30:00 CEST",
        "2024-11-05 17:30 EST",
        "2024-11-05 5:30 PM EST",
        "2024-11-05 23:30 Europe/Berlin",
        "Tue Nov  5 23:30:00 CET 2024",
        "Tue, 05 Nov 2024 23:30:00 +0100",
        "Tue Nov 05 2024 23:30:00 GMT+0100 (Central European Standard Time)",
        "5 November 2024 10:30 PM",
        "05-Nov-2024 22:30",
    ],
)
def test_what_has_one_meaning_is_read(text: str) -> None:
    assert read_time(text) == NOON


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("11/05/2024 10:30 PM", "may mean 2024-05-11 or 2024-11-05"),
        ("05.11.2024 22:30", "may mean 2024-05-11 or 2024-11-05"),
        ("05.11.24 22:30", "may mean 2005-11-24 or 2024-05-11 or 2024-11-05"),
        ("2024-11-05 22:30 IST", "'IST' is used in several parts of the world"),
        ("2024-11-05 22:30 CST", "'CST' is used in several"),
        ("2024-11-05 22:30 XYZ", "'XYZ' is unknown"),
        ("Tue Nov  5 23:30:00 XYZ 2024", "'XYZ' is unknown"),
        ("2024-11-05 22:30 +9900", r"from -14:00 to \+14:00"),
        ("2024-10-27 02:30 Europe/Berlin", "in the hour in which clocks are changed"),
        ("2024-11-05", "no whole date and time"),
        ("22:30", "no whole date and time"),
        ("1730845800", "only the number"),
        ("2024年11月5日 22:30", "expected a date and a time such as 2024-11-05 22:30:00 UTC"),
        ("yesterday", "expected a date and a time"),
        ("9" * 900, "only the number"),
        ("2024-11-05 22:30:00 100", "expected a date and a time"),
    ],
)
def test_what_has_several_meanings_or_none_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnclearTimeError, match=reason):
        read_time(text)


def test_a_day_that_can_be_no_month_is_read() -> None:
    assert read_time("25.11.2024 22:30") == read_time("11/25/2024 10:30 PM") == datetime(2024, 11, 25, 22, 30)


def test_the_zone_of_the_exchange_decides_on_abbreviations() -> None:
    assert read_time("2024-11-05 14:30:00 PST", "America/Los_Angeles") == NOON
    assert read_time("2024-11-05 16:30:00 CST", "America/Chicago") == NOON
    assert read_time("2024-11-05 23:30:00 CET", "nonsense") == NOON


moments = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 31)).map(lambda when: when.replace(microsecond=0))
FORMS = ["%Y-%m-%d %H:%M:%S %z", "%Y-%m-%dT%H:%M:%S%z", "%d %b %Y %I:%M:%S %p %z", "%a, %d %b %Y %H:%M:%S %z"]


@given(moments, st.sampled_from(FORMS), st.integers(-14 * 4, 14 * 4))
def test_a_moment_comes_back_from_any_zone(when: datetime, form: str, quarters: int) -> None:
    there = when.replace(tzinfo=UTC).astimezone(timezone(timedelta(minutes=15 * quarters)))
    assert read_time(there.strftime(form)) == when


@given(moments, st.sampled_from(["%d.%m.%Y %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d.%m.%y %H:%M:%S"]))
def test_an_order_of_day_and_month_is_never_guessed(when: datetime, form: str) -> None:
    try:
        assert read_time(when.strftime(form)) == when
    except UnclearTimeError:
        assert when.day <= 12 or form.endswith("y %H:%M:%S")


@given(st.text(max_size=40) | st.text("0123456789:-/. +TZAPMUC", max_size=30))
def test_any_other_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(UnclearTimeError):
        assert read_time(text).tzinfo is None


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "ascii"])
def test_editors_of_all_systems_write_it(tmp_path: Path, code: str) -> None:
    (tmp_path / "t").write_bytes("2024-11-05 22:30:00 UTC\r\n".encode(code))
    assert time_in(tmp_path / "t") == NOON


def test_what_is_no_file_of_text_is_refused(tmp_path: Path) -> None:
    assert time_in(tmp_path / "nothing") is None
    (tmp_path / "binary").write_bytes(b"\xff\x00\x80" * 9)
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("empty")
    for name in ("binary", "empty", "folder", "link"):
        with pytest.raises(UnclearTimeError, match="expected"):
            time_in(tmp_path / name)
