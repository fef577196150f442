"""What vouches for edited values: entries of `apart:`; and the marks of what was to be done about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from casebuilder.inputs.assumed.apart import APART, VALUE
from casebuilder.inputs.edit.group import Group, vouched_state
from casebuilder.inputs.edit.text import Part, quoted
from casebuilder.inputs.edit.tree import Entries, TreeEdit, in_one_line
from casebuilder.inputs.files.tables import TO_DO
from casebuilder.inputs.values import Members, Origin


def said_apart(
    group: Group,
    changed: Collection[Members],
    kept: Mapping[Members, Origin],
    standing: Callable[[Members], Origin],
    forced: Collection[Members],
) -> dict[str, Entries]:
    """The entries of `apart:` that a block needs, by their keys.

    Parameters
    ----------
    group
        The edits.
    changed
        The combinations whose value is written.
    kept
        Those that are restated as they were, with what vouches for them.
    standing
        What would vouch for a value without an entry.
    forced
        Combinations that need one whatever stands.
    """
    found: dict[str, Entries] = {}
    for members, edit in group.edits.items():
        there, said = standing(members), (edit.source, vouched_state(edit))
        if members not in changed and not edit.source:
            # Nothing but a range or a note came with it: what vouches for the value does so still.
            said = group.origin(members).source, group.origin(members).state
        same = (there.source, there.state) == said
        if members in forced or not same or edit.note not in ("", there.note):
            found[key_of(members)] = _entry(*said, edit.note)
    for members, origin in kept.items():
        there = standing(members)
        if (there.source, there.state) != (origin.source, origin.state):
            found[key_of(members)] = _entry(origin.source, origin.state, origin.note)
    return found


def key_of(members: Members) -> str:
    """The key of a combination's entry."""
    return ",".join(members) or VALUE


def _entry(source: str, state: str, note: str) -> Entries:
    said = [("source", source), ("state", state), ("note", quoted(" ".join(note.split())) if note else "")]
    return [(name, text) for name, text in said if text]


def lines_of(entries: Mapping[str, Entries]) -> list[tuple[str, str]]:
    """Entries of `apart:`, one a line."""
    return [(key, in_one_line(entry)) for key, entry in entries.items()]


def put_apart(edit: TreeEdit, block: Part, after: str, entries: Mapping[str, Entries]) -> None:
    """Put entries into a block: into its `apart:`, or with a new one after a key."""
    if not entries:
        return
    there = block.get(APART)
    if there is None or not there.mapping:
        edit.put_below(block, after, APART, lines_of(entries))
        return
    if edit.is_alias(block, APART):
        old = edit.copied_entries(there)
        rest = [(key, text) for key, text in old if _plain(key) not in map(_plain, entries)]
        edit.set_value(block, APART, in_one_line([*rest, *lines_of(entries)]))
        return
    edit.touch(there)
    typed = {_plain(key): key for key in there.mapping}
    for key, text in lines_of(entries):
        if _plain(key) in typed:
            edit.set_value(there, typed[_plain(key)], text)
        elif there.flow:
            edit.put_entry(there, edit.last_of(there), f'"{key}"' if "," in key else key, text)
        else:
            edit.put_entry(there, edit.last_of(there), key, text)


def _plain(key: str) -> str:
    return "".join(key.split()).strip("'\"")


def take_marks(
    edit: TreeEdit, block: Part, group: Group, over: Sequence[str], served: Iterable[Members]
) -> tuple[bool, list[str]]:
    """Take out the marks of what was to be done about edited values.

    Returns
    -------
    bool
        Whether the whole entry goes; the caller takes it out.
    list of str
        What was done, in words.
    """
    entry = block.get(TO_DO)
    if entry is None:
        return False, []
    given = list(served)
    if not entry.mapping:
        said = " ".join((entry.text or "").split())
        if all(members in group.edits for members in given):
            return True, [f"{group.name}: no longer to do: {said}"]
        some = f"{group.name}: still marked, as some of its values are as they were: {said}"
        return False, [some] if any(members in group.edits for members in given) else []
    done, notes = [], []
    for member, text in entry.mapping.items():
        mine = _of_member(group, over, member, given)
        edited = [members for members in mine if members in group.edits]
        said = f"{group.named((member,))}: {{}}{' '.join((text.text or '').split())}"
        if edited and len(edited) == len(mine):
            done.append(member)
            notes.append(said.format("no longer to do: "))
        elif edited:
            notes.append(said.format("still marked, as some of its values are as they were: "))
    if len(done) == len(entry.mapping):
        return True, notes
    if done and edit.is_alias(block, TO_DO):
        rest = [(key, text) for key, text in edit.copied_entries(entry) if _plain(key) not in done]
        edit.set_value(block, TO_DO, in_one_line(rest))
    elif done:
        edit.touch(entry)
        edit.remove_entries(entry, done)
    return False, notes


def _of_member(group: Group, over: Sequence[str], member: str, given: list[Members]) -> list[Members]:
    """The values that a mark by member is about: those of the block's first dimension that has it."""
    dimension = next((name for name in over if member in group.frame.positions.get(name, {})), None)
    if dimension is None:
        return []
    at = group.declared.over.index(dimension)
    return [members for members in given if members[at] == member]
