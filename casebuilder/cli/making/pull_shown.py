"""What `pull` prints: old and new value of each edit, clashes, what is not taken, and what was written."""

from __future__ import annotations

import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from casebuilder.inputs.files.scalars import shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from casebuilder.inputs.edits import Edit
    from casebuilder.tasks.pull.run import Pull, Ready
    from casebuilder.workbook.writing.formula_fingerprint import Alteration

# More lines than this of one kind are counted on the terminal; --json has them all.
_MOST = 60
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def print_plan(out: Console, pull: Pull, prefer: str, count: int) -> None:
    """The whole plan, section by section; those that are empty are left out.

    Parameters
    ----------
    out
        Where it is printed.
    pull
        What was read.
    prefer
        The side that clashes go to; empty where nobody said.
    count
        How many values are to be written.
    """
    plan = pull.plan
    _print_start(out, pull)
    if plan.edits:
        _say(out, f"{_count(len(plan.edits), 'value')} to take:")
        _print_edits(out, pull, plan.edits)
    elif not count:
        _say(out, "No value to take.")
    for note in plan.notes:
        _say(out, note)
    if plan.same:
        stands = "stands" if plan.same == 1 else "stand"
        _say(out, f"{_count(plan.same, 'value')} typed {stands} in the case already.")
    if plan.clashes:
        goes = f"as the {prefer} has them" if prefer else "not taken: say --prefer file or --prefer case"
        _say(out, f"{_count(len(plan.clashes), 'clash', 'clashes')}, changed in file and case since, {goes}:")
        for clash in plan.clashes[:_MOST]:
            edit = clash.edit
            each = (
                f"was {_amount(edit.old)}, the file {_amount(edit.new)}, the case {_amount(clash.now)}  "
                f"({edit.place})"
            )
            _say(out, f"  {edit.name}: {each}")
        _more(out, len(plan.clashes))
    if plan.untaken:
        _say(out, f"Not taken, {_count(len(plan.untaken), 'thing that is', 'things that are')} no value:")
        for left in plan.untaken[:_MOST]:
            _say(out, f"  {f'{left.place}: ' if left.place else ''}{left.what}")
        _more(out, len(plan.untaken))
    if pull.altered:
        _print_altered(out, pull.altered)


def print_ready(out: Console, ready: Ready) -> None:
    """What writing does beyond the values, and what would fail."""
    for note in ready.notes[:_MOST]:
        _say(out, f"  {note}")
    _more(out, len(ready.notes))
    for edit, why in ready.refused:
        _say(out, f"  cannot be written: {edit.name} = {_amount(edit.new)}: {why}")
    if ready.failing:
        checks = _count(len(ready.failing), "check that holds now does", "checks that hold now do")
        _say(out, f"{checks} not hold with these values:")
        for failing in ready.failing:
            _say(out, f"  {failing}")


def print_written(out: Console, pull: Pull, ready: Ready) -> None:
    """What was written, and where."""
    folder = pull.case.folder.resolve()
    names = ", ".join(sorted(path.relative_to(folder).as_posix() for path in ready.files))
    _say(out, f"Wrote {_count(ready.count, 'value')} into {pull.case.folder}: {names}.")


def _print_start(out: Console, pull: Pull) -> None:
    start, plan = pull.start, pull.plan
    if start.case and start.case != pull.case.name:
        _say(out, f"The file was written from a case named {start.case}, not {pull.case.name}.")
    if plan.since:
        values = "1 value stands" if plan.since == 1 else f"{plan.since:,} values stand"
        _say(
            out,
            f"{values} otherwise in the case than when the file was written (changed since, set by --set or "
            "brought in before): what was not typed in the file stays as the case has it.",
        )


def _print_edits(out: Console, pull: Pull, edits: Sequence[Edit]) -> None:
    """The edits; those of one row to one value, as of every period, in one entry."""
    rows = [list(of) for _, of in groupby(edits, lambda edit: (edit.place, edit.new))]
    for row in rows[:_MOST]:
        edit, values = row[0], pull.case.inputs.values[row[0].key]
        old = list(dict.fromkeys(_amount(each.old) for each in row))
        was = old[0] if len(old) == 1 else f"{old[0]} to {old[-1]}"
        name = edit.name if len(row) == 1 else f"{edit.name} to {row[-1].members[-1]}, {len(row)} periods"
        _say(out, f"  {name}  {was} → {_amount(edit.new)} {values.input.unit}")
        out.print(f"    {'  ·  '.join(_about(pull, edit))}", style="dim", soft_wrap=True)
    _more(out, len(rows))


def _about(pull: Pull, edit: Edit) -> list[str]:
    """What is said of an edit below it."""
    from casebuilder.tasks.pull.words import label_of

    about = [label_of(edit, pull.case.inputs), edit.place]
    about += [f"source: {edit.source}"] if edit.source else []
    about += [edit.note] if edit.note else []
    stands = pull.case.inputs.values[edit.key].base[edit.members]
    if edit.low is not None or edit.high is not None:
        about.append(f"range {_amount(edit.low)} to {_amount(edit.high)}")
    elif (
        isinstance(edit.new, float | int)
        and stands.low is not None
        and stands.high is not None
        and not stands.low <= edit.new <= stands.high
    ):
        about.append(f"OUTSIDE ITS RANGE {_amount(stands.low)} to {_amount(stands.high)}")
    if edit.name in pull.plan.offered:
        about.append(f"{edit.option} read the base case here: this gives it a value of its own")
    if edit.name in pull.plan.unreckoned:
        about.append("the workbook itself did not reckon with it")
    return about


def _print_altered(out: Console, altered: Sequence[Alteration]) -> None:
    """What was altered in the model: sheets and rows first, since most else follows from them."""
    kinds = Counter(_NUMBER.sub("", each.change).replace(": it was row ", "") for each in altered)
    causes = [each for each in altered if each.change.startswith(("sheet", "row", "the fingerprint"))]
    ordered = [*causes, *(each for each in altered if each not in causes)]
    counts = ", ".join(f"{count:,} × {kind}" for kind, count in kinds.items())
    _say(out, f"Altered in the model itself, none of it taken ({counts}):")
    for change in ordered[:_MOST]:
        at = f"{change.sheet}!{change.cell}" if change.cell else change.sheet
        _say(out, f"  {at}: {change.change}{f': {change.formula}' if change.formula else ''}")
    _more(out, len(altered))


def _say(out: Console, text: str) -> None:
    out.print(text, soft_wrap=True)


def _more(out: Console, count: int) -> None:
    if count > _MOST:
        _say(out, f"  and {count - _MOST:,} more; --json lists all")


def _amount(value: float | str | None) -> str:
    if value is None:
        return "as Base"
    return f"{value:,.15g}" if isinstance(value, float | int) else shown(value)


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
