"""The shape of the YAML files, and faults put at their place."""

from __future__ import annotations

import pytest

from casebuilder.errors import Fault
from casebuilder.inputs.files.yaml import parse_yaml
from casebuilder.inputs.shape.schema import Assumed, CaseFile, Shape, SourceGiven, check

CASE = (
    "title: T\nhost: H\nbase_year: 2021/22\noperating_months: 12\nhorizon: 5\nbaseline: bau\noptions: [bau]\n"
)


def checked(model: type[Shape], text: str) -> tuple[Shape | None, list[Fault]]:
    """Some text as a model, and its faults."""
    faults: list[Fault] = []
    node = parse_yaml(text, "f.yaml", faults)
    assert node is not None
    return check(model, node, node.place, faults), faults


def test_a_good_case_file_has_defaults() -> None:
    """What may be left out has its default."""
    case, faults = checked(CaseFile, CASE)
    assert not faults and isinstance(case, CaseFile)
    assert (case.first_month, case.reference, case.claims) == (None, "", [])


def test_a_number_may_stand_for_text() -> None:
    """A title or a date that looks like a number is text."""
    source, faults = checked(SourceGiven, "title: 2024\ndate: 2024\n")
    assert not faults and isinstance(source, SourceGiven) and source.title == "2024"


@pytest.mark.parametrize(
    ("model", "text", "line", "column", "words"),
    [
        (CaseFile, CASE + "clams: []\n", 8, 1, "did you mean 'claims'?"),
        (CaseFile, CASE + "claims:\n  - {headlin: x}\n", 9, 6, "did you mean 'headline'?"),
        (CaseFile, CASE + "pairs:\n  - over: [site]\n", 9, 11, "2 items"),
        (CaseFile, CASE.replace("horizon: 5", "horizon: five"), 5, 10, "must be a whole number"),
        (CaseFile, CASE.replace("horizon: 5", "horizon: 0"), 5, 10, "1 at least"),
        (CaseFile, CASE.replace("title: T", "title:"), 1, 7, "must be text"),
        (CaseFile, CASE.replace("title: T", "title: [T]"), 1, 8, "must be text"),
        (CaseFile, CASE.replace("2021/22", "2021"), 3, 12, "a financial year, as 2021/22"),
        (CaseFile, CASE + "first_month: 2021-13\n", 8, 14, "a month, as 2021-04"),
        (CaseFile, CASE + "members: []\n", 8, 10, "must be a mapping"),
        (Assumed, "value: 1\nstate: locl\n", 2, 8, "did you mean 'local'?"),
        (Assumed, "value: 1\nhold: 1\n", 2, 7, "must be true or false"),
        (Assumed, "value: 1\nover: site\n", 2, 7, "must be a list"),
        (Assumed, "value: 1\nshape: prt\n", 2, 8, "did you mean 'pert'?"),
        (SourceGiven, "address: x\n", 1, 1, "'title' is missing"),
    ],
)
def test_a_fault_stands_at_its_key_or_value(
    model: type[Shape], text: str, line: int, column: int, words: str
) -> None:
    """An unknown key is shown at the key, a wrong value at the value."""
    _, faults = checked(model, text)
    hits = [fault for fault in faults if (fault.line, fault.column) == (line, column)]
    assert hits and words in hits[0].message, faults


def test_the_rest_is_read_without_what_is_at_fault() -> None:
    """One bad claim and one unknown key do not hide the rest of the file."""
    claim = "{headline: x, option: bau, value: 1, source: L1}"
    case, faults = checked(CaseFile, CASE + f"colour: red\nclaims:\n  - {{headline: y}}\n  - {claim}\n")
    assert isinstance(case, CaseFile) and [given.headline for given in case.claims] == ["x"]
    assert len(faults) == 4
