"""What a hindcast says of all places together where some of what came is missing, and of --set."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from casebuilder.analysis.hindcast.series import LIST, SHARE, Series, together, whole
from tests.cases.test_hindcast import DATA, END, START, command

Row = dict[str, str]


def folder(to: Path, kind: str, change: Callable[[Row], Row | None]) -> tuple[str, str]:
    """A folder with the rows of March 2025 as a function leaves them; none where it says so."""
    with gzip.open(DATA / f"dm01_{kind}_2023_25.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["month"] == END]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(found for row in rows if (found := change(row)) is not None)
    (to / "more.csv").write_text(text.getvalue())
    return "--data", str(to)


def as_april(row: Row) -> Row:
    return {**row, "month": "2025-04"}


def cells(stdout: str, label: str) -> list[str]:
    (line,) = [line for line in stdout.splitlines() if line.startswith(label)]
    return line[len(label) :].split()


def words(text: str) -> str:
    return " ".join(text.split())


def test_a_month_with_some_systems_has_no_total_and_that_is_said(tmp_path: Path) -> None:
    """April 2025 of two systems of 42: the total is blank, and errors are said to be of two."""
    some = folder(tmp_path, "systems", lambda r: as_april(r) if r["icb"] in ("QYG", "QE1") else None)
    done = command(*some, "--start", "2024-04", columns=140)
    assert cells(done.stdout, "List, what came")[-1] == "–" != cells(done.stdout, "List, what came")[-2]
    assert cells(done.stdout, "Over six weeks, what came")[-1] == "–"
    for name in ("the model", "no change", "trend"):
        assert "–" not in cells(done.stdout, f"List, {name}")
    assert "2025-04: what came is there of 2 of 42 systems; all together is blank (not " in words(done.stderr)
    assert done.stdout.count("mean of 2 of 42 systems") == 2


def test_json_has_null_for_the_network_of_a_case_by_test_too(tmp_path: Path) -> None:
    """One trust of Cheshire and Merseyside without its CT: no total of CT, nor of all; MRI has one."""
    some = folder(
        tmp_path,
        "providers",
        lambda r: as_april(r) if (r["provider"], r["test"]) != ("REM", "ct") else None,
    )
    done = command("cmast", *some, "--start", "2024-04", "--json")
    real = json.loads(done.stdout)["case"]["real"]["2025-04"]
    assert real["list"] is None and real["share"] is None
    assert real["tests"]["ct"] == {"share": None, "list": None}
    assert real["tests"]["mri"]["list"] > 0
    assert "2025-04: what came is there of 11 of 12 trusts" in words(done.stderr)
    assert json.loads(done.stdout)["error"]["places"] == {"share": 11, "list": 11}


def test_shipped_months_have_totals_of_all_systems() -> None:
    """Nothing is left out of what ships: no note of a part."""
    done = command("--start", START, "--end", END)
    assert "all together is blank" not in done.stderr and "mean of systems" in done.stdout
    assert "–" not in cells(done.stdout, "List, what came")


def test_the_model_has_its_totals_in_months_that_have_not_come() -> None:
    """To March 2026: as in the run from March 2025, values of all months, and nothing to set them against."""
    done = command("--start", START, "--end", "2026-03", columns=140)
    for name in ("the model", "no change"):
        for label in (f"List, {name}", f"Over six weeks, {name}"):
            assert "–" not in cells(done.stdout, label)
    assert cells(done.stdout, "List, what came")[-1] == "–"
    assert done.stdout.count("No error: nothing came to set it against.") == 2
    assert "Not worked out: the model" not in done.stdout and "0 of 0" not in done.stdout
    assert "nothing came in 2026-03" in words(done.stdout)


def test_lists_do_not_hang_on_those_over_six_weeks(tmp_path: Path) -> None:
    """More over six weeks than on the list, of seven systems: the share is blank, the list is not."""
    few = ("QYG", "QE1", "QOP", "QWO", "QF7", "QHM", "QOQ")
    bad = folder(
        tmp_path,
        "systems",
        lambda r: {**r, "over_6_weeks": str(int(r["waiting_list"]) + 1)} if r["icb"] in few else r,
    )
    done = command(*bad, "--start", START, "--end", END, columns=140)
    shipped = command("--start", START, "--end", END, columns=140)
    assert cells(done.stdout, "List, what came") == cells(shipped.stdout, "List, what came")
    assert cells(done.stdout, "Over six weeks, what came")[-1] == "–"
    assert "2025-03: what came over six weeks is there of 35 of 42 systems" in words(done.stderr)
    assert "share over six weeks, mean of 35 of 42 systems" in done.stdout
    assert "list that came, mean of systems" in done.stdout


def test_a_value_that_reaches_nothing_is_said() -> None:
    """The next step begins in April 2025: a run to March 2025 shows nothing of it, so --set does nothing."""
    sets = ("--set", "demand.removal_rate=0.02")
    ignored = command("cmast_2025", "--start", START, "--end", END, *sets)
    assert ignored.exit_code == 0 and "note: --set changes nothing here" in words(ignored.stderr)
    assert "--set changes nothing" not in command("cmast_2025", "--start", START, "--end", END).stderr
    read = command("lancashire_south_cumbria", "--start", START, "--end", END, *sets)
    assert "--set changes nothing" not in read.stderr


def test_a_case_of_fewer_tests_says_that_its_totals_are_of_fewer() -> None:
    """Lancashire and South Cumbria has no DEXA and no echocardiography."""
    of_all = command("lancashire_south_cumbria", "--start", START, "--end", END)
    assert "has no DEXA, echocardiography: its own totals are without" in words(of_all.stderr)
    of_its_own = command("lancashire_south_cumbria", "--start", START, "--end", END, "--tests", "mri,ct")
    assert "its own totals" not in of_its_own.stderr


def series_of(lists: list[list[float]], shares: list[list[float]]) -> Series:
    """Places by test (all together last), one month."""
    return Series(np.array(shares)[:, :, None], np.array(lists)[:, :, None])


@pytest.mark.parametrize(("missing", "total"), [(False, 30.0), (True, np.nan)])
def test_a_place_that_was_not_there_at_the_start_is_not_missed(missing: bool, total: float) -> None:
    """Of three places two count; the total needs both, and an empty list lacks no share."""
    second = np.nan if missing else 20.0
    nan = np.nan
    each = series_of([[10.0, 10.0], [second, second], [nan, nan]], [[0.5, 0.5], [0.25, 0.25], [nan, nan]])
    among = np.array([[True], [True], [False]])
    found = together(each, among)
    assert found.list[0, -1, 0] == pytest.approx(total, nan_ok=True)
    assert found.share[0, -1, 0] == pytest.approx(total / 90, nan_ok=True)
    assert whole(each, among, LIST)[:, 0].tolist() == [True, not missing, True]
    empty = series_of([[0.0, 0.0]], [[nan, nan]])
    assert whole(empty, np.array([[True]]), SHARE).all()
