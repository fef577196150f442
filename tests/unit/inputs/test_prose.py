"""Text is text: shown as it was typed, never cut unsaid."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs
from tests.edited import replace_once

TEXTS = [
    "1.10",
    "010",
    "1e3",
    "5E1",
    "2024-01",
    "yes",
    "no",
    "null",
    "~",
    "true",
    "0x10",
    "1_000",
    ".5",
    "12:30",
]


@pytest.fixture(autouse=True)
def sourced(folder: Path) -> None:
    """The option's own value has a source, so that the good case has nothing to warn of."""
    path = folder / "options" / "preferred.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("note:", "source: L1, state: local, note:"), encoding="utf-8")


@pytest.mark.parametrize("text", TEXTS)
def test_text_is_shown_as_typed(folder: Path, read: Callable[..., CaseInputs], text: str) -> None:
    """A title, a label, a description, a note and a source's title keep every character."""
    replace_once(folder / "case.yaml", "title: Two small centres", f"title: {text}\ndescription: {text}")
    replace_once(folder / "case.yaml", "north: North centre", f"north: {text}")
    replace_once(folder / "equipment.yaml", "value: pool\n", f"value: pool\n  note: {text}\n")
    replace_once(folder / "options" / "bau.yaml", "label: Business as usual", f"label: {text}")
    replace_once(folder / "sources.yaml", "title: The board paper of May", f"title: {text}")
    case = read()
    assert (case.info.title, case.info.description) == (text, text)
    assert next(m.label for m in case.frame.members["site"] if m.id == "north") == text
    assert case.values["equipment.route"].base_origin.note == text
    assert case.frame.options[0].label == text
    assert case.sources["L1"].title == text


@pytest.mark.parametrize("key", ["no", "on", "yes", "null", "off"])
def test_a_key_is_text(folder: Path, read: Callable[..., CaseInputs], key: str) -> None:
    """Words that other readers of YAML turn into true, false or nothing are member ids like any other."""
    replace_once(folder / "case.yaml", "south: South centre}", f"{key}: South centre}}")
    replace_once(folder / "case.yaml", "ct: [north, south]", f"ct: [north, {key}]")
    replace_once(folder / "equipment.yaml", "south:", f"{key}:")
    replace_once(folder / "options" / "preferred.yaml", "south: 2", f"{key}: 2")
    path = folder / "data" / "referrals.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("south", key), encoding="utf-8")
    assert read().frame.ids("site") == ("north", key)


def test_a_choice_may_look_like_a_number(
    folder: Path, read: Callable[..., CaseInputs], inputs: list, declare: Callable
) -> None:
    """A word that an input wants is compared as typed."""
    inputs.append(declare("equipment.edition", "choice", choices=("2.10", "010", "no")))
    path = folder / "equipment.yaml"
    block = "edition: {unit: choice, value: 2.10, source: L1, state: chosen}\n"
    path.write_text(path.read_text(encoding="utf-8") + block, encoding="utf-8")
    assert read().values["equipment.edition"].base[()].amount == "2.10"
    assert read("equipment.edition=010").values["equipment.edition"].base[()].amount == "010"


def test_a_comment_after_text_is_warned_of(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """With a blank after the # it may be a comment, so that the case is read; it is said all the same."""
    replace_once(folder / "case.yaml", "title: Two small centres", "title: Two small centres # at first")
    case = read()
    assert case.info.title == "Two small centres"
    (warning,) = case.warnings
    assert (warning.line, warning.column) == (1, 8) and "ends before # at first" in warning.message


def test_a_comment_after_a_number_is_a_comment(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """Numbers and words that are no prose may be followed by one."""
    replace_once(folder / "case.yaml", "horizon: 5", "horizon: 5 #years")
    assert not read().warnings


@pytest.mark.parametrize(
    ("file", "old", "new", "most", "place"),
    [
        ("equipment.yaml", "value: pool\n", "value: pool\n  note: {}\n", 32_767, (16, 9)),
        ("case.yaml", "title: Two small centres", "title: T\ndescription: {}", 32_767, (2, 14)),
        ("case.yaml", "title: Two small centres", "title: {}", 255, (1, 8)),
        ("case.yaml", "north: North centre", "north: {}", 255, (8, 17)),
    ],
)
def test_text_longer_than_its_cell_is_refused(
    folder: Path,
    read: Callable[..., CaseInputs],
    file: str,
    old: str,
    new: str,
    most: int,
    place: tuple[int, int],
) -> None:
    """One character more than fits is a fault at its place; the longest that fits is read whole."""
    path = folder / file
    before = path.read_text(encoding="utf-8")
    replace_once(path, old, new.format("x" * (most + 1)))
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert (fault.line, fault.column) == place and f"{most:,}" in fault.message
    path.write_text(before, encoding="utf-8")
    replace_once(path, old, new.format("x" * most))
    assert read()


@pytest.mark.parametrize("text", ['""', '" "', '"\\u200b"', '"\\u00a0\\ufeff"'])
@pytest.mark.parametrize(
    ("file", "old", "new", "name"),
    [
        ("case.yaml", "title: Two small centres", "title: {}", "'title'"),
        ("case.yaml", "host: The collaborative", "host: {}", "'host'"),
        ("case.yaml", "north: North centre", "north: {}", "the label of 'north'"),
        ("case.yaml", "label: MRI scanner", "label: {}", "'label'"),
        ("options/bau.yaml", "label: Business as usual", "label: {}", "'label'"),
    ],
)
def test_a_name_that_nobody_sees_is_refused(
    folder: Path, read: Callable[..., CaseInputs], file: str, old: str, new: str, name: str, text: str
) -> None:
    """Nothing, blanks, and characters without a shape."""
    replace_once(folder / file, old, new.format(text))
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert fault.file.endswith(file) and fault.message == f"{name} is empty: write what it is called"
