"""What lies beside the files of a case, and what nothing uses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.values import CaseInputs

LITTER = [
    "~$equipment.yaml",
    ".~lock.equipment.yaml#",
    "._equipment.yaml",
    ".hidden.yaml",
    "Thumbs.db",
    ".DS_Store",
    "desktop.ini",
    "equipment.yaml~",
    "equipment.yaml.bak",
    "data/~$referrals.csv",
    "options/~$bau.yaml",
]


@pytest.fixture(autouse=True)
def sourced(folder: Path) -> None:
    """The option's own value has a source, so that the good case has nothing to warn of."""
    path = folder / "options" / "preferred.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("note:", "source: L1, state: local, note:"), encoding="utf-8")


def test_locks_and_backups_are_left_alone(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """What Excel, Word, editors and systems leave behind is no part of a case."""
    for name in LITTER:
        (folder / name).write_bytes(b"\x05\x00user\xff")
    assert not read().warnings


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("equipment (1).yaml", "looks like a copy of equipment.yaml"),
        ("Copy of equipment.yaml", "looks like a copy of equipment.yaml"),
        ("equipment - Copy.yaml", "looks like a copy of equipment.yaml"),
        ("equipment_old.yaml", "looks like a copy of equipment.yaml"),
        ("equipment.yml", "equipment.yaml is; delete one of the two"),
        ("equipment.yaml.txt", "equipment.yaml is; delete one of the two"),
        ("risks.YAML", "rename it risks.yaml"),
        ("options/mobile.yaml", "case.yaml does not name it"),
        ("data/old.csv", "named nowhere in the case"),
        ("data/old/referrals.csv", "named nowhere in the case"),
        ("data/old", "named nowhere in the case"),
        ("equipment.json", "a chapter ends in .yaml"),
        ("equipment", "a chapter ends in .yaml"),
        ("referrals.csv", "tables are CSV files in data/"),
        ("prices.xlsx", "tables are CSV files in data/"),
        ("chapters/equipment.yaml", "nothing in chapters/ is read (chapters/equipment.yaml)"),
        ("old/data/referrals.csv", "nothing in old/ is read"),
        ("other/case.yaml", "a case of its own"),
        ("options/old/preferred.yaml", "case.yaml does not name it"),
        ("options/preferred.csv", "rename it preferred.yaml"),
        ("options/preferred.yml", "rename it preferred.yaml"),
        ("options/mobile", "case.yaml does not name it"),
        ("scenarios/high.yml", "scenarios/high.yml is not read: rename it high.yaml"),
        ("scenarios/high.yaml.txt", "rename it high.yaml"),
        ("scenarios/high.csv", "a scenario ends in .yaml"),
        ("scenarios/old/high.yaml", "a scenario lies in scenarios/ itself"),
        ("options/bau.yaml.txt", "case.yaml does not name it"),
    ],
)
def test_what_is_not_read_is_said(
    folder: Path, read: Callable[..., CaseInputs], name: str, words: str
) -> None:
    """Copies, wrong endings and tables that nothing reads are warned of at their first line."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("value: 1\n", encoding="utf-8")
    (warning,) = read().warnings
    assert warning.file.endswith(name) and warning.line == 1 and words in warning.message


@pytest.mark.parametrize(
    "name",
    [
        "README",
        "README.md",
        "LICENSE",
        "NOTICE.txt",
        "SOURCES.txt",
        "data/SOURCES",
        "notes.txt",
        "minutes.md",
        "papers/board.pdf",
        ".git/config",
        ".gitignore",
        "options/README.md",
        "scenarios/notes.txt",
    ],
)
def test_texts_for_people_are_left_alone(folder: Path, read: Callable[..., CaseInputs], name: str) -> None:
    """Nobody takes them for a part of the case."""
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("value: 1\n", encoding="utf-8")
    assert not read().warnings


def test_a_folder_that_is_not_read_is_told_once(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """With the first few of its files; one that a chapter includes is read."""
    (folder / "shared").mkdir()
    for name in ("a", "b", "c"):
        (folder / "shared" / f"{name}.yaml").write_text("", encoding="utf-8")
    path = folder / "equipment.yaml"
    path.write_text("include: [shared/a.yaml]\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    (warning,) = read().warnings
    assert "nothing in shared/ is read (shared/b.yaml, shared/c.yaml)" in warning.message


def test_warnings_stand_beside_faults(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """A file that is not read may be the cause of what is missing."""
    (folder / "equipment.yaml").rename(folder / "equipment.yml")
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert "equipment.yml is not read: rename it equipment.yaml" in fault.message
    assert "2 inputs are missing" in fault.message
    assert [warning.file.rpartition("/")[2] for warning in caught.value.warnings] == ["equipment.yml"]


def test_a_missing_file_is_told_once(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """With the inputs that it lacks."""
    (folder / "demand.yaml").unlink()
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert fault.file.endswith("demand.yaml") and "no such file" in fault.message
    assert all(key in fault.message for key in ("demand.growth", "demand.referrals", "demand.rooms"))


def test_a_file_named_after_no_chapter_is_told_once(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """Not once for each of its blocks."""
    (folder / "equipments.yaml").write_text("lease: {value: 1}\nrent: {value: 2}\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read()
    (fault,) = caught.value.faults
    assert "no chapter is called 'equipments'" in fault.message
    assert "did you mean 'equipment'?" in fault.message


def test_members_with_one_label_are_warned_of(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """Readers could not tell them apart."""
    path = folder / "case.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("South centre", "North centre"), encoding="utf-8")
    (warning,) = read().warnings
    assert "'north' and 'south' of site have one label" in warning.message and warning.line == 8


def test_an_override_that_changes_nothing_is_warned_of(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """In one line, with the option and the key."""
    path = folder / "options" / "preferred.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("south: 2", "south: 1"), encoding="utf-8")
    (warning,) = read().warnings
    assert "preferred:demand.rooms" in warning.message and (warning.line, warning.column) == (3, 3)


def test_sources_that_nothing_cites_are_counted(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """One line, with the first few; a note that names a source cites it."""
    lines = "".join(f"L{n}: {{title: Paper {n}}}\n" for n in range(2, 17))
    path = folder / "sources.yaml"
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")
    (warning,) = read().warnings
    assert warning.message.startswith("15 sources are cited by nothing") and "and 10 more" in warning.message
    path = folder / "equipment.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  note: As in L2 and L3.\n", encoding="utf-8")
    (warning,) = read().warnings
    assert warning.message.startswith("13 sources")


def test_a_scenario_that_stands_twice_is_to_go(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """With another ending, or as a copy."""
    text = "label: High\ninputs:\n  demand.rooms: {value: 4, source: S1, state: chosen}\n"
    (folder / "scenarios").mkdir()
    for name in ("high.yaml", "high.yml", "high (1).yaml"):
        (folder / "scenarios" / name).write_text(text, encoding="utf-8")
    said = [warning.message for warning in read().warnings]
    assert said == [
        "scenarios/high (1).yaml is not read: it looks like a copy of high.yaml; delete or rename it",
        "scenarios/high.yml is not read: high.yaml is; delete one of the two",
    ]
