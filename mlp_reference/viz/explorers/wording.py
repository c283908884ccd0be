"""Numbers as explorers say them, in Python as in the page."""

from mlp_reference.shapes import Number


def near(x: Number, digits: int = 2) -> str:
    """So many digits after the point, with a true minus sign; what is not 0 does not look like it."""
    text = f"{round(x, digits) + 0.0:.{digits}f}"
    if float(text) == 0 and abs(x) > 1e-12:
        text = f"{x:.1g}"
    return text.replace("-", "−")


def percent(share: Number, digits: int = 0) -> str:
    """A share in per cent; "0" only where there is nothing, "100" only where it is all."""
    text, least = f"{100 * share:.{digits}f}", 10.0**-digits
    if share > 0 and float(text) == 0:
        return f"< {least:.{digits}f} %"
    return f"> {100 - least:.{digits}f} %" if share < 1 and float(text) == 100 else f"{text} %"


def many(n: int, one: str) -> str:
    """So many of a kind: "1 step", "2 steps"."""
    return f"{n} {one}{'s' * (n != 1)}"
