"""Where a progress bar is shown, and what is left of it in a saved notebook."""

import sys

import pytest

from mlp_reference.progress_bar import progress_bar


class Handle:
    def __init__(self, shown: list[str]) -> None:
        self.shown = shown

    def update(self, data: dict[str, str], raw: bool) -> None:
        self.shown.append(data["text/plain"])


@pytest.mark.parametrize(
    ("terminal", "shell", "shown"),
    [(True, "str", True), (False, "ZMQInteractiveShell", True), (False, "TerminalInteractiveShell", False)],
)
def test_it_shows_where_somebody_can_see_it(monkeypatch, terminal, shell, shown):
    kind = type(shell, (), {})
    monkeypatch.setattr("IPython.get_ipython", kind)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    epochs = range(3)
    assert (progress_bar(epochs, "training", "epoch") is not epochs) == shown
    assert progress_bar(epochs, "training", "epoch", show=False) is epochs


def test_in_a_terminal_it_is_on_stderr(capsys):
    assert list(progress_bar(range(3), "training", "epoch", show=True)) == [0, 1, 2]
    assert "3/3" in capsys.readouterr().err


def test_in_a_notebook_one_output_ends_full(monkeypatch, capsys):
    shown: list[str] = []

    def display(data: dict[str, str], raw: bool, display_id: bool) -> Handle:
        assert raw and display_id and not shown
        shown.append(data["text/plain"])
        return Handle(shown)

    monkeypatch.setattr("IPython.display.display", display)
    monkeypatch.setattr("IPython.get_ipython", type("ZMQInteractiveShell", (), {}))
    assert list(progress_bar([4, 5], "training", "network")) == [4, 5]
    assert "0/2" in shown[0] and "training: 100%" in shown[-1] and "2/2" in shown[-1]
    assert capsys.readouterr().err == ""
