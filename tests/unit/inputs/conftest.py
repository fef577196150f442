"""The small good case, free to be changed, and the inputs it answers."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.inputs.read import read_case
from casebuilder.inputs.values import CaseInputs
from tests.declared import DIMENSIONS

GOOD = Path(__file__).parents[2] / "cases" / "broken" / "good"


def _declare(key: str, unit: str, over: tuple[str, ...] = (), **more: Any) -> Input:
    declared = Input(f"The {key}", unit, over, **more)
    declared.chapter, declared.name = key.split(".")
    return declared


@pytest.fixture
def declare() -> Callable[..., Input]:
    """Makes an input with its key, as a chapter would give it."""
    return _declare


@pytest.fixture
def inputs() -> list[Input]:
    """What the good case gives values for."""
    return [
        _declare("equipment.unit_price", "GBP_real / item", ("equipment",)),
        _declare("equipment.life", "years", ("site", "equipment")),
        _declare("equipment.route", "choice", choices=("alone", "pool", "lease")),
        _declare("demand.growth", "share", ("year",), low=None),
        _declare("demand.referrals", "tests / month", ("site", "test", "month")),
        _declare("demand.rooms", "rooms", ("site",), whole=True),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the good case."""
    shutil.copytree(GOOD, tmp_path / "good")
    return tmp_path / "good" / "case"


@pytest.fixture
def read(folder: Path, inputs: list[Input]) -> Callable[..., CaseInputs]:
    """Reads the copy with some `--set`."""

    def read_it(*sets: str) -> CaseInputs:
        return read_case(folder, inputs, DIMENSIONS, sets=sets, reference=folder.parent / "reference")

    return read_it
