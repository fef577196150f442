"""What is still to do: what of a case is a placeholder or copied, in the order of what it may do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.analysis.uncertainty.to_do import Moved
from casebuilder.inputs.files.scalars import listed
from casebuilder.summary.data import plain
from casebuilder.summary.figures import NONE, figure
from casebuilder.summary.sections import INDENT, heading, plain_table, say

NOTHING_LEFT = "Nothing is left to do: no value is a placeholder or copied."
# From this width on, where it stands and how it was moved have columns of their own.
_ROOM = 118
_MEMBERS = 4
# As wide as a name is kept whole, on a wide terminal and on a narrow one.
_NAME = {True: 44, False: 34}


def to_do_data(left: Sequence[Moved]) -> list[dict[str, Any]]:
    """What is left to do as JSON, in order; what is moved in £, null where nothing is moved."""
    return [
        {
            "key": each.to_do.key,
            "option": each.to_do.option,
            "members": list(each.to_do.members),
            "what": each.to_do.what,
            "value_moved": plain(each.value),
            "affordability_moved": plain(each.ask),
            "surplus_moved": plain(each.surplus),
            "moved": each.how,
            "source": each.to_do.source,
            "file": each.to_do.place.file,
            "line": each.to_do.place.line,
        }
        for each in left
    ]


def print_to_do(console: Console, left: Sequence[Moved]) -> None:
    """Print the list, or that nothing is left."""
    if not left:
        console.print()
        console.print(NOTHING_LEFT, soft_wrap=True)
        return
    things = "1 thing" if len(left) == 1 else f"{len(left):,} things"
    heading(console, f"To do: {things}, first what may move value and affordability most")
    wide = console.width >= _ROOM
    table = plain_table()
    table.add_column("", justify="right", no_wrap=True)
    # A key is not cut while the rest has room.
    longest = max(len(_name(each, "" if wide else "\n").plain.partition("\n")[0]) for each in left)
    table.add_column("Value or text", overflow="fold", min_width=min(longest, _NAME[wide]))
    table.add_column("What", overflow="fold")
    if wide:
        table.add_column("Where", overflow="fold")
        table.add_column("Moved", overflow="fold")
    for title in ("Value", "A year"):
        table.add_column(title, justify="right", no_wrap=True, min_width=7)
    for number, each in enumerate(left, 1):
        where = Text(f"{each.to_do.place.file}:{each.to_do.place.line}", style="dim")
        moved = [Text(figure(amount, "GBP_real")) for amount in (each.value, each.a_year)]
        name = _name(each) if wide else Text("\n").join([_name(each, "\n"), where])
        more = [where, Text(each.how)] if wide else []
        table.add_row(Text(str(number)), name, Text(each.to_do.what), *more, *moved)
    console.print(Padding(table, INDENT, expand=False))
    said = (
        "The widest difference in net present social value, and in what the system is asked for or hosts are "
        "left with in a year, whichever moves more, of the option put forward, with these values alone at "
        "the ends of their range, or 20 % lower and higher where they have none; "
        f"{NONE} where nothing can be moved."
    )
    say(console, said, quiet=True)


def _name(each: Moved, gap: str = "") -> Text:
    """The key with its option and the first of its members."""
    to_do = each.to_do
    members = f"{gap}[{listed(to_do.members, _MEMBERS)}]" if to_do.members else ""
    return Text(f"{f'{to_do.option}:' if to_do.option else ''}{to_do.key}{members}")
