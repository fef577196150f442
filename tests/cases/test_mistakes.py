"""Mistakes that newcomers make: each is told with file, place and cause, and what is told to write mends it.

The mended case is the undamaged one: the same values, members and options, so each headline is the same.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from casebuilder.case import load_case
from casebuilder.inputs.values import CaseInputs
from tests.cases.mistakes import MISTAKES, Mistake
from tests.cases.mistakes_page import PAGE, commonest, page_text
from tests.cases.starter import starter

KINDS = ("K2", "K3", "K4", "K6", "K7")
# All that runs beside the commonest takes minutes.
EVERY = [
    pytest.param(name, marks=[] if "common" in MISTAKES[name] else [pytest.mark.full]) for name in MISTAKES
]


def as_it_is(inputs: CaseInputs) -> object:
    """What the headlines of a case follow from: its values, members, pairs, options and decision."""
    frame = inputs.frame
    shown = [(each.line, tuple(each.at.items()), each.weight) for each in inputs.decision.criteria]
    return inputs.sha256, frame.members, frame.pairs, frame.option_ids, frame.baseline, shown


@pytest.fixture(scope="module")
def undamaged() -> CaseInputs:
    """The starter case as `new` makes it."""
    return load_case(str(starter())).inputs


def test_there_are_enough_of_every_kind() -> None:
    assert len(MISTAKES) >= 65
    assert {each["kind"] for each in MISTAKES.values()} == set(KINDS)
    assert sorted(commonest()) == list(range(1, 21))


@pytest.mark.parametrize("name", EVERY)
def test_a_mistake_is_told_and_its_message_mends_it(tmp_path: Path, undamaged: CaseInputs, name: str) -> None:
    """File, line and cause are named; what the message says to write, written, gives the case as it was."""
    folder = tmp_path / "case"
    shutil.copytree(starter(), folder)
    mistake = Mistake(name, folder)
    mistake.make()
    fault = mistake.the_message()
    given = mistake.given
    named = given.get("named", given.get("file", given.get("add", "--set" if "set" in given else "")))
    assert named in str(fault)
    if "file" in given or "add" in given:
        assert fault.line == mistake.line(), str(fault)
    if given.get("cured") is not False:
        assert as_it_is(mistake.cure(fault).inputs) == as_it_is(undamaged)


def test_the_page_shows_the_commonest_as_they_are_told(tmp_path: Path) -> None:
    """docs/mistakes.md is written by `python -m tests.cases.mistakes_page`."""
    assert PAGE.read_text(encoding="utf-8") == page_text(tmp_path)
