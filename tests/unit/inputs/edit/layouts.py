"""A made-up case with every layout that values may have, and edits put into a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from casebuilder.algebra.terms import Input
from casebuilder.inputs.edit.put import Put, put_edits
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.read import read_case
from casebuilder.inputs.values import CaseInputs
from tests.declared import DIMENSIONS

GOOD = Path(__file__).parents[3] / "cases" / "broken" / "good"

# Two sites (the south has no MRI), two tests, months from 2021-04 to 2023-03, years from 2021/22 to 2025/26.
MORE = """\
# Values of every layout.

single:  # one value
  unit: GBP_real
  value: 600_000  # as tendered
  range: [500_000, 700_000]
  source: L1
  state: unverified
spread:
  unit: share
  over: [site, test]
  value: 0.5
  source: L1
  state: local
nested:
  unit: "1"
  over: [test, site]
  values: &shared
    ct: {north: 1, south: 2}  # by hand

    # MRI is later.
    mri:
      north: 3
  range: {factor: [0.5, 2]}
  source: L1
  state: unverified
  to_do: {mri: ask the north}
again:
  unit: "1"
  over: [test, site]
  values: *shared
  source: L1
  state: local
higher:
  unit: "1"
  over: [site, test]
  values: {north: 5, others: {ct: 7}}
  source: L1
  state: local
held:
  unit: share
  over: [year]
  values:
    2019/20: 0.01  # before the case
    2023/24: 0.02
  hold: true
  range: [0, 0.05]
  source: L1
  state: unverified
  note: >-
    Two lines,
    and no more.
joined:
  unit: "1"
  over: [site, year]
  values: {north: {others: 1, 2023/24: 2}, others: 3}
  hold: true
  source: L1
  state: local
months:
  unit: "1"
  over: [month, site]
  values: {2021-04: {north: 1, south: 2}, 2022-01: 4}
  hold: true
  source: L1
  state: local
unheld:
  unit: "1"
  over: [year]
  values: {others: 1, 2022/23: 2}
  source: L1
  state: local
flag: {unit: flag, over: [site], values: {north: true, south: false}, source: L1, state: chosen}
word:
  unit: choice
  over: [site]
  values: {north: "alone", south: pool}
  source: L1
  state: chosen
whole: &whole
  unit: rooms
  over: [site]
  values: {others: 2}
  source: L1
  state: local
  to_do: count them
copy: *whole
"""

# Tables: a held one for two inputs, with a row for others and marks, and one that gives each combination.
TABLES = """\
first: {unit: "1", over: [site, year], table: data/shared.csv, until: 2023/24, hold: true,
        source: L1, state: local}
second:
  unit: "1"
  over: [year, site]
  table: data/shared.csv
  column: b
  hold: true
  until: 2023/24
  source: L1
  state: local
plain:
  unit: "1"
  over: [test, site]
  table: data/plain.csv
  source: L1
  state: local
"""
SHARED = """\
site,year,first,b,remark,to_do
others,2019/20,1,10,"the rest, so far",check
north,2021/22,2,20,,
north,2023/24,3_000,30,,ask
"""
PLAIN = "test, Site ,plain\r\nct,north,1\r\nothers,others,2\r\n"


def declare(key: str, unit: str, over: tuple[str, ...] = (), **more: Any) -> Input:
    declared = Input(f"The {key}", unit, over, **more)
    declared.chapter, declared.name = key.split(".")
    return declared


INPUTS = [
    declare("equipment.unit_price", "GBP_real / item", ("equipment",)),
    declare("equipment.life", "years", ("site", "equipment")),
    declare("equipment.route", "choice", choices=("alone", "pool", "lease")),
    declare("demand.growth", "share", ("year",), low=None),
    declare("demand.referrals", "tests / month", ("site", "test", "month")),
    declare("demand.rooms", "rooms", ("site",), whole=True),
    declare("more.single", "GBP_real"),
    declare("more.spread", "share", ("site", "test")),
    declare("more.nested", "1", ("site", "test")),
    declare("more.again", "1", ("site", "test")),
    declare("more.higher", "1", ("site", "test")),
    declare("more.held", "share", ("year",)),
    declare("more.joined", "1", ("site", "year")),
    declare("more.months", "1", ("site", "month")),
    declare("more.unheld", "1", ("year",)),
    declare("more.flag", "flag", ("site",)),
    declare("more.word", "choice", ("site",), choices=("alone", "pool", "a: b, c")),
    declare("more.whole", "rooms", ("site",), whole=True),
    declare("more.copy", "rooms", ("site",), whole=True),
    declare("tables.first", "1", ("site", "year")),
    declare("tables.second", "1", ("site", "year")),
    declare("tables.plain", "1", ("site", "test")),
    declare("more.default", "1", ("site",), optional=1.0),
]

OPTION = """\
label: The two centres
description: What is put forward.
inputs:
  demand.rooms:
    values: {south: 2}
    source: L1
    state: local
  more.joined: {values: {south: {2022/23: 9}}, hold: true}
"""


def make(folder: Path, more: str = MORE) -> Path:
    """The case in a folder."""
    shutil.copytree(GOOD, folder)
    case = folder / "case"
    (case / "more.yaml").write_text(more, encoding="utf-8", newline="")
    (case / "tables.yaml").write_text(TABLES, encoding="utf-8")
    (case / "data" / "shared.csv").write_text(SHARED, encoding="utf-8")
    (case / "data" / "plain.csv").write_text(PLAIN, encoding="utf-8", newline="")
    (case / "options" / "preferred.yaml").write_text(OPTION, encoding="utf-8")
    return case


def read(case: Path, sets: Sequence[str] = ()) -> CaseInputs:
    """The case as it is read."""
    return read_case(case, INPUTS, DIMENSIONS, sets=sets, reference=case.parent / "reference")


def put(case: Path, *edits: Edit) -> Put:
    """The edits written into the case."""
    made = put_edits(case, read(case), edits, reference=case.parent / "reference")
    for path, data in made.files.items():
        assert path.is_relative_to(case)
        path.write_bytes(data)
    return made


def amounts(found: CaseInputs) -> dict[str, float | str]:
    """Every value of the base and of each option, by the name that `--set` takes."""
    return {
        f"{option}:{key}[{','.join(members)}]": given.amount(option, members)
        for key, given in found.values.items()
        for option in found.frame.option_ids
        for members in given.base
    } | {
        f"{key}[{','.join(members)}]": value.amount
        for key, given in found.values.items()
        for members, value in given.base.items()
    }


def lines_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that are no longer there, and those that were not before."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    gone, made = [], []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[a:b]
            made += new[c:d]
    return gone, made
