"""Runs the command line on the mini case, or on whatever case is named."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from typer.testing import CliRunner, Result

from casebuilder.case import Case
from casebuilder.cli.app import app
from tests.unit.mini import mini_case

Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run a command; gives its exit code and output."""
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def mini(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `mini` the name of the mini case, and `failing` that of one with a failed check."""

    def load(name: str, sets: Sequence[str] = (), scenario: str = "") -> Case:
        return mini_case(opening=0.0 if name == "failing" else 100.0)

    monkeypatch.setattr("casebuilder.case.load_case", load)
