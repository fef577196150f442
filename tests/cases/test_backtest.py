"""The forecast back-test on the shipped tables: rerun, against published figures, and against its page."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from casebuilder.calibrate.growth import (
    HELD_OUT,
    IMAGING,
    choices,
    damped,
    error,
    evidence,
    known,
    read_calm,
    read_imaging,
    wape,
    years,
)
from casebuilder.cli.app import app
from casebuilder.resources import resource

DATA = resource("assumptions/reference/data")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "backtest.md"
AREAS = {
    "England": "england",
    "Cheshire and Merseyside": "cheshire_merseyside",
    "Lancashire and South Cumbria": "lancashire_south_cumbria",
    "Norfolk and Waveney": "norfolk_waveney",
}
TESTS = {"CT": "ct", "MRI": "mri", "ultrasound": "ultrasound", "X-ray": "xray"}
PAIRS = [(area, test) for area in AREAS.values() for test in TESTS.values()]
DEFAULTS = {"fitted": "fitted", "repeated": "repeated", "growth": "own growth"}


@cache
def imaging() -> pd.DataFrame:
    return years(read_imaging(DATA))


@cache
def calm() -> pd.DataFrame:
    return years(read_calm(DATA))


@cache
def shipped() -> pd.DataFrame:
    return pd.read_csv(DATA / "growth_fit.csv").set_index(["area", "test"])


def page_rows() -> dict[tuple[str, str], list[str]]:
    """The page's tables whose rows start with an area and a test."""
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if cells[0] in AREAS and len(cells) == 8:
            rows[AREAS[cells[0]], TESTS[cells[1]]] = cells[2:]
    return rows


def listed() -> set[tuple[str, str]]:
    """The pairs that the page names as told worse than by the better naive forecast."""
    section = PAGE.read_text(encoding="utf-8").split("## Where it is not")[1].split("\n## ")[0]
    found = set()
    for name, tests in re.findall(r"^- \*\*(.+?)\*\*: (.+?)\.", section, flags=re.MULTILINE):
        found |= {(AREAS[name], TESTS[test.strip()]) for test in re.split(r",| and ", tests)}
    return found


def test_command_writes_the_table_that_ships(tmp_path) -> None:
    """Running the back-test again gives the shipped table to the last digit."""
    done = CliRunner().invoke(app, ["calibrate", "growth", "--output", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "growth_fit.csv").read_text() == (DATA / "growth_fit.csv").read_text()
    assert [path.name for path in tmp_path.iterdir()] == ["growth_fit.csv"]


def test_what_cannot_be_fitted_is_refused() -> None:
    """Exit code 2 and the choices, for a kind that there is not."""
    done = CliRunner().invoke(app, ["calibrate", "weather"])
    assert done.exit_code == 2
    assert "waits, growth or response" in done.output


def test_published_errors_of_england() -> None:
    """MRI 2024/25 by month: 9.2 % with last year repeated, 2.4 % with last growth."""
    row = shipped().loc[("england", "mri")]
    assert row.repeated_month == pytest.approx(0.092, abs=5e-4)
    assert row.growth_month == pytest.approx(0.024, abs=5e-4)


def test_england_by_hand() -> None:
    """MRI in England: 3,943,565 tests in 2022/23, 4,415,460 in 2023/24, 4,861,005 in 2024/25."""
    row = shipped().loc[("england", "mri")]
    assert row.tests == 4_861_005
    assert row.repeated == pytest.approx(1 - 4_415_460 / 4_861_005, abs=5e-5)
    growth = 4_415_460 / 3_943_565 - 1
    assert row.growth == pytest.approx(4_415_460 * (1 + growth) / 4_861_005 - 1, abs=5e-5)
    assert row.damping == 0.75
    assert row.fitted == pytest.approx(1 - 4_415_460 * (1 + 0.75 * growth) / 4_861_005, abs=5e-5)
    later = 4_861_005 / 4_415_460 - 1
    assert row.default == "fitted" and row.growth_next == pytest.approx(0.75 * later, abs=5e-5)


def test_repeating_beats_own_growth_in_most_local_series() -> None:
    """37 of 73 trusts' series of 2024/25."""
    rows = known(imaging(), (HELD_OUT,))
    rows = rows[rows.area != "england"]
    repeated = (rows.base - rows.tests).abs()
    grown = (rows.base * (1 + rows.own) - rows.tests).abs()
    assert (int((repeated < grown).sum()), len(rows)) == (37, 73)


def test_year_held_out_does_not_choose() -> None:
    """With every test of 2024/25 trebled, damping and weight stay as they are."""
    changed = imaging().copy()
    changed.loc[changed.year == HELD_OUT, ["tests", "growth"]] *= 3
    assert choices(evidence(changed, calm())) == choices(evidence(imaging(), calm()))


@pytest.mark.parametrize(("area", "test"), PAIRS)
def test_at_least_as_good_as_the_better_or_listed(area: str, test: str) -> None:
    """Where it is worse the page lists it, and the default is the better naive forecast."""
    row = shipped().loc[(area, test)]
    better = min(("repeated", "growth"), key=lambda method: row[method])
    if row.fitted <= row[better]:
        assert row.default == "fitted"
        assert (area, test) not in listed()
    else:
        assert row.default == better
        assert (area, test) in listed()
    assert row[row.default] == min(row.repeated, row.growth, row.fitted)


@pytest.mark.parametrize(("area", "test"), PAIRS)
def test_page_states_the_tables_figures(area: str, test: str) -> None:
    """Trusts, the three errors, the bias of the fitted and the default, as the shipped table has them."""
    row = shipped().loc[(area, test)]
    trusts, repeated, growth, fitted, bias, default = page_rows()[area, test]
    assert int(trusts) == row.series
    for said, found in ((repeated, row.repeated), (growth, row.growth), (fitted, row.fitted)):
        assert float(said) == pytest.approx(found * 100, abs=0.0501)
    assert float(bias.replace("−", "-")) == pytest.approx(row.fitted_bias * 100, abs=0.0501)
    assert default == DEFAULTS[row.default]


def test_half_way_is_within_0_4_points_of_the_best_weight() -> None:
    """What keeps `local_weight` at a half: the page's table of errors by weight, growth undamped."""
    rows = evidence(imaging(), calm())
    rows = rows[rows.area != "england"]
    page = PAGE.read_text(encoding="utf-8").split("## The weight of local growth")[1]
    best = set()
    for name, test in TESTS.items():
        of = rows[rows.test == test]
        said = next(line for line in page.splitlines() if line.startswith(f"| {name} |"))
        cells = [float(cell) for cell in said.strip("| ").split("|")[1:7]]
        found = [error(of, 1, weight) * 100 for weight in (0, 0.25, 0.5, 0.75, 1)]
        assert cells == pytest.approx([*found, error(of, 0, 0) * 100], abs=0.0501)
        assert found[2] - min(found) < 0.4
        for _, year in of.groupby("year"):
            best.add(min((0, 0.25, 0.5, 0.75, 1), key=lambda weight, year=year: error(year, 1, weight)))
    assert {0, 1} <= best
    held = yaml.safe_load(resource("assumptions/reference/demand.yaml").read_text(encoding="utf-8"))
    assert held["local_weight"]["value"] == 0.5
    assert "docs/backtest.md" in held["local_weight"]["note"]


@pytest.mark.parametrize(
    ("test", "repeated", "fitted"), [("ct", 5.4, 7.1), ("ultrasound", 6.3, 7.3), ("xray", 2.5, 2.6)]
)
def test_cheshire_and_merseyside_without_two_odd_returns(test: str, repeated: float, fitted: float) -> None:
    """The page's errors without the Countess of Chester and St Helens: repeating is still the better."""
    rows = known(imaging(), (HELD_OUT,))
    rows = rows[(rows.area == "cheshire_merseyside") & (rows.test == test)]
    rows = rows[~rows.provider.isin(["RJR", "RBN"])]
    fit = shipped().loc[("cheshire_merseyside", test)]
    assert wape(rows.base, rows.tests) * 100 == pytest.approx(repeated, abs=0.05)
    found = wape(rows.base * (1 + damped(rows, fit.damping, fit.weight)), rows.tests)
    assert found * 100 == pytest.approx(fitted, abs=0.05)


def test_the_two_odd_returns() -> None:
    """Countess of Chester, January to March 2024 over the three months before; St Helens' fall in 2024/25."""
    months = read_imaging(DATA)
    countess = months[months.provider == "RJR"].pivot(index="period", columns="test", values="tests")
    doubled = countess.loc["2024-01":"2024-03"].sum() / countess.loc["2023-10":"2023-12"].sum()
    assert doubled[["ct", "ultrasound", "xray"]].between(1.9, 2.2).all()
    merged = imaging()[(imaging().provider == "RBN") & (imaging().year == HELD_OUT)]
    assert len(merged) == 4 and merged.growth.between(-0.175, -0.135).all()


def test_table_has_every_area_and_test() -> None:
    """Four areas, four tests."""
    assert sorted(shipped().index) == sorted(PAIRS)
    assert list(IMAGING.values()) == list(TESTS.values())
