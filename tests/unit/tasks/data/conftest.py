"""Reading published files in tests: what was read, and the faults as a pipe shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from casebuilder.errors import Fault
from casebuilder.inputs.dm01.headings import read_headings
from casebuilder.inputs.dm01.names import read_names
from casebuilder.resources import resource
from casebuilder.tasks.data.dm01_files import Returns, read_returns
from casebuilder.tasks.dm01.baseline import shipped_rows
from casebuilder.tasks.dm01.long import COUNTS

DATA = resource("assumptions/reference/data")
Read = Callable[[Path], tuple[list[Returns], list[str]]]


@pytest.fixture(scope="session")
def shipped() -> pd.DataFrame:
    return shipped_rows().sort_values(["month", "provider"], kind="stable")


@pytest.fixture(scope="session")
def march(shipped: pd.DataFrame) -> pd.DataFrame:
    """March 2025 of three trusts of Cheshire and Merseyside: 37 rows."""
    return shipped[(shipped.month == "2025-03") & shipped.provider.isin(["RBL", "RBN", "RBS"])]


@pytest.fixture(scope="session")
def read() -> Read:
    names, headings = read_names(DATA), read_headings(DATA / "dm01_headings.csv")

    def of(path: Path) -> tuple[list[Returns], list[str]]:
        faults: list[Fault] = []
        found = read_returns(path, names, headings, faults)
        return found, [f"{Path(f.file).name}:{f.line}:{f.column}: {f.message}" for f in faults]

    return of


@pytest.fixture
def untried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The case is not read again with its new tables, which other tests hold: it takes seconds."""
    monkeypatch.setattr("casebuilder.tasks.data.tables.load_case", lambda name: None)


def same(read: pd.DataFrame, written: pd.DataFrame) -> bool:
    """Whether two long tables have the same numbers for the same months, providers and tests."""
    keys = ["month", "provider", "test"]
    both = [rows.set_index(keys)[list(COUNTS)].astype(float).sort_index() for rows in (read, written)]
    return both[0].equals(both[1])
