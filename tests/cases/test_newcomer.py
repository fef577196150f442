"""A newcomer's path: a bid from nothing, built, grown by a site and by a month, and built again.

No text editor is opened, and no command finds a fault. The commands run as they would from an installed
wheel in an empty folder; the full run installs one.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casebuilder.tasks.dm01.baseline import shipped_rows
from tests.cases.installed import Run, from_a_wheel, in_this_process
from tests.official import provider_book, write_xls


def next_month(folder: Path) -> Path:
    """April 2025 as it would be published: March's numbers, with a tenth more on Leeds' MRI list."""
    rows = shipped_rows()
    rows = rows[(rows.month == "2025-03") & rows.provider.isin(["RR8", "RJ1", "RM1"])].assign(month="2025-04")
    more = (rows.provider == "RR8") & (rows.test == "mri")
    grown = (rows.loc[more, "weeks_00"] + rows.loc[more, "waiting_list"] // 10).to_numpy()
    added = grown - rows.loc[more, "weeks_00"].to_numpy()
    rows.loc[more, "weeks_00"] = grown
    rows.loc[more, "waiting_list"] += added
    path = folder / "Monthly-Diagnostics-Web-File-Provider-April-2025.xls"
    write_xls(path, provider_book(rows, 2025))
    return path


def walked(run: Run, folder: Path) -> None:
    """The path, and what it must leave behind."""
    run(
        "new",
        "bid",
        "--title",
        "Seacroft",
        "--trust",
        "RR8",
        "--from",
        "starter",
        "--site",
        "Seacroft; place=Leeds; rooms=mri:1,ct:1",
    )
    first = json.loads(run("build", "bid", "-o", "first.xlsx", "--draws", "0", "--json"))
    run("add", "site", "otley", "bid", "--like", "seacroft", "--label", "Otley")
    told = json.loads(run("data", "dm01", str(next_month(folder)), "-o", "bid", "--json"))
    second = json.loads(run("build", "bid", "-o", "second.xlsx", "--draws", "16", "--json"))
    proof = json.loads(run("verify", "second.xlsx", "--json"))
    assert proof["compared"] == proof["formula_cells"] > 50_000
    assert not proof["mismatches"] and not proof["cannot"] and not proof["inputs_outside"]
    before, after = (each["options"]["preferred"]["headlines"] for each in (first, second))
    assert after["capital_outturn"] > 1.5 * before["capital_outturn"]  # a second site like the first
    assert after["list_start"] > before["list_start"]  # a longer MRI list in the month that came
    assert "2025-04" in json.dumps(told)
    checked = json.loads(run("check", "bid", "--json"))
    assert not checked["faults"] and not checked["checks"]["failed"] and not checked["checks"]["cannot"]
    assert any("copied from seacroft" in each["what"] for each in checked["to_do"])


def test_a_newcomer_needs_no_text_editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New, build, add, data, build, in one process."""
    monkeypatch.chdir(tmp_path)
    walked(in_this_process(), tmp_path)


@pytest.mark.full
def test_the_same_from_a_wheel_in_an_empty_folder(tmp_path: Path) -> None:
    """The wheel is built, laid out beside the libraries, and run with nothing of the checkout in reach."""
    walked(*from_a_wheel(tmp_path))
