"""Registers of sources that both sides added to: an id that both took is given anew."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from casebuilder.inputs.edit.text import YamlEdit
from casebuilder.inputs.shape.sources import next_id
from casebuilder.inputs.values import Source


def ids_anew(
    mine: Mapping[str, Source], theirs: Mapping[str, Source], new: Collection[str]
) -> dict[str, str]:
    """For ids of B's new sources that A has given to others: what they are called in the result.

    Parameters
    ----------
    mine, theirs
        The registers of A and of B.
    new
        The ids that B has added.
    """
    by_content = {_content(source): id for id, source in mine.items()}
    known = {*mine, *theirs}
    found: dict[str, str] = {}
    for id in new:
        if id not in mine or mine[id] == theirs[id]:
            continue
        same = by_content.get(_content(theirs[id]))
        if same is None:
            same = next_id(known)
            known.add(same)
        found[id] = same
    return found


def _content(source: Source) -> tuple[str, ...]:
    return source.title, source.address, source.date, source.licence, source.note, source.about


def renamed_ids(text: str, ids: Mapping[str, str], kept: Iterable[str] = ()) -> str:
    """A text of B with ids of sources as they are called in the result, in lines that are not in `kept`."""
    if not ids:
        return text
    old = set(kept)
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, ids))})\b")
    lines = text.splitlines(keepends=True)
    return "".join(line if line in old else pattern.sub(lambda match: ids[match[1]], line) for line in lines)


def with_entries(text: str, theirs: str, wanted: Iterable[str], ids: Mapping[str, str]) -> str:
    """A register with entries of another at its end, as they are written there.

    Parameters
    ----------
    text
        The register of A.
    theirs
        That of B.
    wanted
        The ids of B's entries.
    ids
        Ids that are called otherwise in the result.
    """
    edit = YamlEdit(theirs)
    end = "\r\n" if "\r\n" in text else "\n"
    found = text
    for id in wanted:
        if id not in edit.root.keys:
            continue
        entry = theirs[edit.root.keys[id][0] : edit.root.spans[id][1]].rstrip()
        entry = ids.get(id, id) + entry[len(id) :]
        gap = "" if not found or found.endswith(("\n", "\r")) else end
        found += gap + end.join(entry.splitlines()) + end
    return found
