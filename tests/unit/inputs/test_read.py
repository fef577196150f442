"""A whole case: what comes out, and its hash."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from casebuilder.inputs.values import CaseInputs, Claim


def test_a_case_is_read_whole(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """Its own facts, options with labels, claims and sources."""
    case = read()
    assert (case.info.name, case.info.base_year, case.info.first_month) == ("case", "2021/22", "2021-04")
    assert [option.label for option in case.frame.options] == ["Business as usual", "Preferred: both centres"]
    assert case.claims == (Claim("capital_pdc", "preferred", 52_000_000.0, 0.01, "L1"),)
    assert set(case.sources) == {"S1", "L1", "calendar"}
    assert case.values["demand.rooms"].option_origins["preferred"].note == "A second room."


def test_an_option_gives_only_what_differs(read: Callable[..., CaseInputs]) -> None:
    """Other members take the base value; a value without a source of its own is unverified."""
    rooms = read().values["demand.rooms"]
    assert set(rooms.options) == {"preferred"} and set(rooms.options["preferred"]) == {("south",)}
    origin = rooms.option_origins["preferred"]
    assert (origin.file, origin.line, origin.source, origin.state) == (
        "options/preferred.yaml",
        3,
        "",
        "unverified",
    )
    assert origin.vouched({}) == "value of the case, no source given"


def test_the_hash_is_that_of_the_values(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """A note or the order of files changes nothing, a value does."""
    first = read().sha256
    path = folder / "equipment.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  note: More words.\n", encoding="utf-8")
    assert read().sha256 == first and len(first) == 64
    assert read("demand.rooms[north]=3").sha256 != first
    assert read("preferred:demand.rooms[north]=3").sha256 != first


def test_files_that_are_not_read_are_warned_of(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """An option that case.yaml does not list and a file with the wrong ending."""
    (folder / "options" / "mobile.yaml").write_text("label: Mobile\n", encoding="utf-8")
    (folder / "risks.yml").write_text("", encoding="utf-8")
    said = [warning.message.split()[0] for warning in read().warnings]
    assert said == ["options/mobile.yaml", "demand.rooms:", "risks.yml"]  # the second has no source


def test_a_chapter_may_include_a_shared_file(folder: Path, read: Callable[..., CaseInputs]) -> None:
    """What is included belongs to the chapter that includes it."""
    path = folder / "equipment.yaml"
    text = path.read_text(encoding="utf-8")
    start = text.index("route:")
    (folder / "shared.yaml").write_text(text[start:], encoding="utf-8")
    path.write_text("include: [shared.yaml]\n" + text[:start], encoding="utf-8")
    case = read()
    assert case.values["equipment.route"].base[()].amount == "pool"
    assert case.values["equipment.route"].base_origin.file == "shared.yaml"
