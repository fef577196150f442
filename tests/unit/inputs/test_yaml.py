"""YAML as a tree with places, and what is refused."""

from __future__ import annotations

import pytest

from casebuilder.errors import Fault
from casebuilder.inputs.files.yaml import MOST_NODES, Node, parse_yaml


def parse(text: str) -> tuple[Node | None, list[Fault]]:
    """The tree and the faults of some text."""
    faults: list[Fault] = []
    return parse_yaml(text, "f.yaml", faults), faults


def test_every_key_and_value_has_its_place() -> None:
    """Lines and columns count from 1, in characters."""
    node, faults = parse("é: 1\nb:\n  - x\n  - {c: 2}\n")
    assert node is not None and not faults
    assert node.plain() == {"é": "1", "b": ["x", {"c": "2"}]}
    assert node.key_place("b") == ("f.yaml", 2, 1)
    assert node.mapping["é"].place == ("f.yaml", 1, 4)
    inner = node.mapping["b"].items[1]
    assert (inner.key_place("c"), inner.mapping["c"].place) == (("f.yaml", 4, 6), ("f.yaml", 4, 9))


def test_quoted_words_are_text_and_keys_are_text() -> None:
    """Quotes make text of a number; a key is text as written."""
    node, _ = parse("2021: '12'\n012: \"true\"\ntrue: |\n  12\n")
    assert node is not None
    assert node.plain() == {"2021": "12", "012": "true", "true": "12\n"}


def test_an_empty_file_is_an_empty_mapping() -> None:
    """Nothing, comments only and null are no fault."""
    for text in ("", "# nothing\n", "---\n", "null\n"):
        node, faults = parse(text)
        assert node is not None and node.plain() == {} and not faults


def test_all_duplicate_keys_are_found() -> None:
    """Each duplicate is a fault, and the first value stays."""
    node, faults = parse("a: 1\na: 2\nb: {c: 1, c: 2}\n")
    assert node is not None and node.plain() == {"a": "1", "b": {"c": "1"}}
    assert [(fault.line, fault.column) for fault in faults] == [(2, 1), (3, 11)]


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:\n\tb: 1\n", 2, 1, "a tab"),
        ("a: 1\n  b: 2\n", 2, 4, "colon"),
        ("a:\n    b: 1\n  c: 2\n", 3, 3, "indent"),
        ("a: [1, 2\n", 2, 1, "bracket"),
        ("a: 'x\n", 2, 1, "quote"),
        ("- 1\n", 1, 1, "a mapping"),
        ("just text\n", 1, 1, "a mapping"),
        ("a: 1\n---\nb: 2\n", 2, 1, "second document"),
        ("a: !!python/object:os.system x\n", 1, 4, "tag"),
        ("a: &x [*x]\n", 1, 8, "itself"),
        ("a: *x\n", 1, 4, "*x stands for nothing"),
        ("{a: 1}: 2\n", 1, 1, "a key must be a word"),
        ("? [a]\n: 2\n", 1, 3, "a key must be a word"),
        ("a: " + "[" * 1000, 1, 43, "nested deeper"),
        ("a: @x\n", 1, 4, "not YAML"),
    ],
)
def test_what_is_not_meant_is_refused(text: str, line: int, column: int, words: str) -> None:
    """Each slip is a fault where it stands, never a traceback."""
    _, faults = parse(text)
    assert [(fault.line, fault.column) for fault in faults] == [(line, column)], faults
    assert words in faults[0].message


def test_an_alias_may_be_used() -> None:
    """A value given once may stand in several places."""
    node, faults = parse("a: &x {b: 1}\nc: *x\n")
    assert node is not None and not faults
    assert node.plain() == {"a": {"b": "1"}, "c": {"b": "1"}}


def test_aliases_are_counted_as_what_they_stand_for() -> None:
    """A bomb is refused as soon as it would hold too much."""
    text = "a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"
    text += "".join(f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 30))
    node, faults = parse(text)
    assert node is None
    assert f"more than {MOST_NODES:,}" in faults[0].message


@pytest.mark.parametrize("code", ["\\0", "\\x07", "\\u202e", "\\e"])
def test_a_code_stands_for_no_control_character(code: str) -> None:
    """What a file may not hold cannot come in by its code."""
    _, faults = parse(f'a: "x{code}y"\n')
    (fault,) = faults
    assert (fault.line, fault.column) == (1, 4) and "a control character" in fault.message


@pytest.mark.parametrize(
    "text", ["%YAML 3.0\n---\na: 1\n", "%FOO\na: 1\n", "!<a: 1\n", "a: !<x\n", 'a: "\\ud800"\n']
)
def test_the_parsers_own_words_are_not_shown(text: str) -> None:
    """What it met is shown, with what to write."""
    _, faults = parse(text)
    (fault,) = faults
    assert "write" in fault.message
    assert not any(word in fault.message for word in ("found", "expected", "scanning", "directive", "token"))
