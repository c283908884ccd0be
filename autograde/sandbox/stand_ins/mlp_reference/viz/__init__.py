"""Stands in for figures and explorers where submissions are graded: everything can be called, nothing is drawn."""

import sys
from typing import Any


class Nothing:
    """Has every attribute, takes every call, stands in every place; none of it does anything."""

    def __getattr__(self, name: str) -> "Nothing":
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *args: Any, **options: Any) -> "Nothing":
        return Nothing()

    def __getitem__(self, key: Any) -> "Nothing":
        return Nothing()

    def __setitem__(self, key: Any, value: Any) -> None:
        pass

    def __iter__(self) -> Any:
        return (Nothing() for _ in range(2))  # figure, axes = ...

    def __enter__(self) -> "Nothing":
        return self

    def __exit__(self, *error: Any) -> None:
        pass

    def __repr__(self) -> str:
        return "(no figures while grading)"


explorers, figures, plots, style = Nothing(), Nothing(), Nothing(), Nothing()
for _name in ("explorers", "figures", "plots", "style"):
    sys.modules[f"{__name__}.{_name}"] = globals()[_name]  # so that they can be imported as modules, too
