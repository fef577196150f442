"""Every kind of input cell, typed into as people do: what cannot be used is counted, once, and marked."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casebuilder.workbook.layout import inputs as input_layout
from tests.workbook.input_cells import BLANK, ERROR, TEXT, InputCells, Typed, every_kind

AS_BASE, NO_NUMBER = "as Base", (BLANK, TEXT, ERROR, "=1/0", "")
# By key and header: values that will do, and values that will not. Each is typed alone.
CELLS: list[tuple[str, str, tuple[Typed, ...], tuple[Typed, ...]]] = [
    # A number between nothing and a hundred: Base, an option's own value, a link, and an option without.
    ("mini.amount[a]", "Base", (0.0, 100.0, 50.5), (*NO_NUMBER, -0.01, 100.01, -1e9, "5")),
    ("mini.amount[b]", "Base", (0.0, 100.0), (*NO_NUMBER, -1.0, 101.0)),
    ("mini.amount[b]", "mid", (0.0, 100.0), (*NO_NUMBER, -1.0, 101.0)),
    ("mini.amount[a]", "mid", (0.0, 99.0), (*NO_NUMBER, -1.0, 101.0, AS_BASE)),
    ("mini.amount[a]", "late", (0.0, 99.0), (*NO_NUMBER, -1.0, 101.0, AS_BASE)),
    ("mini.amount[a]", "bau", (AS_BASE,), (*NO_NUMBER, 5.0, 0.0, "as", "as Base ")),
    # Bounds that are not allowed themselves.
    ("mini.divisor", "Base", (0.001, 1.999), (*NO_NUMBER, 0.0, 2.0, -1.0, 3.0)),
    ("mini.divisor", "mid", (AS_BASE,), (BLANK, 0.5, ERROR)),
    ("mini.free", "Base", (-1e9, 0.0, 1e9), NO_NUMBER),
    ("mini.share[b]", "Base", (0.0, 1.0, 0.333), (*NO_NUMBER, -0.1, 1.5, 85.0)),
    ("mini.share[a]", "mid", (0.0, 1.0), (*NO_NUMBER, 1.1)),
    # Whole numbers, with and without a most.
    ("mini.rooms[a]", "Base", (0.0, 9.0), (*NO_NUMBER, 2.5, -1.0, 10.0)),
    ("mini.rooms[c]", "mid", (0.0, 9.0), (*NO_NUMBER, 2.5, -1.0, 10.0)),
    ("mini.rooms[a]", "mid", (0.0, 9.0), (*NO_NUMBER, 2.5, -1.0, 10.0)),
    ("mini.count", "Base", (0.0, 1e6), (*NO_NUMBER, 2.5, -1.0, "5")),
    ("mini.works[a]", "Base", (0.0, 1.0), (*NO_NUMBER, 2.0, -1.0, 0.5)),
    ("mini.works[a]", "mid", (0.0, 1.0), (*NO_NUMBER, 2.0, -1.0, 0.5)),
    ("mini.works[b]", "mid", (0.0, 1.0), (*NO_NUMBER, 2.0, -1.0, 0.5)),
    # One of its words, letter by letter.
    ("mini.way", "Base", ("slow", "fast", "slower"), (*NO_NUMBER, "slo", "SLOW", "slow,fast", "slow ", 1.0)),
    ("mini.way", "mid", ("slow", "slower"), (*NO_NUMBER, "quick", "Fast", 0.0)),
    ("mini.way", "late", (AS_BASE,), ("slow", BLANK)),
    # By year and by month: Base, an option's own period, and its link to Base.
    ("mini.growth", "2021/22", (0.0, 0.5), (*NO_NUMBER, -0.1, 50.0)),
    ("mini.growth", "2022/23", (0.0, 0.5), (*NO_NUMBER, -0.1, 50.0)),
    ("mid:mini.growth", "2022/23", (0.0, 0.5), (*NO_NUMBER, -0.1, 50.0)),
    ("mid:mini.growth", "2021/22", (0.0, 0.5), (*NO_NUMBER, -0.1, 50.0)),
    ("late:mini.growth", "2023/24", (0.0, 0.5), (*NO_NUMBER, -0.1, 50.0)),
    ("mini.growth", "bau", (AS_BASE,), (BLANK, 0.1, TEXT, ERROR)),
    ("mini.spend[b]", "2023/24", (-1e9, 0.0, 1e9), NO_NUMBER),
    ("mini.spend[b]", "mid", (AS_BASE,), (BLANK, 10.0)),
    ("mini.days", "2021-04", (28.0, 31.0), (*NO_NUMBER, 27.0, 32.0, 30.5)),
    ("mid:mini.days", "2021-05", (28.0, 31.0), (*NO_NUMBER, 27.0, 32.0, 30.5)),
    ("mid:mini.days", "2021-07", (28.0, 31.0), (*NO_NUMBER, 27.0, 32.0, 30.5)),
    ("mini.past", "2021-07", (0.0, 1.0), (*NO_NUMBER, 0.5, 2.0)),
    ("mid:mini.past", "2021-07", (0.0, 1.0), (*NO_NUMBER, 0.5, 2.0)),
    ("mid:mini.past", "2021-06", (0.0, 1.0), (*NO_NUMBER, 0.5, 2.0)),
    # Tiers start at one and rise; one of three must be served.
    ("mini.start[a,t1]", "Base", (1.0,), (*NO_NUMBER, 2.0, 0.0)),
    ("mini.start[a,t2]", "Base", (2.0, 8.0), (*NO_NUMBER, 1.0, 9.0, 10.0, 5.5, 51.0)),
    ("mini.start[c,t3]", "Base", (6.0, 50.0), (*NO_NUMBER, 5.0, 4.0, 51.0)),
    ("mini.serves[a]", "Base", (1.0,), (*NO_NUMBER, 0.0, 2.0)),
    ("mini.serves[c]", "Base", (0.0, 1.0), (*NO_NUMBER, 0.5)),
]


@pytest.fixture(scope="module", params=[input_layout.MOST_ROWS, 2], ids=["on Inputs", "on data sheets"])
def cells(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[InputCells]:
    late = frozenset({"late"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(input_layout, "MOST_ROWS", request.param)
        mini = every_kind(amount=late, growth=late)
        yield InputCells(mini, tmp_path_factory.mktemp("cells") / "cells.xlsx")


@pytest.mark.parametrize(("key", "header", "good", "bad"), CELLS, ids=[f"{c[0]} {c[1]}" for c in CELLS])
def test_what_cannot_be_used_is_counted_once(
    key: str, header: str, good: tuple[Typed, ...], bad: tuple[Typed, ...], cells: InputCells
) -> None:
    """Each wrong value makes the count one and marks its row; each right one leaves it nought."""
    at = cells.at(key, header)
    assert (cells.unusable, cells.changed) == (0, 0)
    for value in good:
        cells.type(at, value)
        assert cells.unusable == 0, (key, header, value)
        assert cells.under(at, "Fault") == 0
    for value in bad:
        cells.type(at, value)
        assert cells.unusable == 1, (key, header, value)
        marked = [
            r
            for n, s in cells.sheets.items()
            for _, r in s.keyed()
            if cells.engine.value(n, cells.beside(n, r, "Fault")) != 0
        ]
        assert len(marked) == 1, (key, header, value)
        assert cells.changed >= 1, (key, header, value)
    cells.restore(at)
    assert (cells.unusable, cells.changed) == (0, 0)
