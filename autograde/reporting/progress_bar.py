"""How far a long run is: a bar on a terminal, a line now and then elsewhere."""

import sys
import time
from typing import Any, Self, TextIO

from tqdm import tqdm

EVERY = 10.0  # seconds between two lines


class Progress:
    """Counts what is done and what had problems, with the rate and the time left."""

    def __init__(self, total: int, unit: str, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stderr
        self.total, self.unit, self.done, self.problems = total, unit, 0, 0
        self.start = self.said = time.monotonic()
        self.told = 0
        self.bar: Any = None
        if self.stream.isatty():
            self.bar = tqdm(total=total, unit=f" {unit}", file=self.stream, dynamic_ncols=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        if self.bar is not None:
            self.bar.close()
        elif self.done > self.told:
            self._say()

    def step(self, problem: bool = False) -> None:
        """One more is done."""
        self.done += 1
        self.problems += problem
        if self.bar is not None:
            self.bar.set_postfix(problems=self.problems, refresh=False)
            self.bar.update()
        elif time.monotonic() - self.said >= EVERY:
            self._say()

    def _say(self) -> None:
        self.said, self.told = time.monotonic(), self.done
        rate = self.done / max(self.said - self.start, 1e-9)
        left = (self.total - self.done) / rate if rate else 0.0
        text = f"{self.done} of {self.total} {self.unit}, {rate:.1f} a second, {left:.0f} s left"
        print(f"{text}, {self.problems} problem{'s' * (self.problems != 1)}", file=self.stream, flush=True)
