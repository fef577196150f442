"""Broken cases: each fault is shown at its file, line and column, with what would be right.

Every test takes the small good case of `broken/good`, breaks one thing and reads it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebuilder.algebra.terms import Input
from casebuilder.errors import Fault, InputError
from casebuilder.inputs.read import read_case
from tests.declared import DIMENSIONS
from tests.edited import replace_once

GOOD = Path(__file__).parent / "broken" / "good"


def declare(key: str, unit: str, over: tuple[str, ...] = (), **more: object) -> Input:
    """An input with its key, as a chapter would give it."""
    declared = Input(f"The {key}", unit, over, **more)  # type: ignore[arg-type]
    declared.chapter, declared.name = key.split(".")
    return declared


INPUTS = (
    declare("equipment.unit_price", "GBP_real / item", ("equipment",)),
    declare("equipment.life", "years", ("site", "equipment")),
    declare("equipment.route", "choice", choices=("alone", "pool", "lease")),
    declare("demand.growth", "share", ("year",), low=None),
    declare("demand.referrals", "tests / month", ("site", "test", "month")),
    declare("demand.rooms", "rooms", ("site",), whole=True),
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the good case, free to be broken."""
    shutil.copytree(GOOD, tmp_path / "good")
    return tmp_path / "good" / "case"


@pytest.fixture
def faults_of(case: Path) -> Callable[..., list[Fault]]:
    """Reads the case and gives its faults, their files named from the case folder."""

    def read(*sets: str) -> list[Fault]:
        with pytest.raises(InputError) as caught:
            read_case(case, INPUTS, DIMENSIONS, sets=sets, reference=case.parent / "reference")
        return [
            Fault(fault.file.removeprefix(f"{case}/"), fault.line, fault.column, fault.message)
            for fault in caught.value.faults
        ]

    return read


def test_the_good_case_has_no_fault(case: Path) -> None:
    """The case that the others break is read without a fault."""
    read = read_case(case, INPUTS, DIMENSIONS, reference=case.parent / "reference")
    assert set(read.values) == {declared.key for declared in INPUTS}


E, D, C = "equipment.yaml", "demand.yaml", "case.yaml"
CSV = "data/referrals.csv"
BROKEN: dict[str, dict[str, Any]] = {
    what: broken
    for file in ("broken.yaml", "habits.yaml")
    for what, broken in yaml.safe_load((GOOD.parent / file).read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_fault_is_shown_where_it_is(case: Path, faults_of: Callable[..., list[Fault]], what: str) -> None:
    """A broken case gives one fault, at its line and column, that says what would be right."""
    broken = BROKEN[what]
    replace_once(case / broken["file"], broken["old"], broken["new"])
    shown = [str(fault).replace(f"{case.parent}/", "../") for fault in faults_of()]
    matching = [text for text in shown if text.startswith(f"{broken['at']}: ")]
    assert matching, f"no fault at {broken['at']}: {shown}"
    assert all(word in matching[0] for word in broken["says"]), matching[0]
    if not broken.get("others"):
        assert len(shown) == 1, f"faults that only follow from the first: {shown}"


def test_several_faults_are_shown_in_one_run(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Faults of several files and layers come together, in the order of file and line."""
    replace_once(case / E, "value: pool", "value: pol")
    replace_once(case / E, "{ct: 650_000}", "{ct: -1}")
    replace_once(case / D, "unit: share", "unit: GBP_real")
    replace_once(case / C, "horizon: 5", "horizon: 5\ncolour: red")
    replace_once(case / CSV, "250", "many")
    places = [f"{fault.file}:{fault.line}:{fault.column}" for fault in faults_of("demand.rooms[north]=x")]
    assert places == ["--set:1:21", f"{C}:6:1", f"{CSV}:5:18", f"{D}:2:9", f"{E}:2:16", f"{E}:15:10"]


def test_a_file_that_is_not_utf8_is_a_fault(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """A byte of another encoding is shown where it stands."""
    data = (case / D).read_bytes().replace(b"unit: share", b"unit: caf\xe9")
    (case / D).write_bytes(data)
    (fault,) = faults_of()
    assert (fault.file, fault.line, fault.column) == (D, 2, 12)
    assert "UTF-8" in fault.message


def test_a_loop_of_includes_is_printed(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Files that include each other are one fault, with the whole loop."""
    (case / "a.yaml").write_text("include: [b.yaml]\n", encoding="utf-8")
    (case / "b.yaml").write_text("include: [a.yaml]\n", encoding="utf-8")
    (fault,) = faults_of()
    assert (fault.file, fault.line, fault.column) == ("b.yaml", 1, 11)
    assert fault.message == "include loop: a.yaml -> b.yaml -> a.yaml"


def test_an_include_outside_the_case_is_refused(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Nothing outside the case folder and the reference set is read."""
    replace_once(case / D, "growth:", "include: [../../../etc/passwd]\ngrowth:")
    (fault,) = faults_of()
    assert (fault.file, fault.line, fault.column) == (D, 1, 11)
    assert "outside" in fault.message


def test_an_alias_bomb_is_refused(case: Path, faults_of: Callable[..., list[Fault]]) -> None:
    """Aliases of aliases that would fill the memory are counted and refused."""
    lines = ["a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    (case / "bomb.yaml").write_text("\n".join(lines), encoding="utf-8")
    (fault,) = faults_of()
    assert (fault.file, fault.line) == ("bomb.yaml", 5)
    assert "aliases" in fault.message


def test_an_input_that_no_file_gives_points_at_its_chapter(
    case: Path, faults_of: Callable[..., list[Fault]]
) -> None:
    """What is missing altogether is shown at the start of the file it belongs in."""
    (case / D).write_text("", encoding="utf-8")
    faults = faults_of()
    assert {(fault.file, fault.line, fault.column) for fault in faults} == {(D, 1, 1)}
    assert "demand.growth is missing (The demand.growth: share, over [year])" in [f.message for f in faults]


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("demand.room=2", 1, "did you mean 'demand.rooms'?"),
        ("prefered:demand.rooms=2", 1, "did you mean 'preferred'?"),
        ("demand.rooms[sout]=2", 14, "did you mean 'south'?"),
        ("demand.rooms=-1", 14, "-1 is negative"),
        ("demand.rooms", 1, "is not KEY=VALUE"),
        ("equipment.life[south,mri]=5", 16, "does not exist"),
        ("preferred:equipment.route=pol", 27, "did you mean 'pool'?"),
    ],
)
def test_a_bad_set_is_a_fault(
    faults_of: Callable[..., list[Fault]], text: str, column: int, words: str
) -> None:
    """A --set that cannot be meant is shown at the column where it goes wrong."""
    (fault,) = faults_of(text)
    assert (fault.file, fault.line, fault.column) == ("--set", 1, column)
    assert words in fault.message


def test_a_folder_that_is_no_case_is_a_fault(tmp_path: Path) -> None:
    """A folder without case.yaml, or none at all, is said to be that."""
    for folder, words in ((tmp_path, "case.yaml"), (tmp_path / "none", "no such folder")):
        with pytest.raises(InputError, match=words):
            read_case(folder, INPUTS, DIMENSIONS, reference=GOOD / "reference")


def test_a_loop_through_chapters_is_all_that_is_said(
    case: Path, faults_of: Callable[..., list[Fault]]
) -> None:
    """Chapters that include each other do not make every input missing as well."""
    for file, other in ((D, E), (E, D)):
        text = (case / file).read_text(encoding="utf-8")
        (case / file).write_text(f"include: [{other}]\n{text}", encoding="utf-8")
    assert [fault.message.split(":")[0] for fault in faults_of()] == ["include loop"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("horizon: 5", "horizon: 126"),
        ("months: 24", "months: 23"),
        ("2021/22", "2021/23"),
        ("horizon: 5\n", ""),
    ],
)
def test_dates_at_fault_hide_nothing_else(
    case: Path, faults_of: Callable[..., list[Fault]], old: str, new: str
) -> None:
    """What does not run over time is read all the same, and nothing follows from the bad dates."""
    replace_once(case / C, old, new)
    replace_once(case / E, "{ct: 650_000}", "{ct: -1}")
    replace_once(case / E, "value: pool", "value: pol")
    files = [fault.file for fault in faults_of("demand.rooms[north]=x")]
    assert files == ["--set", C, E, E]


def test_a_claim_is_about_a_headline(case: Path) -> None:
    """Where the headlines are known, another name is a fault with the nearest of them."""
    with pytest.raises(InputError, match=r"case\.yaml:20:16: 'capital_pdc' is no headline; did you mean"):
        read_case(
            case, INPUTS, DIMENSIONS, reference=case.parent / "reference", headlines=("capital_pcd", "npsv")
        )
