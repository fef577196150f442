"""What `pull` prints: old and new value of each edit, clashes, what is not taken, and what was written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from casebuilder.inputs.files.scalars import shown

if TYPE_CHECKING:
    from rich.console import Console

    from casebuilder.inputs.edit.edits import Edit
    from casebuilder.tasks.pull.run import Pull, Written

# More lines than this of one kind are counted on the terminal; --json has them all.
_MOST = 60


def print_plan(out: Console, pull: Pull, prefer: str) -> None:
    """The whole plan, section by section; those that are empty are left out."""
    plan = pull.plan
    _print_start(out, pull)
    if plan.edits:
        out.print(f"{_count(len(plan.edits), 'value')} to take:", soft_wrap=True)
        _print_edits(out, pull, plan.edits)
    else:
        out.print("No value to take.")
    if plan.same:
        stands = "stands" if plan.same == 1 else "stand"
        out.print(f"{_count(plan.same, 'value')} typed {stands} in the case already.", soft_wrap=True)
    if plan.clashes:
        goes = f"as the {prefer} has them" if prefer else "not taken: say --prefer file or --prefer case"
        out.print(
            f"{_count(len(plan.clashes), 'clash', 'clashes')}, changed in file and case since, {goes}:",
            soft_wrap=True,
        )
        for clash in plan.clashes[:_MOST]:
            edit = clash.edit
            out.print(
                f"  {edit.name}: was {_amount(edit.old)}, the file {_amount(edit.new)}, "
                f"the case {_amount(clash.now)}  ({edit.place})",
                soft_wrap=True,
            )
        _more(out, len(plan.clashes))
    if plan.untaken:
        out.print(
            f"Not taken, {_count(len(plan.untaken), 'thing that is', 'things that are')} no value:",
            soft_wrap=True,
        )
        for each in plan.untaken[:_MOST]:
            out.print(f"  {f'{each.place}: ' if each.place else ''}{each.what}", soft_wrap=True)
        _more(out, len(plan.untaken))
    if pull.altered:
        kinds = Counter(each.change for each in pull.altered)
        counts = ", ".join(f"{count:,} × {kind}" for kind, count in kinds.items())
        out.print(f"Altered in the model itself, none of it taken ({counts}):", soft_wrap=True)
        for change in pull.altered[:_MOST]:
            at = f"{change.sheet}!{change.cell}" if change.cell else change.sheet
            now = f": {change.formula}" if change.formula else ""
            out.print(f"  {at}: {change.change}{now}", soft_wrap=True)
        _more(out, len(pull.altered))


def print_written(out: Console, pull: Pull, written: Written, count: int) -> None:
    """What was written, where, and what else was done."""
    folder = pull.case.folder.resolve()
    names = ", ".join(path.relative_to(folder).as_posix() for path in written.files)
    out.print(f"Wrote {_count(count, 'value')} into {pull.case.folder}: {names}.", soft_wrap=True)
    for note in written.notes[:_MOST]:
        out.print(f"  {note}", soft_wrap=True)
    _more(out, len(written.notes))
    for edit, why in written.refused:
        out.print(f"  not written: {edit.name} = {_amount(edit.new)}: {why}", soft_wrap=True)


def _print_start(out: Console, pull: Pull) -> None:
    start, plan = pull.start, pull.plan
    if start.case and start.case != pull.case.name:
        out.print(
            f"The file was written from a case named {start.case}, not {pull.case.name}.", soft_wrap=True
        )
    if plan.since:
        out.print(
            f"Since the file was written {_count(plan.since, 'value')} of the case changed: what was not "
            "typed in the file stays as the case has it.",
            soft_wrap=True,
        )


def _print_edits(out: Console, pull: Pull, edits: list[Edit]) -> None:
    from casebuilder.tasks.pull.words import label_of

    for edit in edits[:_MOST]:
        unit = pull.case.inputs.values[edit.key].input.unit
        out.print(f"  {edit.name}  {_amount(edit.old)} → {_amount(edit.new)} {unit}", soft_wrap=True)
        about = [label_of(edit, pull.case.inputs), edit.place]
        about += [f"source: {edit.source}"] if edit.source else []
        about += [edit.note] if edit.note else []
        if edit.low is not None or edit.high is not None:
            about.append(f"range {_amount(edit.low)} to {_amount(edit.high)}")
        if edit.name in pull.plan.offered:
            about.append(f"{edit.option} read the base case here: this gives it a value of its own")
        out.print(f"    {'  ·  '.join(about)}", style="dim", soft_wrap=True)
    _more(out, len(edits))


def _more(out: Console, count: int) -> None:
    if count > _MOST:
        out.print(f"  and {count - _MOST:,} more; --json lists all")


def _amount(value: float | str | None) -> str:
    if value is None:
        return "as Base"
    return f"{value:,.15g}" if isinstance(value, float | int) else shown(value)


def _count(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
