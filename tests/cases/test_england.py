"""England as a whole: what is published of it holds, by the command and on the page."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from distributed import LocalCluster

from tests.cases.england_page import PAGE, tables, with_tables, worked_out

pytestmark = pytest.mark.full


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """All systems, made and worked out."""
    folder = tmp_path_factory.mktemp("england")
    return worked_out(folder), folder


def test_every_system_is_worked_out(told: tuple[dict[str, Any], Path]) -> None:
    """Forty-two cases, none at fault, no check that fails."""
    found, _ = told
    assert len(found["cases"]) == 42
    assert not found["failed"]
    assert not [case for case in found["cases"].values() if case["faults"]]


def test_august_2024_is_as_published(told: tuple[dict[str, Any], Path]) -> None:
    """Tests at centres are those hours are set to, within half a per cent, shares within half a point."""
    found, _ = told
    for row in found["england"]["tests"]:
        if row["set"]:
            assert row["model"] == pytest.approx(row["published"], rel=0.005)
    for row in found["england"]["shares"]:
        if row["set"]:
            assert abs(row["error"]) < 0.005


def test_what_was_not_set_is_near(told: tuple[dict[str, Any], Path]) -> None:
    """Shares of August 2023 and January 2024, that nothing is set to, are within a point of them."""
    found, _ = told
    rows = [row for row in found["england"]["shares"] if not row["set"]]
    assert len(rows) == 4
    assert all(abs(row["error"]) < 0.01 for row in rows)


def test_the_page_says_what_the_cases_give(told: tuple[dict[str, Any], Path]) -> None:
    """Every table of docs/england_portfolio.md is that of this run."""
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page, tables(told[0])) == page


def test_the_workbook_has_the_national_sheets_first(told: tuple[dict[str, Any], Path]) -> None:
    """What stands against what was published comes before the systems, and agrees with the JSON."""
    found, folder = told
    book = openpyxl.load_workbook(folder / "portfolio.xlsx")
    assert book.sheetnames[:5] == ["England", "Scenarios", "Shares", "Systems", "Portfolio"]
    cells = {row[0].value: row[1].value for row in book["England"] if row[0].value}
    for row in found["england"]["against"]:
        assert cells[row["what"]] == pytest.approx(row["model"])


DRAWS = 8


def table_of(folder: Path, target: Path, *more: str) -> bytes:
    """The table of a portfolio of England's cases, from a process of its own."""
    done = subprocess.run(_command(folder, target, *more), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return (target / "results.parquet").read_bytes()


def _command(folder: Path, target: Path, *more: str) -> list[str]:
    line = [sys.executable, "-m", "casebuilder", "portfolio", str(folder / "cases"), "--draws", str(DRAWS)]
    return [*line, "--seed", "5", "-o", str(target), *more]


def test_england_killed_half_way_and_resumed_is_england(
    told: tuple[dict[str, Any], Path], tmp_path: Path
) -> None:
    """Killed with half of its units finished, a run goes on with the rest, and writes what one run writes.

    So do two workers of a Dask cluster.
    """
    _, folder = told
    killed = subprocess.Popen(
        _command(folder, tmp_path / "two", "--workers", "2"),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    units = tmp_path / "two" / "units"
    while not units.is_dir() or len(list(units.glob("[!.]*.parquet"))) < 21:
        assert killed.poll() is None
        time.sleep(0.05)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    left = len(list(units.glob("[!.]*.parquet")))
    assert 21 <= left < 42
    once = table_of(folder, tmp_path / "once")
    assert table_of(folder, tmp_path / "two") == once
    with LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    ) as local:
        address = local.scheduler_address
        assert table_of(folder, tmp_path / "cluster", "--scheduler", address) == once
