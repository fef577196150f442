"""A new cost touches the chapter of running cost and the list of its lines: no report, no page, no reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.architecture.copies import CASE, copy_tree, edit, proved, run, touched
from tests.short import short_pool

CHAPTER, ROWS = "casebuilder/model/running/revenue.py", "assumptions/reference/members.yaml"
WITH_CENTRES = str(short_pool())
PRICE = """cleaning_price = Input(
    "Cleaning contract", "GBP_real / m2 / year", (),
    "Of the rooms that patients use.",
    optional=0,
)
"""
COST = """cleaning = Line(
    "Cleaning, base-year prices", "GBP_real / year", ("site", "year"),
    estate.gross_internal_area * cleaning_price * programme.open_year
    * at(cost_lines.factor, cost_line="cleaning"),
    "While the site is open.",
)
"""


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree in which cleaning is a cost of its own."""
    copy = copy_tree(tmp_path_factory.mktemp("tree"))
    edit(copy / CHAPTER, "rates_rate = Input(\n", f"{PRICE}rates_rate = Input(\n")
    edit(copy / CHAPTER, "hired_units_full = Line(\n", f"{COST}hired_units_full = Line(\n")
    edit(copy / CHAPTER, '"rates": rates,', '"rates": rates, "cleaning": cleaning,')
    edit(copy / CHAPTER, "premises + rates\n    + hired", "premises + rates + cleaning\n    + hired")
    edit(copy / CHAPTER, "premises + rates + hired", "premises + rates + cleaning + hired")
    edit(copy / ROWS, "  hired_units: Hired units\n", "  cleaning: Cleaning\n  hired_units: Hired units\n")
    return copy


def test_a_cost_touches_two_files(tree: Path) -> None:
    """The chapter that says it, and its row among the lines of running cost."""
    assert touched(tree) == {CHAPTER, ROWS}


def test_the_case_is_built_and_proved_with_it(tree: Path, tmp_path: Path) -> None:
    """The pages of running cost and of the host show it, in an independent engine as well."""
    sheets = proved(tree, tmp_path / "case.xlsx")
    for name in ("Running cost", "Host england"):
        labels = {value for (_, column), value in sheets[name].items() if column == 1}
        assert "Cleaning" in labels, name


def test_every_pound_of_it_has_a_line_a_host_and_a_test(tree: Path) -> None:
    """At £30 a square metre the checks that lines, hosts and tests make up the whole hold as before."""
    found = {}
    for price in ("0", "30"):
        done = run(tree, "summary", WITH_CENTRES, "--json", "--set", f"revenue.cleaning_price={price}")
        found[price] = json.loads(done.stdout)
    for kind in ("failed", "warnings", "cannot"):
        assert set(found["30"]["checks"][kind]) == set(found["0"]["checks"][kind])
    cost = [of["options"]["preferred"]["headlines"]["revenue_cost_steady_state"] for of in found.values()]
    assert cost[1] > cost[0]
    done = run(
        tree, "explain", WITH_CENTRES, "cost_by_line.cost[cleaning]", "--set", "revenue.cleaning_price=30",
        "--period", "2025/26", "--json",
    )  # fmt: skip
    assert json.loads(done.stdout)["value"] > 0, done.stdout + done.stderr


def test_a_line_that_nothing_is_said_of_is_a_fault(tree: Path) -> None:
    """A case that names a line of cost of its own is told that no formula says what it costs."""
    path = tree / CASE / "case.yaml"
    text = path.read_text(encoding="utf-8")
    shipped = (tree / ROWS).read_text(encoding="utf-8")
    rows = shipped[shipped.index("cost_line:\n") : shipped.index("currency:\n")].replace("\n", "\n  ")
    try:
        path.write_text(text.replace("\nmembers:\n", f"\nmembers:\n  {rows}  parking: Parking\n"), "utf-8")
        done = run(tree, "check", CASE)
    finally:
        path.write_text(text, encoding="utf-8")
    told = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert "cost_line 'parking': the model says nothing of it" in told, told
