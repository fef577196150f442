"""What is said of entries that are not as they should be: in plain words, with the key and what is right."""

from __future__ import annotations

import pytest

from casebuilder.errors import Fault
from casebuilder.inputs.files.yaml import parse_yaml
from casebuilder.inputs.shape.schema import (
    DecisionFile,
    OptionFile,
    PairsGiven,
    ScenarioFile,
    Shape,
    UncertaintyFile,
    check,
)
from casebuilder.inputs.start.answers import AnswersFile
from casebuilder.inputs.templates.read import wrong_shape

DECISION = "put_forward: a\nby: {by}\nsource: L1\nstate: local\ncriteria: {criteria}\n"
CRITERION = "{name: Money, weight: 0, line: a.b, better: more}"
SITE = "title: T\ntrusts: [RCX]\nsites: [{{name: A, place: Leeds, {0}}}]\n"


def said(model: type[Shape], text: str) -> list[str]:
    faults: list[Fault] = []
    node = parse_yaml(text, "f.yaml", faults)
    assert node is not None
    check(model, node, node.place, faults)
    return [f"{fault.line}: {fault.message}" for fault in faults]


@pytest.mark.parametrize(
    ("model", "text", "words"),
    [
        (
            DecisionFile,
            DECISION.format(by="B", criteria=f"[{CRITERION}]"),
            "5: 'weight' must be more than 0, not 0",
        ),
        (DecisionFile, DECISION.format(by="B", criteria="[]"), "5: 'criteria' must have 1 item at least"),
        (DecisionFile, DECISION.format(by='""', criteria="[]"), "2: 'by' must be filled in, not ''"),
        (AnswersFile, SITE.format("gross_area: 0"), "3: 'gross_area' must be more than 0, not 0"),
        (AnswersFile, SITE.format("hours: 30"), "3: 'hours' must be 24 at most, not 30"),
        (AnswersFile, "title: T\ntrusts: []\n", "2: 'trusts' must have 1 item at least"),
        (PairsGiven, "over: [a]\n", "1: 'over' must have 2 items at least"),
        (PairsGiven, "over: [a, b, c]\n", "1: 'over' must have 2 items at most"),
        (
            UncertaintyFile,
            "correlations: [{between: [a], rank: 2, source: L1}]\n",
            "1: 'between' must have 2 items at least",
        ),
        (
            OptionFile,
            "label: L\ndigital.start_month: {value: 3}\n",
            "2: unknown key 'digital.start_month': if it is",
        ),
        (ScenarioFile, "digital.start_month: {value: 3}\nlabel: L\n", "an input, write it under inputs:"),
    ],
)
def test_a_fault_is_said_in_plain_words(model: type[Shape], text: str, words: str) -> None:
    messages = said(model, text)
    assert any(words in message for message in messages), messages
    assert not [message for message in messages if "Input should" in message or "should have" in message]


def test_a_template_is_told_of_in_the_same_words() -> None:
    assert wrong_shape("summary/operations.yaml", {"heading": 3})[0].startswith("heading: must be text")
