"""The registers of sources: the shipped one (S1, S2, ...) and the case's own (L1, L2, ...)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from casebuilder.errors import Fault
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.inputs.shape.schema import SourceGiven, check
from casebuilder.inputs.values import Source

SOURCES = "sources.yaml"
_OWN = re.compile(r"L([0-9]+)")
CALENDAR = Source("calendar", "The calendar of case.yaml")


def read_sources(files: Files) -> dict[str, Source]:
    """Both registers as one; what is wrong with them goes to the faults of `files`."""
    register: dict[str, Source] = {CALENDAR.id: CALENDAR}
    shipped = _shipped(files.reference)
    if shipped is not None:
        _read(files, shipped, "S", register)
    if (files.folder / SOURCES).exists():
        _read(files, files.folder / SOURCES, "L", register)
    return register


def next_id(known: Iterable[str]) -> str:
    """The next id of a case's own source: after the highest, since ids are never used again."""
    numbers = (int(match[1]) for id in known if (match := _OWN.fullmatch(id)))
    return f"L{max(numbers, default=0) + 1}"


def check_source(id: str, place: Place, register: dict[str, Source], faults: list[Fault]) -> bool:
    """Whether a source is in a register; a fault where it is not."""
    if id in register:
        return True
    hint = nearest(id, register)
    several = [part for part in re.split(r"\s*(?:,|;|&|\+| and )\s*", id) if part in register]
    if len(several) > 1:
        hint = f": a value has one source; write {several[0]}, and name the others in the note"
    elif not hint and not re.fullmatch(r"[LS][0-9]+", id):
        hint = ": give it an id in sources.yaml, L1, L2 and so on, and write that"
    elif not hint:
        own = [known for known in register if known.startswith("L")]
        hint = f"; sources.yaml has {listed(own)}" if own else "; sources.yaml has none"
        hint += ": register it there, or write the id of another"
    faults.append(place.fault(f"source '{id}' is in no register of sources{hint}"))
    return False


def _shipped(reference: Path | None) -> Path | None:
    """The shipped register: it lies in the reference set or beside it."""
    if reference is None:
        return None
    places = (reference / SOURCES, reference.parent / SOURCES)
    return next((path for path in places if path.is_file()), None)


def _read(files: Files, path: Path, letter: str, register: dict[str, Source]) -> None:
    """Add one file's entries to the register."""
    node = files.load(path)
    for id, entry in (node.mapping if node else {}).items():
        place = node.key_place(id) if node else Place(files.shown(path))
        if id in register:
            files.faults.append(place.fault(f"source '{id}' is already in the shipped register"))
        elif not re.fullmatch(rf"{letter}[0-9]+", id):
            files.faults.append(place.fault(f"'{id}' is no id of this register: {letter}1, {letter}2, ..."))
        elif not isinstance(entry.value, dict):
            files.faults.append(entry.place.fault(f"source '{id}' must be a mapping with a title"))
        else:
            before = len(files.faults)
            given = check(SourceGiven, entry, place, files.faults)
            if given:
                texts = given.title, given.address, given.date, given.licence, given.note, given.about
                register[id] = Source(id, *texts)
            elif len(files.faults) > before:
                # Known, though badly described: values that name it are not at fault for that.
                register[id] = Source(id, id)
