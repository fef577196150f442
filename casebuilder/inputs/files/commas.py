"""Commas inside brackets, which end a value in YAML: numbers and texts that they have cut."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casebuilder.inputs.files.habits import habit_of
from casebuilder.inputs.files.prose import PROSE
from casebuilder.inputs.files.scalars import shown

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_UNSPLIT = re.compile(
    r"(?P<key>[A-Za-z]\w*|\d{4}/\d{2}|\d{4}-\d{2})(?:\s*[:=]\s*|\s+(?=[-£\d]))(?P<value>\S.*)"
)
_LONGEST = 60


def joined(whole: str, key: str, before: str, rest: str) -> tuple[str, str] | None:
    """The value that a comma inside { } has cut, and what is said of it; None where none was.

    Parameters
    ----------
    whole
        The text from the start of the value to the end of the key without a value.
    key
        The key that the value stands under.
    before
        The value as read so far: its first part.
    rest
        The key without a value.
    """
    found = habit_of(whole) if re.search(r"\d", whole) else None
    if found is not None and found.number is not None and re.match(r"\d", rest):
        number = shown(found.number)
        unsure = " if it is a decimal point" if found.kind == "comma" else ""
        said = f"a comma inside {{ }} ends the value: write {number} for {_short(whole)}{unsure}"
        return number, said
    if key not in PROSE and _NAME.fullmatch(rest) and not re.search(r"\s", before):
        # A name of its own: its value was forgotten.
        return None
    return whole, f'a comma inside {{ }} ends the value: put the text in quotes: "{_short(whole)}"'


def unsplit(key: str) -> tuple[str, str] | None:
    """The key and the value of an entry in { } whose colon has no blank after it or is another sign.

    Parameters
    ----------
    key
        The key without a value: `norwich:1_836`, `norwich=1_836`, `norwich 1_836`.
    """
    found = _UNSPLIT.fullmatch(key)
    return (found["key"], found["value"]) if found else None


def joined_items(items: Sequence[str], marks: Sequence[tuple[int, int]]) -> Iterator[tuple[list[int], str]]:
    """The items of a list in [ ] that are one number, as the numbers of the items and the number.

    A number is cut where three digits follow a comma without a blank, and the list shows otherwise that a
    comma was meant so: a group starts with 0 as no number does, or other items stand apart by a blank.
    """
    close = [
        place > 0
        and bool(re.fullmatch(r"\d{3}(?:\.\d+)?", items[place]))
        and marks[place] == (marks[place - 1][0], marks[place - 1][1] + len(items[place - 1]) + 1)
        for place in range(len(items))
    ]
    groups: list[list[int]] = []
    for place, near in enumerate(close):
        if near and re.fullmatch(r"[-£]*\d{1,3}", items[groups[-1][0]]):
            groups[-1].append(place)
        else:
            groups.append([place])
    cut = [group for group in groups if len(group) > 1]
    sure = any(items[place].startswith("0") for group in cut for place in group[1:])
    if not cut or not (sure or len(groups) > 1):
        return
    for group in cut:
        found = habit_of(",".join(items[place] for place in group))
        if found is not None and found.number is not None:
            yield group, shown(found.number)


def _short(text: str) -> str:
    text = " ".join(text.split()).replace('"', "'")
    return text if len(text) <= _LONGEST else text[:_LONGEST].rstrip() + "..."
