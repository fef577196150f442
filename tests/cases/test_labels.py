"""One label, one figure: lines of one label are the same sum, by other members, in every shipped case."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np
import pytest

from casebuilder.algebra.terms import Line
from casebuilder.case import Case, load_case
from casebuilder.units import parse_unit

CASES = ("cmast", "cmast_2025", "norfolk_waveney", "digital_diagnostics", "lancashire_south_cumbria")
PLAIN = ("number", "factor", "share", "flag", "choice")
# Pairs of one label whose figures may differ, each with the reason.
LISTED: dict[frozenset[str], str] = {}


def kind(line: Line) -> Any:
    """What is counted: the unit, plain numbers alike, so that £ real and £ a year are told apart from £."""
    return "plain" if line.unit in PLAIN else parse_unit(line.unit)


def added_up(case: Case, line: Line) -> np.ndarray[Any, Any]:
    """A line by option and, where it has them, by the years of the statements."""
    frame = case.problem.frame
    values = np.nan_to_num(case.results.array(line)[0])
    values = np.broadcast_to(values, (len(frame.option_ids), *values.shape[1:]))
    if line.over and line.over[-1] in ("year", "statement"):
        years = values.reshape(values.shape[0], -1, values.shape[-1])
        return years.sum(axis=1)[:, : len(frame.ids("statement"))]
    return values.reshape(values.shape[0], -1).sum(axis=1)


def doubles(case: Case) -> list[str]:
    """Lines that share a label and are not one figure."""
    of_label: dict[str, list[Line]] = defaultdict(list)
    for line in case.problem.lines:
        of_label[line.label.casefold()].append(line)
    found = []
    for label, (first, *others) in of_label.items():
        for other in others:
            if frozenset((first.key, other.key)) in LISTED:
                continue
            a, b = added_up(case, first), added_up(case, other)
            alike = kind(first) == kind(other) and a.shape == b.shape
            if not (alike and np.allclose(a, b, rtol=1e-9, atol=0.005)):
                found.append(f"'{label}' is {first.key} and {other.key}")
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_label_means_one_figure(name: str) -> None:
    """The same words on two sheets give the same pounds, tests or shares."""
    assert doubles(load_case(name)) == []


def test_two_figures_of_one_name_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The award drawn and the award given, both called by one name; real pounds called as cash."""
    case = load_case("cmast")
    lines = case.problem.by_key
    for one, other in (("funding.award_used", "funding.award_year"), ("economics.rent", "finance.rent")):
        with monkeypatch.context() as patch:
            patch.setattr(lines[one], "label", lines[other].label)
            assert any(one in told and other in told for told in doubles(case))
