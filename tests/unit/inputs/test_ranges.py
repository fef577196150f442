"""Ranges of every shape: what is read, and what is wrong with one, at its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.algebra.terms import Input
from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs

Read = Callable[..., CaseInputs]
Declare = Callable[..., Input]


@pytest.fixture
def written(folder: Path, inputs: list[Input], declare: Declare, read: Read) -> Callable[[str], CaseInputs]:
    """Reads the good case with one more input, a share between 0 and 1 by site, whose value is 0.5."""
    inputs.append(declare("more.x", "share", ("site",)))
    (folder / "data" / "uptime.csv").write_text("scanner,uptime\na,0.4\nb,0.5\nc,0.9\n", encoding="utf-8")
    (folder / "data" / "words.csv").write_text("uptime\n0.4\nhalf\n", encoding="utf-8")

    def read_it(lines: str) -> CaseInputs:
        text = (
            f"x:\n  unit: share\n  over: [site]\n  value: 0.5\n{lines}\n  source: L1\n  state: unverified\n"
        )
        (folder / "more.yaml").write_text(text, encoding="utf-8")
        return read()

    return read_it


@pytest.mark.parametrize("shape", ["pert", "triangular", "uniform", "normal", "lognormal"])
def test_a_pair_has_the_shape_that_is_given(written: Callable[[str], CaseInputs], shape: str) -> None:
    """Or that of a PERT."""
    base = written(f"  range: [0.3, 0.6]\n  shape: {shape}").values["more.x"].base
    assert {(v.low, v.high, v.shape, v.outcomes) for v in base.values()} == {(0.3, 0.6, shape, ())}
    assert {v.shape for v in written("  range: [0.3, 0.6]").values["more.x"].base.values()} == {"pert"}


def test_values_are_listed_with_their_chances(written: Callable[[str], CaseInputs]) -> None:
    """For all members, for one of them, or as shares of each value."""
    listed = "{values: [0.2, 0.5, 0.8], chances: [0.25, 0.5, 0.25]}"
    base = written(f"  range: {listed}").values["more.x"].base
    assert {(v.low, v.high, v.shape) for v in base.values()} == {(0.2, 0.8, "discrete")}
    assert base["north",].outcomes == ((0.2, 0.25), (0.5, 0.5), (0.8, 0.25))
    mixed = written(f"  range: {{north: {listed}, south: [0.4, 0.6]}}").values["more.x"].base
    assert (mixed["north",].shape, mixed["south",].shape) == ("discrete", "pert")
    times = written("  range: {factor: {values: [0.8, 1.0, 1.2], chances: [0.2, 0.6, 0.2]}}")
    assert times.values["more.x"].base["south",].outcomes == ((0.4, 0.2), (0.5, 0.6), (0.6, 0.2))


def test_values_are_read_from_a_column_of_the_case(written: Callable[[str], CaseInputs]) -> None:
    """Each row as likely as any other."""
    base = written("  range: {file: data/uptime.csv, column: uptime}").values["more.x"].base
    value = base["north",]
    assert (value.low, value.high, value.shape) == (0.4, 0.9, "empirical")
    assert value.outcomes == ((0.4, 1.0), (0.5, 1.0), (0.9, 1.0))


def test_a_value_typed_over_keeps_the_shape_of_the_range_that_holds_it(
    written: Callable[[str], CaseInputs], read: Read
) -> None:
    """By `--set`; one that the range does not hold is certain."""
    written("  range: {values: [0.2, 0.5, 0.8], chances: [0.25, 0.5, 0.25]}")
    kept = read("more.x[north]=0.8").values["more.x"].base["north",]
    assert (kept.amount, kept.shape, len(kept.outcomes)) == (0.8, "discrete", 3)
    beyond = read("more.x[north]=0.9").values["more.x"].base["north",]
    assert (beyond.low, beyond.outcomes) == (None, ())


@pytest.mark.parametrize(
    ("lines", "place", "said"),
    [
        (
            "  range: [0.3, 0.6]\n  shape: discrete",
            "5:10",
            "a range of shape discrete is written range: {values",
        ),
        ("  range: [0.3, 0.6]\n  shape: beta", "6:10", "'shape' must be 'pert'"),
        ("  range: {factor: [2, 0.5]}", "5:19", "the lower end comes first: write {factor: [0.5, 2]}"),
        ("  range: [0.5, 0.6]\n  shape: normal", "5:10", "0.5 is an end of 0.5 to 0.6"),
        ("  range: [0, 0.6]\n  shape: lognormal", "5:10", "a lognormal is above 0 throughout"),
        ("  range: {values: [0.5]}", "5:10", "chances: is a list of numbers"),
        ("  range: {values: [0.5, 0.6], chances: [1]}", "5:31", "2 values and 1 chances"),
        ("  range: {values: [0.5, 0.6], chances: [0.5, 0.4]}", "5:31", "the chances add up to 0.9, not to 1"),
        ("  range: {values: [0.5, 0.6], chances: [1.2, -0.2]}", "5:46", "a chance is more than 0, not -0.2"),
        ("  range: {values: [0.5, high], chances: [0.5, 0.5]}", "5:25", "'high' is not a number"),
        ("  range: {values: [0.5, 1.6], chances: [0.5, 0.5]}", "5:25", "1.6 of its range 1.6 is above 1"),
        (
            "  range: {values: [0.6, 0.7], chances: [0.5, 0.5]}",
            "5:10",
            "0.6 to 0.7 does not hold the value 0.5",
        ),
        ("  range: {file: data/uptime.csv}", "5:10", "'column' is missing"),
        ("  range: {file: data/uptimes.csv, column: uptime}", "5:17", "there is no file data/uptimes.csv"),
        ("  range: {file: ../x.csv, column: uptime}", "5:17", "lies outside"),
        ("  range: [0.3, 0.6]\n  draw: twice", "6:9", "'draw' must be 'whole' or 'each'"),
    ],
)
def test_what_is_wrong_with_a_range_is_told_at_its_place(
    written: Callable[[str], CaseInputs], lines: str, place: str, said: str
) -> None:
    """File, line and column, and what would be right."""
    with pytest.raises(InputError) as refused:
        written(lines)
    told = [str(fault) for fault in refused.value.faults]
    assert len(told) == 1, told
    assert f"more.yaml:{place}: " in told[0] and said in told[0], told


def test_a_row_that_is_no_number_is_told_in_its_file(written: Callable[[str], CaseInputs]) -> None:
    with pytest.raises(InputError) as refused:
        written("  range: {file: data/words.csv, column: uptime}")
    assert any("data/words.csv:3:1: uptime: 'half' is not a number" in str(f) for f in refused.value.faults)
