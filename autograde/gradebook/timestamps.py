"""Times as people and programs write them, read without guessing: what could mean two moments is refused."""

import codecs
import re
from collections.abc import Iterable, Set
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from dateutil import parser

from autograde.files import read_beginning

MOST_BYTES = 1_000
_EXPECTED = "expected a date and a time such as 2024-11-05 22:30:00 UTC: write it so"
_YEAR_FIRST = re.compile(r"\d{4}(?:[-/.]|\d{4}(?!\d))|\d{8}T")
_ZONED = re.compile(
    r"(?P<time>.*\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\s*[ap]\.?m\.?)?)\s*"
    r"(?P<zone>(?:UTC|GMT)?(?P<sign>[+-])(?P<hours>\d\d?)(?::?(?P<minutes>\d\d))?|(?![ap]\.?m\b)[a-z][\w/+-]*)",
    re.IGNORECASE | re.DOTALL,
)
_DEFAULTS = datetime(2001, 2, 3, 4, 5), datetime(2010, 12, 11, 10, 9)


class UnclearTimeError(ValueError):
    """A text that is no time, or could be several; the text says which."""


def read_time(text: str, home: str | None = None) -> datetime:
    """The moment that a text names, in UTC and without a zone, as nbgrader keeps it; without a zone it is taken as UTC.

    home: the time zone in which nbgrader's exchange writes; it decides what an abbreviation like ``CST`` means.
    Raises: UnclearTimeError where it names none, or may name several.
    """
    text = re.sub(r"\s*\([^()]*\)$", "", text.strip())  # a comment, as in ``+0100 (CET)``
    found = _ZONED.fullmatch(text)
    clock, zone = (found["time"], _zone_of(found)) if found else (text, None)
    when = _read(clock, home)
    if zone is not None and when.tzinfo is not None:
        raise UnclearTimeError(f"got {text!r:.80}, which has two time zones, {_EXPECTED}")
    if isinstance(zone, str):
        zone = _named(zone, when.year, home)
    return _in_utc(when if zone is None else when.replace(tzinfo=zone), text)


def time_in(path: Path, home: str | None = None) -> datetime | None:
    """The moment that stands in a file; None where there is no file.

    Raises: UnclearTimeError.
    """
    try:
        text = _decoded(read_beginning(path, MOST_BYTES)).strip()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnclearTimeError(f"the file can't be read ({error.strerror}), expected a text file: replace it") from None
    if not text:
        raise UnclearTimeError(f"it is empty, {_EXPECTED}")
    return read_time(text, home)


def _decoded(data: bytes) -> str:
    """The text of a file, as editors on all systems write it."""
    code = "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return data.decode(code)
    except UnicodeDecodeError:
        raise UnclearTimeError(f"got {data[:40]!r}, {_EXPECTED}") from None


def _zone_of(found: re.Match[str]) -> str | tzinfo:
    """A zone as it was written: the difference to UTC, or a name."""
    if found["hours"] is None:
        return found["zone"]
    minutes = 60 * int(found["hours"]) + int(found["minutes"] or 0)
    if minutes > 14 * 60 or int(found["minutes"] or 0) > 59:
        raise UnclearTimeError(f"got the time zone {found['zone']!r}, expected one from -14:00 to +14:00: correct it")
    return timezone(timedelta(minutes=-minutes if found["sign"] == "-" else minutes))


def _read(text: str, home: str | None) -> datetime:
    """A time in which every part is written, and means the same wherever it was written."""
    if not re.search(r"\D", text):
        raise UnclearTimeError(f"got only the number {text!r:.40}, {_EXPECTED}")
    orders = [(False, True)] if _YEAR_FIRST.match(text) else [(d, y) for d in (False, True) for y in (False, True)]
    readings = [{_parse(text, home, default, dayfirst=d, yearfirst=y) for default in _DEFAULTS} for d, y in orders]
    if any(len(reading) > 1 for reading in readings):
        raise UnclearTimeError(f"got {text!r:.80}, which is no whole date and time, {_EXPECTED}")
    found = set().union(*readings)
    if len(found) > 1:
        dates = " or ".join(sorted({f"{when:%Y-%m-%d}" for when in found}))
        raise UnclearTimeError(f"got {text!r:.80}, which may mean {dates}, {_EXPECTED}")
    return found.pop()


def _parse(text: str, home: str | None, default: datetime, **order: bool) -> datetime:
    def zone(name: str | None, offset: int | None) -> tzinfo | None:
        if name is not None:
            return _named(name, default.year, home)
        return None if offset is None else timezone(timedelta(seconds=offset))

    try:
        found: datetime = parser.parse(text, default=default, tzinfos=zone, **order)
    except UnclearTimeError:
        raise
    except (ValueError, OverflowError, TypeError, ArithmeticError, LookupError):
        raise UnclearTimeError(f"got {text!r:.80}, {_EXPECTED}") from None
    return found


def _named(name: str, year: int, home: str | None) -> tzinfo:
    """The time zone of a name or an abbreviation, which must have one meaning.

    Raises: UnclearTimeError.
    """
    if name.upper() in ("UTC", "Z", "GMT"):
        return UTC
    if "/" in name and name in _zones():
        return ZoneInfo(name)
    at_home = _offsets([home], name.upper(), year) if home in _zones() else None
    offsets: Set[timedelta] = at_home or _everywhere(name.upper(), year)
    if len(offsets) != 1:
        what = "is used in several parts of the world" if offsets else "is unknown"
        raise UnclearTimeError(
            f"the time zone {name!r:.40} {what}, expected UTC or a difference like +01:00: write it so"
        )
    return timezone(min(offsets))


@cache
def _zones() -> set[str]:
    return available_timezones()


@lru_cache(maxsize=64)
def _everywhere(name: str, year: int) -> frozenset[timedelta]:
    return frozenset(_offsets(_zones(), name, year))


def _offsets(zones: Iterable[str], name: str, year: int) -> set[timedelta]:
    """The differences to UTC that go by an abbreviation in a year."""
    months = [datetime(year, month, 15) for month in range(1, 13)]
    found = (when.replace(tzinfo=ZoneInfo(zone)) for zone in zones for when in months)
    return {when.utcoffset() or timedelta() for when in found if when.tzname() == name}


def _in_utc(when: datetime, text: str) -> datetime:
    if when.tzinfo is None:
        return when
    if when.replace(fold=0).utcoffset() != when.replace(fold=1).utcoffset():
        raise UnclearTimeError(f"got {text!r:.80}, in the hour in which clocks are changed: write it in UTC")
    try:
        return when.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        raise UnclearTimeError(f"got {text!r:.80}, {_EXPECTED}") from None
