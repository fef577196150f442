"""Add a member or an option to a case: what it needs in every file, proved before anything is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from casebuilder.algebra.dimensions import OPTION
from casebuilder.case import Case
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.evaluate.notes import left_to_do
from casebuilder.inputs.dm01.names import read_labels
from casebuilder.inputs.files.includes import Files
from casebuilder.inputs.files.scalars import MEMBER_ID, bare, listed, nearest
from casebuilder.inputs.read import bind_what_there_is
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables
from casebuilder.inputs.shape.frame import RESERVED, shipped_members
from casebuilder.resources import resource
from casebuilder.tasks.add.blocks import PROVIDER, BlockCopier, Newcomer
from casebuilder.tasks.add.case_file import put_into_case
from casebuilder.tasks.add.documents import Documents
from casebuilder.tasks.add.lacking import give_lacking
from casebuilder.tasks.add.option import add_option
from casebuilder.tasks.add.own_lists import OwnLists, own_lists, why_copied
from casebuilder.tasks.schema import renew
from casebuilder.tasks.together import write_together
from casebuilder.tasks.trial import copy_of, in_the_case, lay, read_trial
from casebuilder.tasks.whole_check import whole_check

KINDS = {"site": "site", "test": "test", "trust": "provider", "option": OPTION}
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Written:
    """A file that was changed: its path within the case, and how many of its lines are new, or are others."""

    file: str
    new: int
    others: int


@dataclass(frozen=True)
class Added:
    """What was added, and where.

    Attributes
    ----------
    case
        The case as it is now.
    files
        The files that were changed, in order.
    to_do
        How many things are left to do about what was added, and in all.
    notes
        What is not a copy, and where it is from.
    """

    case: Case
    label: str
    files: tuple[Written, ...]
    to_do: tuple[int, int]
    notes: tuple[str, ...] = ()


def _faults(case: Case, tell: Tell) -> tuple[Fault, ...]:
    """All that is wrong with a case that could be read."""
    return whole_check(case, tell).faults


def add(
    kind: str,
    name: str,
    other: str,
    case: Case,
    label: str = "",
    tell: Tell = lambda _: None,
    faults_of: Callable[[Case, Tell], Sequence[Fault]] = _faults,
) -> Added:
    """Put a member, or an option, into every file in which another stands, and mark what was copied.

    Parameters
    ----------
    kind
        One of `KINDS`.
    name, other
        The id of the new one, and of the one that it is like.
    case
        A case that was read without a fault.
    label
        What it is called; by default its id as words.
    tell
        Told the name of each stage.
    faults_of
        What is wrong with a case that could be read; by default the whole check.

    Raises
    ------
    InputError
        With it the case would be at fault, or a check would fail that holds now: nothing is written.
    CaseError
        The name will not do, or the other is not there.
    """
    dimension, frame = KINDS[kind], case.inputs.frame
    known = frame.option_ids if dimension == OPTION else frame.ids(dimension)
    _check_name(kind, name, other, known)
    clashes = frozenset(each for each, ids in frame.positions.items() if name in ids)
    newcomer = Newcomer(dimension, name, other, label or _label(kind, name, case), clashes)
    documents = Documents(case.folder)
    notes: tuple[str, ...] = ()
    if dimension == OPTION:
        add_option(documents, newcomer)
    else:
        own = _add_member(documents, newcomer, case)
        if dimension == PROVIDER:
            notes = own.notes if own is not None else (why_copied(case, name, other),)
    tell("Proving the case with it")
    with copy_of(case.folder) as trial:
        if dimension != OPTION:
            lay(documents.results(), case.folder, trial)
            # A trust differs from the other on purpose: in its shares, and in what it hosts.
            named = dimension == PROVIDER or _is_known(case, newcomer)
            now = bind_what_there_is(trial, case.model.inputs, case.model.dimensions)
            give_lacking(documents, newcomer, case.inputs.values, now, known=named)
        lay(documents.results(), case.folder, trial)
        proved = _proved(case, trial, lambda one: faults_of(one, tell))
        files = documents.results()
        written = tuple(_written(case.folder, path, data) for path, data in sorted(files.items()))
        left = left_to_do(proved.problem)
    write_together(files)
    renew(case.folder)
    mine = sum(newcomer.said_of(each.what) for each in left)
    return Added(proved, newcomer.label, written, (mine, len(left)), notes)


def _check_name(kind: str, name: str, other: str, known: tuple[str, ...]) -> None:
    if other not in known:
        hint = nearest(other, known) or f"; there are {listed(known, 12)}"
        raise CaseError(f"--like {other}: the case has no such {kind}{hint}")
    if name in known:
        raise CaseError(f"the case has a {kind} '{name}' already: choose another name")
    if not re.fullmatch(MEMBER_ID, name) or name in RESERVED:
        right = bare(name)
        good = bool(re.fullmatch(MEMBER_ID, right)) and right not in (*known, *RESERVED)
        why = (
            "is a word of the format"
            if name in RESERVED
            else "is no id: lower case letters, digits and _, a letter first"
        )
        raise CaseError(f"'{name}' {why}{f'; write {right}' if good else ''}")


def _label(kind: str, name: str, case: Case) -> str:
    """What it is called elsewhere: a trust in DM01, a member in the reference set; else its id as words."""
    reference, words = resource("assumptions/reference"), name.replace("_", " ").capitalize()
    if kind == "trust":
        data = reference / "data"
        names = read_labels(data / read_fitted_tables(data).tables.provider_names.file, "provider")
        return names.get(name.upper(), words)
    members = shipped_members(Files(case.folder, reference), case.model.dimensions)
    return next((member.label for member in members.get(KINDS[kind], ()) if member.id == name), words)


def _is_known(case: Case, newcomer: Newcomer) -> bool:
    """Whether the reference set names a newcomer: the case as it is has no such member, and so does not."""
    before = bind_what_there_is(case.folder, case.model.inputs, case.model.dimensions)
    return (newcomer.dimension, newcomer.name) in before.named


def _add_member(documents: Documents, newcomer: Newcomer, case: Case) -> OwnLists | None:
    """Put a member into the files; gives the lists of its own that a trust has."""
    over = {key: given.input.over for key, given in case.inputs.values.items()}
    copier = BlockCopier(documents, newcomer, over)
    labels: dict[str, dict[str, str]] = {}
    own = own_lists(case, newcomer.name) if newcomer.dimension == PROVIDER else None
    lacking = own.lacking if own is not None else None
    put_into_case(documents.edit(documents.folder / "case.yaml"), newcomer, copier, labels, lacking)
    for found in documents.blocks():
        copier.put(found)
    for name, (columns, divided) in copier.columns.items():
        table = documents.table(name)
        if own is not None and own.belong_in(table):
            own.put(table, newcomer)
            continue
        for column in sorted(columns):
            for rows in table.runs(column, newcomer.other):
                cells = {column: newcomer.name, **labels.get(name, {})}
                table.copy_rows(rows, cells, divided, newcomer.copied, newcomer.shared)
    return own


def _proved(case: Case, trial: Path, faults_of: Callable[[Case], Sequence[Fault]]) -> Case:
    """The case with what was added, checked as a whole; its faults are told in the files as they would be."""
    proved = read_trial(case.folder, trial)
    faults = faults_of(proved)
    if faults:
        # What was at fault before stays the case's own.
        before = {fault.message.partition(" (")[0] for fault in faults_of(case)}
        new = [fault for fault in faults if fault.message.partition(" (")[0] not in before]
        if new:
            raise InputError([in_the_case(fault, case.folder, trial) for fault in new])
    return proved


def _written(folder: Path, path: Path, data: bytes) -> Written:
    old = path.read_bytes().decode("utf-8").splitlines() if path.is_file() else []
    new = data.decode("utf-8").splitlines()
    others = fresh = 0
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            others += min(b - a, d - c)
            fresh += max(0, (d - c) - (b - a))
    return Written(path.relative_to(folder.resolve()).as_posix(), fresh, others)
