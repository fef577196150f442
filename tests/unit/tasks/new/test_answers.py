"""Answers: by a file, by flags and by an interview they are the same thing."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from casebuilder.cli.making.interview import interview
from casebuilder.errors import InputError
from casebuilder.inputs.start.answers import answers_text, read_answers
from casebuilder.resources import resource

EXAMPLE = resource("templates/cases/example_answers.yaml")
# What is typed, question by question: two wrong answers among them, each asked again.
TYPED = """Seacroft diagnostics
Leeds collaborative
starter
Ledes Teaching
RR8

Seacroft
Leedz
Leeds
modular
own
2027-06
mri:1,ct:2
n

12.5m
"""


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone at a terminal who types the lines of TYPED."""
    lines: Iterator[str] = iter(TYPED.splitlines())
    monkeypatch.setattr(builtins, "input", lambda prompt="": next(lines))


def test_an_interview_gives_answers(typed: None) -> None:
    """A misspelt trust and place are said at once and asked again; the rest is a file of answers."""
    console = Console(record=True, width=100, force_terminal=False)
    found = interview(console, None)
    assert found == {
        "title": "Seacroft diagnostics",
        "system": "Leeds collaborative",
        "kind": "starter",
        "trusts": ["RR8"],
        "sites": [
            {
                "name": "Seacroft",
                "place": "Leeds",
                "build": "modular",
                "tenure": "own",
                "opens": "2027-06",
                "rooms": {"mri": 1.0, "ct": 2.0},
            }
        ],
        "capital": {"national_pdc": 12_500_000.0},
    }
    said = console.export_text()
    assert "Leeds Teaching Hospitals" in said
    assert "Leedz" in said
    answered = read_answers(Path("answers.yaml"), answers_text(found))
    assert answered.given.capital == {"national_pdc": 12_500_000}
    assert [trust.trust for trust in answered.trusts] == ["RR8"]


def test_the_example_that_ships_can_be_read() -> None:
    """Every answer that there is stands in it, and the page quotes them all."""
    answered = read_answers(EXAMPLE)
    site = answered.given.sites[0]
    assert site.rooms == {"mri": "1", "ct": "1", "ultrasound": "3", "xray": "1"}
    assert answered.given.capital == {"national_pdc": 14_000_000}
    page = (Path(__file__).parents[4] / "docs" / "new.md").read_text("utf-8")
    for name in (*type(answered.given).model_fields, *type(site).model_fields):
        assert f"{name}:" in page or f"{name} " in page, name


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("trusts: [RR8]\n", 1, "'title' is missing"),
        ("title: A\ntrusts: []\n", 2, "1 item at least"),
        ("title: A\ntrusts: [[RR8]]\n", 2, "a trust is its code or name"),
        ("title: A\ntrusts: [RR8]\nbase_year: 2025/27\n", 3, "did you mean '2025/26'"),
        ("title: A\ntrusts: [RR8]\nsites: [{name: B}]\n", 3, "'place' is missing"),
        ("title: A\ntrusts: [RR8]\nsites: [{name: B, place: C, bild: new}]\n", 3, "did you mean 'build'"),
        ("title: A\ntrusts: [RR8]\nsites: [{name: B, place: C, build: tent}]\n", 3, "'new'"),
        ("title: A\ntrusts: [RR8]\nsites: [{name: B, place: C}, {name: b, place: D}]\n", 3, "twice"),
        ("title: A\ntrusts: [RR8]\ncapital: {national_pdc: lots}\n", 3, "national_pdc"),
        ("title: A\ntrusts: [RR8]\nhorizon: 200\n", 3, "60 at most"),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_where_it_stands(text: str, line: int, says: str) -> None:
    with pytest.raises(InputError) as caught:
        read_answers(Path("answers.yaml"), text)
    faults = caught.value.faults
    assert any(fault.line == line and says in fault.message for fault in faults), [str(f) for f in faults]
