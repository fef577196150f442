"""A figure that most draws have no value of has no percentiles, wherever they are told."""

from __future__ import annotations

import io
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from rich.console import Console

from casebuilder.analysis.many.gathered import figure
from casebuilder.analysis.uncertainty.chance.simulation import simulate
from casebuilder.analysis.uncertainty.chance.statistics import MOST_EMPTY, statistics
from casebuilder.analysis.uncertainty.chance.told import Told, tell_of
from casebuilder.case import Case
from casebuilder.summary.uncertainty.page import print_simulation
from casebuilder.workbook.sheets.sensitivity import ranges
from tests.starter import starter_case

NAME = "net_present_cost"


def drawn(known: int, draws: int = 1_000) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A column in which so many draws have a value of nine."""
    return np.where(np.arange(draws) < known, 9.0, np.nan)


@pytest.mark.parametrize(("known", "told"), [(1, False), (499, False), (500, True), (1_000, True)])
def test_percentiles_are_told_where_at_least_half_of_the_draws_have_a_value(known: int, told: bool) -> None:
    """Their share without a value is told all the same."""
    found = statistics(drawn(known))
    assert found.empty == pytest.approx(1 - known / 1_000) and MOST_EMPTY == 0.5
    figures = {found.mean, *found.percentiles.values()}
    assert figures == ({9.0} if told else {None})
    of_many = figure(9.0, drawn(known))
    assert (of_many.central, of_many.p50) == (9.0, 9.0 if told else None)


@pytest.fixture(scope="module")
def told() -> tuple[Case, str, Told]:
    """A simulation of the small case in which almost no draw has one headline."""
    case = starter_case()
    option = case.problem.frame.option_ids[-1]
    found = tell_of(simulate(case.problem, range(16), 1))
    figures = {**found.figures[option], NAME: statistics(drawn(1))}
    return case, option, replace(found, figures={**found.figures, option: figures})


@pytest.mark.parametrize("width", [80, 160])
def test_the_terminal_shows_a_dash_and_the_share(told: tuple[Case, str, Told], width: int) -> None:
    """Beside the case's own figure stand dashes; below, how many draws have no value."""
    case, option, found = told
    out = io.StringIO()
    print_simulation(Console(file=out, width=width), found, case.headlines, option)
    row = next(line for line in out.getvalue().splitlines() if "Net present cost" in line)
    assert row.split()[-3:] == ["–"] * 3
    said = " ".join(out.getvalue().split())
    assert "Net present cost in 99.9%" in said and "none is told where more than 50% have no value" in said


def test_the_sheet_shows_a_dash_and_the_share(
    told: tuple[Case, str, Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mean, percentiles and their error are dashes; the share of draws without a value stands last."""
    case, option, found = told
    rows: dict[int, dict[int, object]] = {}

    class Written:
        row = 1
        layout = SimpleNamespace(problem=case.problem, options=(option,), name_of=str)
        styles = SimpleNamespace(in_words=lambda unit, year: unit)

        def title(self, *texts: str) -> None:
            self.row += 1

        header = title

        def text(self, column: int, text: str, role: str = "") -> None:
            rows.setdefault(self.row, {})[column] = text

        def number(self, column: int, value: float | None, unit: str) -> None:
            if value is not None:
                self.text(column, value)  # type: ignore[arg-type]

        def live(self, column: int, formula: str, value: float | None, unit: str) -> None:
            self.text(column, formula)

    monkeypatch.setattr(ranges, "cell_of", lambda *of: "A1")
    ranges.write_headlines(Written(), found, option, case.headlines[option])  # type: ignore[arg-type]
    row = next(each for each in rows.values() if str(each[1]).startswith("Net present cost"))
    assert [row[column] for column in range(5, 13)] == ["–"] * 8
    assert row[13] == pytest.approx(0.999)
    whole = next(each for each in rows.values() if str(each[1]).startswith("Net present social value"))
    assert "–" not in whole.values()
