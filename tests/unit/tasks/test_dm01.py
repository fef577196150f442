"""DM01 files: what is read, what is passed over and said, and every fault with its place."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.dm01.names import Names
from casebuilder.tasks.dm01.observed import Observed
from casebuilder.tasks.dm01.read import PROVIDER, SYSTEM, read_observed

NAMES = Names({"mri": "mri", "ct": "ct"}, {"mri": "MRI", "ct": "CT"}, {"X24": "NHS England's own"})
HEADER = "month,region,{view},test,waiting_list,over_6_weeks,waiting_list_activity,planned,unscheduled\n"
SHIPPED = """2024-01,Y60,QAA,mri,100,20,300,5,7
2024-02,Y60,QAA,mri,110,22,310,6,8
2024-02,Y60,QBB,mri,50,5,90,0,0
"""


def write(path: Path, rows: str, view: str = SYSTEM) -> Path:
    path.write_text(HEADER.format(view=view) + rows, encoding="utf-8")
    return path


def read(tmp_path: Path, rows: str, name: str = "own.csv") -> tuple[Observed, tuple[str, ...]]:
    """The shipped rows above with a folder of one file."""
    folder = tmp_path / "own"
    folder.mkdir(exist_ok=True)
    write(folder / name, rows)
    return read_observed(SYSTEM, NAMES, write(tmp_path / "shipped.csv", SHIPPED), folder)


def faults(tmp_path: Path, rows: str) -> list[str]:
    with pytest.raises(InputError) as found:
        read(tmp_path, rows)
    return [f"{Path(f.file).name}:{f.line}:{f.column}: {f.message}" for f in found.value.faults]


def test_folder_holds_over_what_ships_for_its_months_and_adds_others(tmp_path: Path) -> None:
    """QBB stands in the shipped February alone: the folder has that month, so QBB has nothing there."""
    found, notes = read(tmp_path, "2024-02,Y60,QAA,mri,200,30,400,9,9\n2024-04,Y60,QAA,ct,7,1,3,0,0\n")
    assert found.months == ("2024-01", "2024-02", "2024-03", "2024-04")
    assert found.places == ("QAA",) and found.tests == ("ct", "mri")
    assert found.waiting[0, 1].tolist()[:2] == [100, 200]
    assert np.isnan(found.waiting[0, 1, 2:]).all() and found.done[0, 0, 3] == 3
    assert notes == ()


def test_missing_activity_is_not_nought(tmp_path: Path) -> None:
    """A blank, and a list from which nobody was tested, are no activity; nobody waiting is."""
    rows = "2024-03,Y60,QAA,mri,90,9,,,\n2024-03,Y60,QBB,mri,90,9,0,0,4\n2024-03,Y60,QCC,mri,0,0,0,0,4\n"
    found, _ = read(tmp_path, rows)
    march = found.at(["2024-03"])
    assert march.waiting[:, 0, 0].tolist() == [90, 90, 0]
    assert np.isnan(march.done[:2, 0, 0]).all() and march.done[2, 0, 0] == 0
    assert np.isnan(march.unscheduled[:2, 0, 0]).all() and march.unscheduled[2, 0, 0] == 4


def test_what_is_no_system_is_left_out_and_named(tmp_path: Path) -> None:
    found, notes = read(tmp_path, "2024-03,Y60,X24,mri,90,9,8,0,0\n2024-03,Y60,QAA,mri,90,9,8,0,0\n")
    assert "X24" not in found.places
    assert notes == ("X24 is left out: NHS England's own, no system",)


def test_more_over_six_weeks_than_waiting_is_told_and_no_share(tmp_path: Path) -> None:
    found, notes = read(tmp_path, "2024-03,Y60,QAA,mri,90,91,8,0,0\n")
    assert np.isnan(found.over_six_weeks[0, 0, 2]) and found.waiting[0, 0, 2] == 90
    assert "own.csv:2: more people over six weeks than on the list" in notes[0]


def test_packed_files_and_others_beside_them(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    rows = HEADER.format(view=SYSTEM) + "2024-03,Y60,QAA,mri,90,9,8,0,0\n"
    (folder / "a.csv.gz").write_bytes(gzip.compress(rows.encode()))
    write(folder / "b.csv", "2024-03,Y60,R1,mri,1,0,1,0,0\n", PROVIDER)
    (folder / "prices.csv").write_text("item,price\nct,1\n")
    (folder / "README.md").write_text("About.")
    found, notes = read_observed(SYSTEM, NAMES, write(tmp_path / "shipped.csv", SHIPPED), folder)
    assert found.waiting[0, 0, 2] == 90 and found.places == ("QAA", "QBB")
    assert notes == ("not read, since they are no DM01 by system or provider: prices.csv",)
    found, _ = read_observed(PROVIDER, NAMES, write(tmp_path / "p.csv", SHIPPED, PROVIDER), folder)
    assert found.places == ("QAA", "QBB", "R1")


def test_every_fault_at_once_with_line_and_column(tmp_path: Path) -> None:
    rows = (
        "2024-3,Y60,QAA,mri,1,0,1,0,0\n"
        "2024-03,Y60,QAA,mir,1,0,1,0,0\n"
        "2024-03,Y60,QAA,mri,many,0,1,0,-2\n"
        "2024-03,Y60,,mri,1,0,1,0,0\n"
        "2024-03,Y60,QAA,mri,1,0,1,0,0\n"
        "2024-03,Y60,QAA,ct,1,0,1,0,nan\n"
    )
    assert faults(tmp_path, rows) == [
        "own.csv:2:1: '2024-3' is no month: write it as 2024-03",
        "own.csv:3:17: 'mir' is no test of DM01; did you mean 'mri'?",
        "own.csv:4:21: 'many' is no count: a number of 0 or more is expected, or nothing",
        "own.csv:4:32: '-2' is no count: a number of 0 or more is expected, or nothing",
        "own.csv:5:13: the code of the system is missing",
        "own.csv:6:13: QAA, mri, 2024-03 stands here again: once is right",
        "own.csv:7:28: 'nan' is no count: a number of 0 or more is expected, or nothing",
    ]


def test_a_row_in_two_files_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    write(folder / "again.csv", "2024-03,Y60,QAA,mri,90,9,8,0,0\n")
    assert "QAA, mri, 2024-03 stands in two files" in faults(tmp_path, "2024-03,Y60,QAA,mri,90,9,8,0,0\n")[0]


def test_a_file_of_that_name_without_a_column_is_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "dm01_systems_by_test_monthly_2025.csv").write_text(
        "month,icb,test,waiting_list\n2024-03,Q,ct,1\n"
    )
    with pytest.raises(InputError, match="no column 'over_6_weeks'"):
        read_observed(SYSTEM, NAMES, write(tmp_path / "shipped.csv", SHIPPED), folder)


def test_folders_that_hold_no_dm01(tmp_path: Path) -> None:
    shipped = write(tmp_path / "shipped.csv", SHIPPED)
    with pytest.raises(InputError, match="no such folder"):
        read_observed(SYSTEM, NAMES, shipped, tmp_path / "none")
    with pytest.raises(InputError, match="this is a file"):
        read_observed(SYSTEM, NAMES, shipped, shipped)
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no DM01 file lies here"):
        read_observed(SYSTEM, NAMES, shipped, tmp_path / "empty")
    (tmp_path / "empty" / "x.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match="no DM01 file lies here"):
        read_observed(SYSTEM, NAMES, shipped, tmp_path / "empty")
    (tmp_path / "empty" / "dm01_systems_by_test_x.csv.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match="cannot be unpacked"):
        read_observed(SYSTEM, NAMES, shipped, tmp_path / "empty")


def test_merged_places_are_one(tmp_path: Path) -> None:
    """Each month adds what was returned; a month that neither returned stays missing."""
    found, _ = read(tmp_path, "2024-03,Y60,QBB,mri,60,6,95,1,1\n2024-05,Y60,QCC,mri,1,0,1,0,0\n")
    one = found.joined({"QBB": "QAA", "QZZ": "QAA"})
    assert one.places == ("QAA", "QCC")
    assert one.waiting[0, 0, :3].tolist() == [100, 160, 60] and np.isnan(one.waiting[0, 0, 3])
    assert found.joined({"QBB": "QNEW"}).places == ("QAA", "QNEW", "QCC")


def test_later_months_are_cut_off_and_what_is_missing_is_empty(tmp_path: Path) -> None:
    found, _ = read(tmp_path, "2024-03,Y60,QAA,ct,60,6,95,1,1\n")
    assert found.until("2024-02").months == ("2024-01", "2024-02")
    some = found.of(["QBB", "QXX"], ["mri"])
    assert some.places == ("QBB", "QXX") and some.waiting[0, 0, 1] == 50
    assert np.isnan(some.waiting[1]).all()
    assert found.of(["QXX"], ["ct"]).returned == () and found.returned == ("2024-01", "2024-02", "2024-03")
