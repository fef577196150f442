"""How hospitals respond: the fit run again on the shipped data, what it must reach, and its page."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml
from typer.testing import CliRunner

from casebuilder.calibrate.response.bands import band_of, held, offs
from casebuilder.calibrate.response.fit import steady
from casebuilder.calibrate.response.hindcast import (
    Fold,
    Parameters,
    as_systems,
    errors,
    foretell,
    foretell_folds,
    parameters,
)
from casebuilder.calibrate.response.months import Array, Months
from casebuilder.calibrate.response.written import EARLIER_STARTS, FIVE, GROUPS, KNOWN, YEAR, Response
from casebuilder.cli.app import app
from casebuilder.resources import resource

DATA = resource("assumptions/reference/data")
PAGE = Path(__file__).resolve().parents[2] / "docs" / "response.md"
WRITTEN = (
    "response_fit",
    "response_seen",
    "usual_cover",
    "response_choices",
    "response_hindcast",
    "hindcast_bands",
)
RUNS = {
    "folds": "from other systems",
    "before": "known by March 2024, no folds",
    "fade_learned_later": "fade learned later",
    "no_fade": "no fade",
    "no_growth": "no growth",
    "earlier": "2018 and 2019, made-up systems",
}


@cache
def of() -> Response:
    return Response(DATA)


@cache
def table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / f"{name}.csv")


def run(name: str, start: str) -> pd.Series:
    rows = table("response_hindcast").set_index(["run", "start"])
    return rows.loc[(name, start)]


def test_command_writes_the_tables_that_ship(tmp_path) -> None:
    """The fit again gives what ships."""
    done = CliRunner().invoke(app, ["calibrate", "response", "--output", str(tmp_path)])
    assert done.exit_code == 0, done.output
    for name in WRITTEN:
        again = pd.read_csv(tmp_path / f"{name}.csv")
        pd.testing.assert_frame_equal(again, table(name), check_exact=False, rtol=0, atol=2e-4)


def test_a_year_from_march_2024_is_within_what_is_asked() -> None:
    """42 systems, five tests: from other systems, and with what was known before."""
    folds, before = run("folds", KNOWN), run("before", KNOWN)
    assert folds.share <= 0.057 and folds.list <= 0.119
    assert abs(folds.share_bias) <= 0.02 and abs(folds.list_bias) <= 0.04
    assert before.share <= 0.060 and before.list <= 0.122


def test_two_years_are_within_what_is_asked() -> None:
    """April 2023 to March 2025, the fade learned later and without."""
    assert run("fade_learned_later", "2023-04").share <= 0.08
    assert run("no_fade", "2023-04").share <= 0.105


def test_no_start_is_worse_than_no_change_and_bands_hold() -> None:
    """Every start, a year on."""
    rows = table("response_hindcast")
    rows = rows[rows.run == "folds"]
    assert len(rows) == 10
    assert (rows.share < rows.share_no_change).all() and (rows.list < rows.list_no_change).all()
    for held_ in (rows.share_held, rows.list_held):
        assert held_.between(0.7, 0.9).all()


def test_later_months_do_not_reach_what_is_foretold() -> None:
    """With the months after a start replaced by noise, lists and shares are the same to the last bit."""
    five, by = of().five, of().folds[0][1]
    at = five.at(KNOWN) + 1
    noise = np.random.default_rng(3)

    def spoilt(x: Array) -> Array:
        y = x.copy(order="K")  # sums run in the same order
        y[:, :, at:] = noise.uniform(1, 9000, y[:, :, at:].shape)
        return y

    other = replace(five, waiting=spoilt(five.waiting), over=spoilt(five.over), done=spoilt(five.done))
    told, again = foretell(five, KNOWN, YEAR, by), foretell(other, KNOWN, YEAR, by)
    assert np.array_equal(told.waiting, again.waiting, equal_nan=True)
    assert np.array_equal(told.over, again.over, equal_nan=True)


def test_strengths_that_ship_are_those_of_trusts() -> None:
    """relief.yaml rounds the fit; its ranges are two errors either way, tests without a list have none."""
    given = yaml.safe_load(resource("assumptions/reference/relief.yaml").read_text(encoding="utf-8"))
    fit = table("response_fit")
    fit = fit[fit.data == "providers_2023_25"].set_index("test")
    calm = table("usual_cover").query("months == '2018-03 to 2020-02'").set_index("test").weeks
    for test, value in given["strength"]["values"].items():
        low, high = given["strength"]["range"][test]
        if test in fit.index:
            row = fit.loc[test]
            assert value == pytest.approx(row.strength, abs=0.0006)
            # No hospital does less for a longer list: a strength below nought is none.
            assert low == pytest.approx(max(row.estimate - 2 * row.standard_error, 0), abs=0.002)
            assert high == pytest.approx(row.estimate + 2 * row.standard_error, abs=0.002)
            assert given["usual_cover"]["values"][test] == pytest.approx(calm[test], abs=0.011)
        else:
            assert value == low == high == 0


def test_bands_that_ship_are_those_of_the_table() -> None:
    """bands.yaml has the row of twelve months, the tests together."""
    given = yaml.safe_load(resource("assumptions/reference/bands.yaml").read_text(encoding="utf-8"))
    rows = table("hindcast_bands").query("tests == 'together' and months == 12").set_index("measure")
    for measure in ("list", "share"):
        for name, column in (("low", "p10"), ("high", "p90"), ("power", "power")):
            assert given[f"{measure}_{name}"]["value"] == pytest.approx(rows.loc[measure, column], abs=0.006)


def doubled(by: Parameters) -> Parameters:
    """The strength of systems in full."""
    return replace(by, rules=replace(by.rules, strength=by.rules.strength * 2))


def test_what_the_page_says_of_the_full_strength() -> None:
    """Why half is taken."""
    five = of().five
    full: list[Fold] = [(where, doubled(by)) for where, by in of().folds]
    assert errors(foretell_folds(five, KNOWN, YEAR, full), YEAR).waiting == pytest.approx(0.108, abs=5e-4)
    earlier = of().earlier.of(FIVE)
    groups = as_systems(earlier, GROUPS, steady(earlier))
    half = parameters(five, five, of().rules(FIVE), of().calm)
    assert mean_error(groups, doubled(half)) == pytest.approx((0.113, 0.089), abs=6e-4)
    assert mean_error(groups, half) == pytest.approx((0.092, 0.089), abs=6e-4)
    assert "off by 11.3 % on the mean of five starts, with half by 9.2, no change by 8.9" in text()
    assert "(10.8 to 11.5 %)" in text() and round(100 * run("folds", KNOWN).list, 1) == 11.5


def mean_error(groups: Months, by: Parameters) -> tuple[float, float]:
    """Of the list of five starts, and of no change."""
    found = [errors(foretell(groups, start, YEAR, by), YEAR) for start in EARLIER_STARTS]
    return float(np.mean([x.waiting for x in found])), float(np.mean([x.no_change_waiting for x in found]))


def test_bands_of_earlier_months_hold_later() -> None:
    """Fitted on what came by March 2024, tried on the starts since."""
    months = of().five.months
    known = months.index(KNOWN)
    for measure, share in (("share", 79), ("list", 81)):
        every = [(months.index(told.start), offs(told.summed())[measure]) for told in of().told]
        early = [x[: known - start] for start, x in every if start < known]
        late = [x for start, x in every if start >= known]
        assert round(100 * held(band_of(early), late)) == share
        assert f"{share} % of the {measure}s" in text()


@cache
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def figure(x: float, places: int, sign: bool = False) -> str:
    """A figure as the page writes it."""
    return ("" if pd.isna(x) else f"{x:+.{places}f}" if sign else f"{x:.{places}f}").replace("-", "−")


def rows_of_fits() -> list[str]:
    by = table("response_fit").set_index(["data", "test"])
    rows = []
    for test, r in by.loc["providers_2023_25"].iterrows():
        y, e = by.loc["systems_2023_25", test], by.loc["providers_2017_20", test]
        known = [f"{figure(x.estimate, 3)} ± {figure(x.standard_error, 3)}" for x in (r, y, e)]
        more = [f"{figure(r[x], 3, True)} ± {figure(r[f'{x}_error'], 3)}" for x in ("done", "referred")]
        off = [figure(100 * x, 1) for x in (r.held_out, r.held_out_none)]
        cells = [str(test), str(r.series), known[0], figure(r.strength, 3), *off, *known[1:], *more]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def rows_of_seen() -> list[str]:
    return [
        f"| {figure(low, 2)} to {figure(high, 2)} | {series:g} | {figure(gap, 2, True)} | "
        f"{figure(100 * median, 1, True)} | {figure(100 * mean, 1, True)} |"
        for low, high, series, gap, median, mean in table("response_seen").itertuples(index=False, name=None)
    ]


def rows_of_hindcasts() -> list[str]:
    rows = []
    for r in table("response_hindcast").to_dict("records"):
        cells = [RUNS[r["run"]], f"{r['start']} + {r['months']}"]
        for measure in ("share", "list"):
            cells += [figure(100 * r[measure], 1), figure(100 * r[f"{measure}_no_change"], 1)]
            cells += [figure(100 * r[f"{measure}_bias"], 1, True)]
        cells += [str(round(100 * r["share_held"])), str(round(100 * r["list_held"]))]
        rows.append(f"| {' | '.join(cells)} |")
    return rows


def rows_of_choices() -> list[str]:
    return [
        f"| {r.what} | {r.value:g} | {figure(100 * r.share, 2)} | {figure(100 * r.list, 2)} | "
        f"{figure(100 * r.list_bias, 1, True)} | {figure(100 * r.list_more, 2)} | "
        f"{figure(100 * r.list_more_error, 2)} |"
        for r in table("response_choices").itertuples()
    ]


def rows_of_bands() -> list[str]:
    return [
        f"| {r.tests} | {r.measure} | {figure(r.p10, 2)} | {figure(r.p90, 2, True)} | {figure(r.power, 2)} |"
        for r in table("hindcast_bands").query("months == 12").itertuples()
    ]


def rows_of_covers() -> list[str]:
    cover = table("usual_cover")
    wide = cover.pivot(index="test", columns="months", values="weeks").reindex(cover.test.drop_duplicates())
    return [f"| {test} | {' | '.join(figure(x, 2) for x in weeks)} |" for test, *weeks in wide.itertuples()]


def test_page_shows_what_ships() -> None:
    """Every row of every table of the page, in order, and no other."""
    every = [*rows_of_fits(), *rows_of_seen(), *rows_of_covers(), *rows_of_hindcasts(), *rows_of_choices()]
    every += rows_of_bands()
    lines = text().splitlines()
    heads = {at for at, line in enumerate(lines) if line.startswith("|---")}
    shown = [x for at, x in enumerate(lines) if x.startswith("|") and at not in heads and at + 1 not in heads]
    assert shown == every


def test_what_the_page_says_in_words() -> None:
    """Figures outside the tables."""
    seen, hindcasts = table("response_seen"), table("response_hindcast")
    assert (round(100 * seen["median"].iloc[-1]), round(100 * seen["mean"].iloc[-1])) == (11, 18)
    assert (round(-100 * seen["median"].iloc[0]), round(-100 * seen["mean"].iloc[0])) == (5, 5)
    fit = table("response_fit").query("data == 'providers_2023_25' and responds")
    better = 100 * (1 - fit.held_out / fit.held_out_none)
    assert (round(better.min()), round(better.max())) == (1, 8)
    assert {by.share.excess_kept for _, by in of().folds} == {0.88}
    early = hindcasts[hindcasts.run == "earlier"].share_held
    assert (round(100 * early.min()), round(100 * early.max())) == (42, 62)
    assert round(100 * (1 - steady(of().providers).mean())) == 6
