"""The hindcast on the shipped DM01: what is known at the start, what is said, and what a user sees."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner, Result

from casebuilder.analysis.hindcast.outcome import MODEL, NO_CHANGE, TREND
from casebuilder.analysis.hindcast.series import MEASURES
from casebuilder.cli.app import app
from casebuilder.errors import CaseError
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.dm01.starting import read_season, read_starting
from casebuilder.resources import resource
from casebuilder.tasks.case_from_dm01 import england_at, season_index, start_of
from casebuilder.tasks.dm01.observed import MEASURES as COUNTS
from casebuilder.tasks.dm01.observed import Observed
from casebuilder.tasks.dm01.read import SYSTEM
from casebuilder.tasks.hindcast import FIVE, Asked, Compared, compare, hindcast, observe, run

DATA = resource("assumptions/reference/data")
START, END = "2024-03", "2025-03"
NAMES, HOW = read_names(DATA), read_starting(DATA, START)


@cache
def systems() -> Observed:
    return observe(SYSTEM, DATA, NAMES)[0]


def asked(observed: Observed, start: str = START, end: str = END) -> Compared:
    return compare(observed, systems().places, FIVE, start, end)


@cache
def shipped() -> Compared:
    return asked(systems())


def later_months(change: object) -> Observed:
    """The shipped systems with every count after the start put through a function."""
    after = np.array([month > START for month in systems().months])
    found = systems()
    for name in COUNTS:
        x = getattr(found, name).copy()
        x[:, :, after] = change(x[:, :, after])  # type: ignore[operator]
        found = replace(found, **{name: x})
    return found


@pytest.mark.parametrize("what", ["noise", "nothing", "gone"])
def test_nothing_after_the_start_reaches_the_model(what: str) -> None:
    """Model and band are the same to the last bit with later months random, blank, or not there at all."""
    random = np.random.default_rng(1)
    if what == "noise":
        changed = later_months(lambda x: random.integers(0, 100_000, x.shape).astype(float))
    elif what == "nothing":
        changed = later_months(lambda x: np.full(x.shape, np.nan))
    else:
        changed = systems().until(START)
    found, as_it_was = asked(changed), shipped()
    assert not np.array_equal(found.real.list, as_it_was.real.list, equal_nan=True)
    for measure in MEASURES:
        assert not np.isnan(as_it_was.forecasts[MODEL].of(measure)).any()
        for mine, theirs in (
            *((found.forecasts[name], as_it_was.forecasts[name]) for name in found.forecasts),
            (found.low, as_it_was.low),
            (found.high, as_it_was.high),
        ):
            assert mine.of(measure).tobytes() == theirs.of(measure).tobytes()


def test_what_was_known_does_reach_the_model() -> None:
    """The check above could fail: one count of the start month changes the model."""
    x = systems().done.copy()
    x[0, systems().tests.index("mri")] *= 3
    found = asked(replace(systems(), done=x)).forecasts[MODEL]
    assert (found.share[0] != shipped().forecasts[MODEL].share[0]).any()
    ct = FIVE.index("ct")
    assert (found.list[:, ct] == shipped().forecasts[MODEL].list[:, ct]).all()


def test_one_case_of_42_systems_is_42_cases() -> None:
    """Each system by itself is the same to rounding: nothing passes from one to another."""
    every = start_of(systems().of(systems().places, FIVE), START, HOW)
    england = england_at(every, NAMES, HOW)
    whole = run(every, england, 12, HOW)
    for place in ("QE1", "QNC", "QYG"):
        alone = run(start_of(systems().of([place], FIVE), START, HOW), england, 12, HOW)
        i = systems().place[place]
        for measure in MEASURES:
            np.testing.assert_allclose(alone.of(measure)[0], whole.of(measure)[i], rtol=1e-12)


@pytest.mark.parametrize(
    ("start", "tests", "share", "size"), [(START, FIVE, 6.8, 13.1), ("2023-04", FIVE, 12.3, 20.8)]
)
def test_no_change_is_off_by_what_was_measured_elsewhere(
    start: str, tests: tuple[str, ...], share: float, size: float
) -> None:
    """Five tests by system to March 2025, the last value persists: as measured by others on these data."""
    found = hindcast(Asked(start, END, tests)).errors[NO_CHANGE][""]
    assert found.absolute["share"] == pytest.approx(share, abs=0.05)
    assert found.absolute["list"] == pytest.approx(size, abs=0.05)
    assert found.places == {"share": 42, "list": 42}


def test_trend_needs_the_year_before() -> None:
    """From April 2024 it has one; from March 2024 it has none in what ships."""
    assert np.isnan(shipped().forecasts[TREND].list).all()
    found = asked(systems(), "2024-04", END)
    yorkshire = systems().place["QF7"]
    own = systems().of(["QF7"], FIVE)
    before, last = (own.at([month]).waiting.sum() for month in ("2023-04", "2024-04"))
    assert found.forecasts[TREND].list[yorkshire, -1, 5] == pytest.approx(last * (last / before) ** 0.5)
    assert found.forecasts[TREND].share.max() <= 1 and found.forecasts[TREND].share.min() >= 0


def test_start_is_the_census_and_the_medians_of_the_window() -> None:
    """MRI in Cheshire and Merseyside, by hand from the table that ships; missing months are passed over."""
    found = start_of(systems().of(["QYG"], ["mri"]), "2023-08", HOW)
    with gzip.open(DATA / "dm01_systems_2023_25.csv.gz", "rt") as file:
        rows = [r for r in csv.DictReader(file) if r["icb"] == "QYG" and r["test"] == "mri"]
    window = [r for r in rows if "2023-03" <= r["month"] <= "2023-08"]
    assert [r["month"] for r in window] == ["2023-04", "2023-05", "2023-06", "2023-07", "2023-08"]
    index = season_index(tuple(r["month"] for r in window))
    done = [float(r["waiting_list_activity"]) / i for r, i in zip(window, index, strict=True) if r["planned"]]
    assert len(done) == 4  # June 2023 is blank
    assert found.done[0, 0] == pytest.approx(np.median(done))
    assert found.waiting[0, 0] == float(window[-1]["waiting_list"])
    assert found.share[0, 0] == float(window[-1]["over_6_weeks"]) / float(window[-1]["waiting_list"])
    assert found.change[0, 0] == 0


def test_season_is_that_of_the_cases() -> None:
    """England's, 2013/14 to 2018/19, by month of the year, as the Cheshire and Merseyside case has it."""
    path = resource("assumptions/cases/cmast/data/season.csv")
    with path.open() as file:
        for row in csv.DictReader(file):
            assert read_season(DATA)[row["month"][5:]] == float(row["season"])


def test_a_start_without_data_is_refused_in_words() -> None:
    with pytest.raises(CaseError, match="no data for 2025-04: they run from 2023-04 to 2025-03"):
        asked(systems(), "2025-04", "2025-06")


def command(*arguments: str, columns: int = 80) -> Result:
    return CliRunner().invoke(app, ["hindcast", *arguments], env={"COLUMNS": str(columns)})


@cache
def json_of(*arguments: str) -> dict[str, object]:
    done = command(*arguments, "--json")
    assert done.exit_code == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_json_has_every_system_month_and_test() -> None:
    found = json_of("--start", START, "--end", END)
    assert list(found) == ["tests", "systems", "error"]
    assert found["tests"] == list(FIVE)
    assert len(found["systems"]) == 42
    for system in found["systems"].values():
        assert list(system["months"]) == [f"2024-{m:02}" for m in range(4, 13)] + [
            f"2025-{m:02}" for m in range(1, 4)
        ]
        for month in system["months"].values():
            assert list(month) == ["share", "list", "tests"]
            assert list(month["tests"]) == list(FIVE)
            for cell in (month, *month["tests"].values()):
                for measure in MEASURES:
                    assert list(cell[measure]) == ["real", "model", "p10", "p90", "no_change"]
            assert 0 < month["share"]["real"] < 1 and 0 < month["share"]["model"] < 1


def test_json_gives_the_errors_of_its_own_cells() -> None:
    """Mean absolute points and per cent, and bias, at the end month, worked out again from the cells."""
    found = json_of("--start", START, "--end", END)
    ends = [system["months"][END] for system in found["systems"].values()]
    for name, error in (("model", found["error"]), ("no_change", found["error"]["no_change"])):
        for cells, said in (
            (ends, error),
            *(([end["tests"][test] for end in ends], error["tests"][test]) for test in FIVE),
        ):
            share = [100 * (c["share"][name] - c["share"]["real"]) for c in cells]
            size = [100 * (c["list"][name] / c["list"]["real"] - 1) for c in cells]
            assert said["share"] == pytest.approx(np.abs(share).mean())
            assert said["list"] == pytest.approx(np.abs(size).mean())
            assert said["bias"] == pytest.approx({"share": np.mean(share), "list": np.mean(size)})


def test_totals_are_sums_of_the_tests_asked_for() -> None:
    found = json_of("--start", START, "--end", END, "--tests", "ct,mri")
    assert found["tests"] == ["ct", "mri"]
    month = found["systems"]["QNX"]["months"]["2024-12"]
    for name in ("real", "model", "no_change"):
        each = [month["tests"][test] for test in ("ct", "mri")]
        assert month["list"][name] == pytest.approx(sum(x["list"][name] for x in each))
        over = sum(x["list"][name] * x["share"][name] for x in each)
        assert month["share"][name] * month["list"][name] == pytest.approx(over)


def test_months_without_data_are_null() -> None:
    found = json_of("--start", "2025-01", "--end", "2025-05")
    months = found["systems"]["QYG"]["months"]
    assert months["2025-03"]["share"]["real"] is not None
    assert months["2025-04"]["share"]["real"] is None and months["2025-04"]["list"]["real"] is None
    assert months["2025-05"]["share"]["model"] is not None
    assert found["error"]["share"] is None and found["error"]["no_change"]["list"] is None


def test_a_folder_adds_months_after_those_that_ship(tmp_path: Path) -> None:
    with gzip.open(DATA / "dm01_systems_2023_25.csv.gz", "rt") as file:
        rows = file.readlines()
    later = [row.replace("2025-03", "2025-04", 1) for row in rows if row.startswith("2025-03")]
    (tmp_path / "april.csv").write_text(rows[0] + "".join(later))
    found = json_of("--start", START, "--end", "2025-04", "--data", str(tmp_path))
    months = found["systems"]["QYG"]["months"]
    assert months["2025-04"]["list"]["real"] == months["2025-03"]["list"]["real"] > 0
    done = command("--data", str(tmp_path), "--json")
    assert max(json.loads(done.stdout)["systems"]["QYG"]["months"]) == "2025-04"


@pytest.mark.parametrize("columns", [80, 140])
@pytest.mark.parametrize("case", [(), ("lancashire_south_cumbria",)])
def test_terminal_fits_its_width_and_cuts_no_figure(columns: int, case: tuple[str, ...]) -> None:
    done = command(*case, "--start", "2024-04", "--end", END, columns=columns)
    assert done.exit_code == 0, done.stderr
    assert max(len(line.rstrip()) for line in done.stdout.splitlines()) <= columns
    assert "…" not in done.stdout and "nan" not in done.stdout
    for what in ("no change", "trend", "P10 to P90", "Furthest off", "bias"):
        assert what in done.stdout
    assert ("X24 is left out" in done.stderr) == (case == ())


def test_terminal_says_the_errors_of_the_json() -> None:
    error = json_of("--start", START, "--end", END)["error"]
    done = command("--start", START, "--end", END, columns=140)
    rows = [line.split() for line in done.stdout.splitlines() if line.startswith("All together")]
    for row, measure in zip(rows, MEASURES, strict=True):
        assert row[2:4] == [f"{error[measure]:.1f}", f"{error['no_change'][measure]:.1f}"]
        assert float(row[4].replace("−", "-")) == pytest.approx(error["bias"][measure], abs=0.05)


def test_a_case_is_hindcast_by_its_own_trusts_beside_what_it_says() -> None:
    """Southport is within St Helens; two options of the bid stand beside what came."""
    found = json_of("cmast", "--start", START, "--end", END)
    assert "RBN" in found["systems"] and "RVY" not in found["systems"] and len(found["systems"]) == 12
    own = found["case"]
    assert own["name"] == "cmast" and {"bau", "preferred"} <= set(own["options"])
    came = own["real"][END]
    ends = [system["months"][END] for system in found["systems"].values()]
    assert came["list"] == pytest.approx(sum(end["list"]["real"] for end in ends))
    assert own["options"]["bau"][END]["list"] > 0
    assert set(own["options"]["bau"][END]["tests"]) == set(FIVE)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--start", "March"), 2, "'March' is no month: write it as 2024-03"),
        (("--start", "2024-13"), 2, "is no month"),
        (("--start", "2024-03", "--end", "2024-03"), 2, "must come after the start"),
        (("--tests", "mri,cat"), 2, "'cat' is no test of DM01"),
        (("--tests", "mri,,ct"), 2, "commas between"),
        (("--set", "demand.removal_rate=0"), 2, "it changes a case: name one"),
        (("--start", "2030-01"), 1, "no data for 2030-01: they run from 2023-04 to 2025-03"),
        (("--start", "2018-01"), 1, "no data for 2018-01"),
        (("--data", "nowhere"), 1, "no such folder"),
        (("nosuchcase",), 1, "no case 'nosuchcase'"),
        (("digital_diagnostics",), 1, "DM01 has none of the providers"),
        (("--tests", "barium_enema"), 1, "barium_enema"),
    ],
)
def test_faults_are_told_in_words(arguments: tuple[str, ...], code: int, said: str) -> None:
    done = command(*arguments)
    assert done.exit_code == code
    assert said in " ".join(done.stderr.replace("│", " ").split())
    assert "Traceback" not in done.stderr and done.stdout == ""


def test_single_trusts_are_told_worse_than_by_no_change_and_that_is_said() -> None:
    """As the page says: the mean over Cheshire and Merseyside's trusts, and the network together."""
    done = command("cmast", "--start", START, "--end", END, "--json")
    assert "the band is that of whole systems" in done.stderr
    found = json.loads(done.stdout)
    for measure in MEASURES:
        assert found["error"][measure] > found["error"]["no_change"][measure]
        assert found["error"]["inside"][measure] < 0.9
    grown = [
        (code, test)
        for code, system in found["systems"].items()
        for test, cell in system["months"][END]["tests"].items()
        if (cell["list"]["model"] or 0) > 3 * (cell["list"]["no_change"] or np.inf)
    ]
    assert grown == [("REN", "mri"), ("REN", "ultrasound")]


def test_months_before_the_pandemic_can_be_hindcast_too(tmp_path: Path) -> None:
    """A folder with the shipped months moved to 2017 to 2019: working days and growth are known there."""
    with gzip.open(DATA / "dm01_systems_2023_25.csv.gz", "rt") as file:
        rows = file.readlines()
    moved = [f"{int(row[:4]) - 6}{row[4:]}" for row in rows[1:]]
    (tmp_path / "earlier.csv").write_text(rows[0] + "".join(moved))
    done = command("--start", "2018-03", "--end", "2019-03", "--data", str(tmp_path), "--json")
    assert done.exit_code == 0 and "fitted to months up to 2024-03, after this start" in done.stderr
    cell = json.loads(done.stdout)["systems"]["QYG"]["months"]["2019-03"]["list"]
    assert (
        cell["real"]
        == json_of("--start", START, "--end", END)["systems"]["QYG"]["months"][END]["list"]["real"]
    )
    assert cell["p10"] < cell["model"] < cell["p90"]
