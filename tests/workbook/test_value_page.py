"""The Value page: ranking, switching values and rates of return are live and as the engine has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.analysis.options.switching import PARTS, standings
from casebuilder.case import Case, load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.layout.addresses import letter
from casebuilder.workbook.proof.engines import IronCalc
from tests.shipped import ShippedCases, opened
from tests.workbook.reading import Sheet, read_sheets

CASE, SECOND = "digital_diagnostics", "decision_support"
BETWEEN = "What would make another option the best"


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    """The smallest case that ships, in which one option is better than business as usual."""
    return shipped_cases.case(CASE)


@pytest.fixture(scope="module")
def workbook(case: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its workbook with the option laid out that is second, beside the best."""
    path = tmp_path_factory.mktemp("value") / "value.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test", more=(SECOND,))
    return path


@pytest.fixture(scope="module")
def sheets(workbook: Path) -> dict[str, Sheet]:
    """The cells of its workbook as stored."""
    return read_sheets(workbook)


@pytest.fixture
def engine(workbook: Path) -> IronCalc:
    """Its workbook, open and recalculated."""
    return opened(workbook)


def header(sheet: Sheet, table: str) -> int:
    """The header row of a table with a row for each option."""
    start = next(row for row in sorted(sheet.rows) if sheet.value(row, 1) == table)
    return next(row for row in sorted(sheet.rows) if row > start and sheet.value(row, 1) == "Option")


def between(sheet: Sheet, engine: IronCalc, case: Case) -> dict[str, list[object]]:
    """The row of each option of the table of switching values, recalculated."""
    first = header(sheet, BETWEEN) + 1
    return {
        option: [
            engine.value("Value", f"{letter(column)}{first + number}") for column in range(2, 6 + len(PARTS))
        ]
        for number, option in enumerate(case.problem.frame.option_ids)
    }


def qaly_cell(sheets: dict[str, Sheet], case: Case) -> tuple[str, float]:
    """Where the value of a QALY of the edition in use stands, and what it is."""
    edition = case.inputs.values["timeline.edition"].base[()].amount
    inputs = sheets["Inputs"]
    row = next(row for key, row in inputs.keyed() if key == f"benefits.qaly_value[{edition}]")
    column = inputs.columns()["Base"]
    value = inputs.value(row, column)
    assert isinstance(value, float | int)
    return f"{letter(column)}{row}", float(value)


def test_ranking_and_switching_values_are_the_engine_s(
    case: Case, engine: IronCalc, sheets: dict[str, Sheet]
) -> None:
    """Ranks, the gap to the best and the change of each part, recalculated by IronCalc."""
    found = between(sheets["Value"], engine, case)
    for option, own in standings(case.results).items():
        rank, annual, cost, behind, *shares = found[option]
        assert (rank, annual, cost) == (own.rank, own.annual_rank, own.cost_rank), option
        assert behind == pytest.approx(own.behind, rel=1e-9, abs=1e-6)
        for part, share in zip(PARTS, shares, strict=True):
            expected = own.to_best[part.name]
            if expected is not None and abs(expected) > 10:
                assert share == "more than tenfold", (option, part)
            else:
                shown = "" if expected is None else pytest.approx(expected, rel=1e-9)
                assert share == shown, (option, part)


def test_an_option_is_as_good_as_the_best_at_its_switching_value(
    case: Case, engine: IronCalc, sheets: dict[str, Sheet]
) -> None:
    """Typed into the Inputs sheet, the value of a QALY that switches two options makes them equal."""
    found = standings(case.results)
    best = next(option for option, own in found.items() if own.rank == 1)
    other, share = SECOND, found[SECOND].to_best["health"]
    assert share is not None and best != SECOND
    at, value = qaly_cell(sheets, case)
    for step, first, second in ((0.99, best, other), (1.01, other, best)):
        engine.put("Inputs", at, value * (1 + share * step))
        engine.calculate()
        rows = between(sheets["Value"], engine, case)
        assert rows[first][0] < rows[second][0], step  # type: ignore[operator]
    engine.put("Inputs", at, value * (1 + share))
    engine.calculate()
    rows = between(sheets["Value"], engine, case)
    gap = abs(rows[best][3] - rows[other][3])  # type: ignore[operator]
    assert gap < 1e-6 * found[other].behind


def test_a_rate_of_return_moves_with_an_input(case: Case, engine: IronCalc, sheets: dict[str, Sheet]) -> None:
    """Where value is nothing at the discount rate of both, the internal rate lies near it."""
    sheet = sheets["Value"]
    row = header(sheet, "Options of unequal lives, and rates of return")
    column = next(c for c, cell in sheet.rows[row].items() if cell.value == "Internal rate of return")
    number = case.problem.frame.option_ids.index("decision_support")
    cell = f"{letter(column)}{row + 1 + number}"
    before = engine.value("Value", cell)
    stored = case.results.value("value.internal_rate_of_return", "decision_support")
    assert before == (stored if stored is not None else "")
    at, value = qaly_cell(sheets, case)
    engine.put("Inputs", at, value * 0.5)
    engine.calculate()
    changed = load_case(case.name, [f"benefits.qaly_value={value * 0.5!r}"])
    after = changed.results.value("value.internal_rate_of_return", "decision_support")
    assert after != stored
    assert engine.value("Value", cell) == ("" if after is None else after)
