"""`merge`: two people's edits since their common start in one case; nothing lost, nothing unsaid."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError, InputError
from casebuilder.inputs.edit.change_log import CHANGE_LOG, Logged
from casebuilder.inputs.edit.put import put_edits
from casebuilder.inputs.edits import Amount
from casebuilder.tasks.diff.explained import by_name
from casebuilder.tasks.diff.sides import Opened
from casebuilder.tasks.diff.workbook import own_shown
from casebuilder.tasks.merge.beside import evidence, evidence_clashes, other_clashes
from casebuilder.tasks.merge.lines import A, B
from casebuilder.tasks.merge.logs import by_logs, joined_log, said, since
from casebuilder.tasks.merge.slots import Clash, Slot, Table, edit_of, slot_name, table_of, three_way
from casebuilder.tasks.merge.sources import ids_anew
from casebuilder.tasks.merge.texts import Texts, contents, text_clashes, with_start, without_start

Tell = Callable[[str], None]
_LISTED = 20


@dataclass
class Merge:
    """Two sides as one.

    Attributes
    ----------
    files
        The files of the result, by name within the case.
    gone
        Files of A that the result has not.
    taken
        B's values in the result, as `--set` takes them, each with A's and B's.
    clashes
        What is settled only by saying whose it is.
    notes
        What was done beyond the values.
    case
        The result, read; its folder is a working copy.
    """

    files: dict[str, bytes]
    case: Case
    gone: tuple[str, ...] = ()
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def merge(
    first: Opened,
    second: Opened,
    start: Opened | None,
    into: Path,
    prefer: str | None = None,
    tell: Tell = lambda _: None,
) -> Merge:
    """Join two sides; nothing is written but the working copy.

    Parameters
    ----------
    first, second
        A and B.
    start
        What both began with; None where it is worked out from their change logs.
    into
        An empty folder for the working copy.
    prefer
        Whose side settles clashes: `a`, `b`, or None.
    tell
        Told the name of each stage.

    Raises
    ------
    CaseError
        The result cannot be written so that its values are the three sides' joined.
    """
    return _Joining(first, second, start, into / first.case.name, prefer, tell).merge()


class _Joining:
    """The parts of one merge."""

    def __init__(
        self,
        first: Opened,
        second: Opened,
        start: Opened | None,
        folder: Path,
        prefer: str | None,
        tell: Tell,
    ) -> None:
        self.first, self.second, self.start = first, second, start
        self.folder, self.prefer, self.tell = folder, prefer or A, tell
        self.mine, self.theirs = (table_of(side.case.inputs) for side in (first, second))
        self.rows_a, self.rows_b = self._rows()
        self.clashes: list[Clash] = []
        self.expected, self.taken = self._decided()
        self.new_sources, self.ids = self._sources()

    def merge(self) -> Merge:
        """Decide by value, join the texts, put in what they lack, and prove the result."""
        self.tell("Joining the files")
        texts = self._texts(plainly=False)
        try:
            case = self._trial(texts)
        except InputError:
            if self.start is None:
                raise
            texts = self._texts(plainly=True)
            case = self._trial(texts)
        case, notes = self._put(case)
        self.tell("Proving the result")
        self._prove(case)
        self._look_beside(case, texts)
        files = contents(self.folder)
        before = contents(Path(self.first.case.folder))
        told = [
            (slot_name(slot), own_shown(self.mine.get(slot)), own_shown(self.theirs.get(slot)))
            for slot in self.theirs
            if slot in self.taken
        ]
        gone = tuple(name for name in before if name not in files)
        return Merge(files, case, gone, told, self.clashes, notes)

    def _rows(self) -> tuple[list[Logged], list[Logged]]:
        """What each side wrote into its log since the start."""
        if self.start is None:
            return since(self.first.log, self.second.log)
        began = self.start.log
        one, other = ([row for row in side.log if row not in began] for side in (self.first, self.second))
        return one, other

    def _decided(self) -> tuple[dict[Slot, Amount], set[Slot]]:
        """The values of the result, and those that are B's; clashes are noted."""
        if self.start is None:
            expected, taken, unclear = by_logs(self.mine, self.theirs, self.rows_a, self.rows_b)
        else:
            expected, taken, both = three_way(table_of(self.start.case.inputs), self.mine, self.theirs)
            unclear = dict.fromkeys(both, "both changed it")
        logged_a, logged_b = by_name(self.rows_a), by_name(self.rows_b)
        for slot, why in unclear.items():
            name = slot_name(slot)
            one, other = (own_shown(side.get(slot)) for side in (self.mine, self.theirs))
            who_a, who_b = (said(logged.get(name, [])) for logged in (logged_a, logged_b))
            self.clashes.append(Clash(name, one, other, who_a, who_b, why))
            if self.prefer == B:
                taken.add(slot)
                if slot in self.theirs:
                    expected[slot] = self.theirs[slot]
                else:
                    expected.pop(slot, None)
        return expected, taken

    def _sources(self) -> tuple[list[str], dict[str, str]]:
        """The ids of B's new sources, and what they are called in the result."""
        mine, theirs = (side.case.inputs.sources for side in (self.first, self.second))
        if self.start is not None:
            began = self.start.case.inputs.sources
            new = [id for id in theirs if id not in began]
        else:
            cited = {
                edit_of(self.second.case.inputs, slot, None, {}).source
                for slot in self.taken & {*self.theirs}
            }
            new = [id for id in theirs if id not in mine or (mine[id] != theirs[id] and id in cited)]
        ids = ids_anew(mine, theirs, new)
        return [id for id in new if ids.get(id, id) not in mine], ids

    def _texts(self, *, plainly: bool) -> Texts:
        mine, theirs = (contents(Path(side.case.folder)) for side in (self.first, self.second))
        if self.start is None:
            found = without_start(mine, theirs, self.ids, self.new_sources)
        else:
            start = contents(Path(self.start.case.folder))
            found = with_start(start, mine, theirs, self.ids, self.new_sources, self.prefer, plainly=plainly)
        log = mine.get(CHANGE_LOG, b"").decode("utf-8")
        text = joined_log(log, self.first.log, self.second.log)
        if text:
            found.files[CHANGE_LOG] = text.encode("utf-8")
        return found

    def _trial(self, texts: Texts) -> Case:
        """The case as the joined texts give it."""
        for name in contents(self.folder) if self.folder.is_dir() else ():
            (self.folder / name).unlink()
        for name, data in texts.files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return load_case(str(self.folder))

    def _put(self, case: Case) -> tuple[Case, list[str]]:
        """The case with the values that the texts do not give as they must be."""
        stands = table_of(case.inputs)
        edits = []
        for slot, amount in self.expected.items():
            if stands.get(slot) != amount:
                side = self.second if slot in self.taken else self.first
                ids = self.ids if slot in self.taken else {}
                edits.append(edit_of(side.case.inputs, slot, stands.get(slot), ids))
        if not edits:
            return case, []
        put = put_edits(self.folder, case.inputs, edits)
        if put.refused:
            raise CaseError(
                "nothing is written: "
                + "; ".join(
                    f"{edit.name} = {own_shown(edit.new)} cannot be put in: {why}"
                    for edit, why in put.refused
                )
            )
        for path, data in put.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return load_case(str(self.folder)), list(put.notes)

    def _prove(self, case: Case) -> None:
        """Refuse a result whose values are not those of the three sides joined."""
        found = table_of(case.inputs)
        wrong = [
            slot
            for slot in dict.fromkeys((*self.expected, *found))
            if found.get(slot) != self.expected.get(slot)
        ]
        if wrong:
            told = "; ".join(
                f"{slot_name(slot)} is {own_shown(found.get(slot))}, not {own_shown(self.expected.get(slot))}"
                for slot in wrong[:_LISTED]
            )
            more = f"; and {len(wrong) - _LISTED} more" if len(wrong) > _LISTED else ""
            raise CaseError(f"nothing is written: joined, {told}{more}: bring these together by hand first")

    def _look_beside(self, case: Case, texts: Texts) -> None:
        """Note what is no value and does not stand in the result as a side has it."""
        began = self.start or self.first
        sides = began.case.inputs, self.first.case.inputs, self.second.case.inputs
        keys = self.first.case.model.inputs
        clashes, lost = other_clashes(sides, case.inputs, keys, self.ids, self.prefer)
        if self.start is None:  # what B has not is A's own: it stands
            lost = [clash for clash in lost if clash.theirs]
        beside: list[tuple[Table, Mapping[Slot, tuple[str, ...]]]] = [
            (table_of(side), evidence(side, self.ids if place == len(sides) - 1 else {}))
            for place, side in enumerate(sides)
        ]
        clashes += evidence_clashes(beside[0], beside[1], beside[2], evidence(case.inputs, {}))
        files = [contents(Path(side.case.folder)) for side in (began, self.first, self.second)]
        chapters = {chapter.name for chapter in self.first.case.model.chapters}
        clashes += text_clashes(texts, contents(self.folder), chapters, (files[0], files[1], files[2]))
        named = {clash.what for clash in clashes}
        self.clashes += [*clashes, *(clash for clash in lost if clash.what not in named)]
