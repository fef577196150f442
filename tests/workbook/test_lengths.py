"""How long formulas are: in the shipped cases, in a case grown beyond them, and as told without writing."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest

from casebuilder.algebra.operators import previous, quantity, total
from casebuilder.case import load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.cells import read_cells
from casebuilder.workbook.readings.lengths import counted, lengths, longest
from casebuilder.workbook.readings.nearby import lay_out_near
from tests.shipped import ShippedCases
from tests.short import POOL, folder_of
from tests.workbook.grown import grown, with_two_options
from tests.workbook.mini import Mini, cells, frame, write

# What Excel takes, and what the design allows.
EXCEL, ALLOWED, FOLLOWED = 8_192, 1_000, 160
CASES = ["cmast", "cmast_2025", "digital_diagnostics", "lancashire_south_cumbria", "norfolk_waveney"]


@pytest.mark.parametrize("name", CASES)
def test_no_formula_of_a_shipped_case_is_over_a_thousand_characters(name: str) -> None:
    """By the layout, for the option with the longest name: nothing is written."""
    found = longest(lay_out_near(load_case(name).problem))
    assert {line.key: of.longest for line, of in found.items() if of.longest > ALLOWED} == {}
    assert max(of.nesting for of in found.values()) <= 64


@pytest.mark.parametrize("name", [POOL, pytest.param("cmast", marks=pytest.mark.full)])
def test_a_case_of_a_thousand_places_and_thirty_trusts_can_be_laid_out(name: str) -> None:
    """The lengths grow by a digit here and there, not with the members."""
    case = grown(load_case(folder_of(name)), place=1_000, provider=30)
    assert len(case.problem.frame.ids("place")) == 1_000
    assert len(case.problem.frame.ids("provider")) == 30
    found = longest(lay_out_near(case.problem))
    assert {line.key: of.longest for line, of in found.items() if of.longest > ALLOWED} == {}


def test_lengths_are_those_of_the_cells_written(tmp_path: Path) -> None:
    """Every formula of every period, opening and row, as the workbook holds it."""
    m = Mini(frame({"site": ("a", "b"), "test": ("ct", "mri")}, months=14, years=40))
    x = m.input("x", "number", ("site", "test"))
    flow = m.input("flow", "number / year", ("site", "year"))
    stock = m.line("stock", "number", ("site", "year"), opening=x_of_site(m, x))
    stock.define(previous(stock) + flow * quantity(1, "year"))
    m.line("twice", "number", ("site", "test"), x * 2)
    written = write(m.solve(), tmp_path / "lengths.xlsx")
    held = {(sheet, cell.address): cell.formula for sheet, of in read_cells(written.path) for cell in of}
    option = "preferred"
    told = sorted(length for of in lengths(written.layout, option) for length in of.lengths)
    real = sorted(
        len(str(held[sheet, address]))
        for line in written.results.problem.lines
        for sheet, address, _ in cells(written, line)
        if sheet.endswith(option)
    )
    assert told == real
    assert counted(written.layout, 12) == sum(
        len(str(held[sheet, address])) > 12
        for line in written.results.problem.lines
        for sheet, address, _ in cells(written, line)
    )


def x_of_site(m: Mini, x: object) -> object:
    """An opening that adds up over tests."""
    return m.line("x_of_site", "number", ("site",), total(x, over="test"))  # type: ignore[arg-type]


@pytest.mark.full
@pytest.mark.parametrize("name", CASES)
def test_few_formulas_are_longer_than_one_can_follow(name: str, shipped_cases: ShippedCases) -> None:
    """Counted in the workbook, pages included; the figures stand in docs/acceptance.md."""
    held = [cell.formula for _, of in read_cells(shipped_cases.workbook(name)) for cell in of]
    found = [len(formula) for formula in held if formula is not None]
    over = sum(length > FOLLOWED for length in found)
    print(f"{name}: {len(found):,} formula cells, {over:,} over {FOLLOWED}, longest {max(found)}")
    assert max(found) <= ALLOWED
    assert over < 25_000
    text = Path("docs/acceptance.md").read_text(encoding="utf-8")
    assert f"{over:,} over 160" in text
    assert f"the longest {max(found):,}" in text


@pytest.mark.full
def test_a_case_of_a_thousand_places_and_thirty_trusts_builds(tmp_path: Path) -> None:
    """Written whole, with one option beside the baseline: Excel would take every formula of it."""
    case = with_two_options(grown(load_case("cmast"), place=1_000, provider=30))
    started = perf_counter()
    built = build(case.results, case.headlines, case.checks, case.findings, tmp_path / "grown.xlsx", "test")
    seconds = perf_counter() - started
    print(f"{built.formula_cells:,} formula cells, {built.bytes / 1e6:.1f} MB, {seconds:.0f} s")
    longest_of_all = max(len(cell.formula or "") for _, of in read_cells(built.path) for cell in of)
    assert longest_of_all <= ALLOWED < EXCEL
