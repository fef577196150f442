"""There and back: a bid built, 30 values changed in its workbook and 10 in a form, brought home, built.

No text editor is opened and ten commands at most are typed. What the bid then comes to is what the bid as it
was made comes to with the same 40 values set on the command line.
"""

from __future__ import annotations

import json
import math
import random
import shutil
from pathlib import Path

import openpyxl
import pytest

from casebuilder.case import Case, load_case
from tests.cases.installed import Run, from_a_wheel, in_this_process
from tests.workbook.changing import Change, input_cell
from tests.workbook.reading import read_sheets
from tests.workbook.round_trip import type_in, typeable

IN_WORKBOOK, IN_FORM, MOST_COMMANDS = 30, 10, 10
# Where a finance lead types: prices, pay, rates, minutes, growth; no shares that have to add up.
CHAPTERS = (
    "capital", "demand", "economics", "equipment", "estate", "finance", "income", "pay", "programme",
    "reporting", "revenue", "throughput", "workforce", "works",
)  # fmt: skip
OF_OPTIONS = ("capacity.bought_tests", "capacity.extended_hours_uplift", "economics.running_cost_bias")
LOGGED = ("--who", "A finance lead", "--why", "Prices of May", "--yes")


def chosen(case: Case) -> tuple[list[Change], list[Change]]:
    """The changes for the workbook, of all kinds, and for the form, of single values of the base case."""
    chance = random.Random(20261129)
    every = typeable(case)
    options = [c for c in every if c.option is not None and c.item.key in OF_OPTIONS]
    every = [c for c in every if c.option is None and c.item.chapter in CHAPTERS]
    every = [c for c in every if c.item.unit not in ("flag", "number") and "share" not in c.item.unit]
    timed = [c for c in every if c.item.over and c.item.over[-1] in ("year", "month")]
    single = [c for c in every if c not in timed]
    workbook = [*chance.sample(options, 6), *chance.sample(timed, 6)]
    keys = {c.item.key for c in workbook}
    rest = chance.sample([c for c in single if c.item.key not in keys], 120)
    one_each = list({c.item.key: c for c in rest}.values())
    workbook += one_each[: IN_WORKBOOK - len(workbook)]
    return workbook, one_each[18 : 18 + IN_FORM]


def type_in_form(path: Path, changes: list[Change]) -> None:
    """Type values into a form by the key of the row and the header of the column."""
    book = openpyxl.load_workbook(path)
    left = {c.key: c.after for c in changes}
    for page in book.worksheets:
        header = next((r for r in range(1, 31) if {"Key", "Value"} <= {c.value for c in page[r]}), None)
        if header is None:
            continue
        columns = {cell.value: cell.column for cell in page[header] if cell.value}
        for row in range(header + 1, page.max_row + 1):
            key = page.cell(row, columns["Key"]).value
            if key in left:
                page.cell(row, columns["Value"]).value = left.pop(key)
    assert not left
    book.save(path)


def walked(run: Run, folder: Path) -> None:
    """The path, and what it must come to."""
    count = 0

    def command(*words: str) -> str:
        nonlocal count
        count += 1
        return run(*words)

    command(
        "new", "bid", "--title", "Seacroft", "--trust", "RR8", "--from", "starter",
        "--site", "Seacroft; place=Leeds; rooms=mri:1,ct:1",
    )  # fmt: skip
    command("build", "bid", "-o", "first.xlsx", "--draws", "16")
    command("intake", "bid", "-o", "form.xlsx")
    made = folder / "made"
    shutil.copytree(folder / "bid", made)
    shutil.copy(folder / "first.xlsx", folder / "kept.xlsx")
    in_workbook, in_form = chosen(load_case(str(made)))
    assert (len(in_workbook), len(in_form)) == (IN_WORKBOOK, IN_FORM)
    sheets = read_sheets(folder / "first.xlsx")
    type_in(
        folder / "kept.xlsx", folder / "first.xlsx", {input_cell(sheets, c): c.after for c in in_workbook}
    )
    type_in_form(folder / "form.xlsx", in_form)

    first = json.loads(command("pull", "first.xlsx", "bid", *LOGGED, "--json"))
    second = json.loads(command("pull", "form.xlsx", "bid", *LOGGED, "--json"))
    assert {e["input"] for e in first["edits"]} == {c.as_set.partition("=")[0] for c in in_workbook}
    assert {e["input"] for e in second["edits"]} == {c.key for c in in_form}
    told = json.loads(command("diff", "made", "bid", "--json"))
    assert len(told["changes"]) == IN_WORKBOOK + IN_FORM
    assert {change["who"] for change in told["changes"]} == {"A finance lead"}
    again = json.loads(command("build", "bid", "-o", "second.xlsx", "--draws", "0", "--json"))
    proof = json.loads(command("verify", "second.xlsx", "--json"))
    assert not proof["mismatches"] and not proof["cannot"] and not proof["changed_formulas"]
    assert count <= MOST_COMMANDS

    expected = load_case(str(made), [c.as_set for c in (*in_workbook, *in_form)])
    for option, found in again["options"].items():
        for key, value in found["headlines"].items():
            ours = expected.headlines[option].headlines[key]
            both = (value, ours)
            assert both == (None, None) or math.isclose(value, ours, rel_tol=1e-9, abs_tol=1e-6), (key, both)
    bridge = told["bridge"]["preferred"]["npsv"]
    assert math.isclose(
        bridge["start"] + sum(step["change"] for step in bridge["steps"]), bridge["end"], abs_tol=0.005
    )
    assert math.isclose(bridge["end"], again["options"]["preferred"]["headlines"]["npsv"], rel_tol=1e-9)


def test_edits_in_excel_come_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one process."""
    monkeypatch.chdir(tmp_path)
    walked(in_this_process(), tmp_path)


@pytest.mark.full
def test_the_same_from_a_wheel_in_an_empty_folder(tmp_path: Path) -> None:
    """The wheel is built, laid out beside the libraries, and run with nothing of the checkout in reach."""
    walked(*from_a_wheel(tmp_path))
