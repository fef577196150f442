"""Sources that were typed beside values: entries of a register by their id, or new ones of the case's own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from casebuilder.inputs.edit.text import quoted
from casebuilder.inputs.edits import Edit
from casebuilder.inputs.shape.sources import SOURCES, next_id
from casebuilder.inputs.values import Source

LOCAL = "local"
_ID = re.compile(r"([SL][0-9]+)(?::.*)?")


def id_in(text: str) -> str:
    """The id that a text begins with, as `S34` or `S34: title`; empty where it begins with none."""
    found = _ID.fullmatch(text.strip())
    return found[1] if found else ""


def with_sources(
    folder: Path, register: Mapping[str, Source], edits: Sequence[Edit], file: str, today: date
) -> tuple[list[Edit], dict[Path, bytes]]:
    """The edits with ids for sources, and the case's register where it gains any.

    Parameters
    ----------
    folder
        The case.
    register
        The sources that there are, by id.
    edits
        Each with what was typed for its source: an id of the register, or a text.
    file
        The name of the file that they were typed in, which a new source names.
    today
        The day that a new source is dated.
    """
    titles = {source.title: id for id, source in register.items()}
    new: dict[str, str] = {}
    found: list[Edit] = []
    for edit in edits:
        text = " ".join(edit.source.split())
        if not text:
            found.append(edit)
            continue
        id = id_in(text) or titles.get(text) or new.get(text)
        if id is None:
            id = new[text] = next_id({*register, *new.values()})
        found.append(replace(edit, source=id, state=LOCAL))
    if not new:
        return found, {}
    path = folder / SOURCES
    data = path.read_bytes() if path.is_file() else b""
    text = data.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    entries = "".join(_entry(id, title, file, today, end) for title, id in new.items())
    gap = "" if not text or text.endswith(("\n", "\r")) else end
    return found, {path: f"{text}{gap}{entries}".encode()}


def _entry(id: str, title: str, file: str, today: date, end: str) -> str:
    lines = (
        f"{id}:",
        f"  title: {quoted(title)}",
        '  address: ""',
        f'  date: "{today.isoformat()}"',
        '  licence: ""',
        f"  note: {quoted(f'Typed in {file}.')}",
    )
    return "".join(f"{line}{end}" for line in lines)
