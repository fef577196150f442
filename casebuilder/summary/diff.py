"""Two cases side by side on the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.algebra.terms import Input
from casebuilder.analysis.bridge.changes import Change, Given
from casebuilder.analysis.bridge.difference import Difference, Other, Side
from casebuilder.analysis.bridge.groups import STRUCTURE
from casebuilder.analysis.bridge.steps import Bridge
from casebuilder.evaluate.headlines import headline_line
from casebuilder.inputs.files.scalars import shown
from casebuilder.summary.case.columns import Row, print_columns
from casebuilder.summary.data import plain
from casebuilder.summary.figures import difference, figure
from casebuilder.summary.sections import GAP, heading, say

AS_BASE = "as Base"
# Of one input and option, so many changes are listed; the rest is counted, and stands in the JSON.
_MOST_OF_ONE = 12
_LONGEST = 200


def difference_data(found: Difference, version: str) -> dict[str, Any]:
    """The JSON: both sides, the changes, what is no value, and the bridges by option and headline.

    Parameters
    ----------
    found
        What differs.
    version
        The version of casebuilder.
    """
    return {
        "version": version,
        "from": _side_data(found.first),
        "to": _side_data(found.second),
        "changes": [_change_data(change) for change in found.changes],
        "other": [
            {"kind": each.kind, "what": each.what, "from": each.before, "to": each.after}
            for each in found.others
        ],
        "groups": [
            {"group": part.key, "label": part.label, "changes": len(part.changes)} for part in found.parts
        ],
        "bridge": {
            option: {headline: _bridge_data(bridge) for headline, bridge in of.items()}
            for option, of in found.bridges.items()
        },
    }


def _side_data(side: Side) -> dict[str, Any]:
    inputs = side.problem.inputs
    return {
        "given": side.given,
        "case": inputs.info.name,
        "title": inputs.info.title,
        "revision": side.revision or None,
        "inputs_sha256": inputs.sha256,
    }


def _change_data(change: Change) -> dict[str, Any]:
    logged = change.logged
    return {
        "key": change.name,
        "label": change.item.label,
        "unit": change.item.unit,
        "chapter": change.item.chapter,
        "from": _given_data(change.before),
        "to": _given_data(change.after),
        "in_structure": not change.settable,
        "who": logged.who if logged else None,
        "why": logged.why if logged else None,
        "date": logged.date if logged else None,
        "log": change.logged_by or None,
    }


def _given_data(given: Given) -> dict[str, Any]:
    value, origin = given.value, given.origin
    return {
        "value": value.amount,
        "own": given.own,
        "low": value.low,
        "high": value.high,
        "source": origin.source or None,
        "state": origin.state,
        "note": origin.note or None,
        "to_do": value.to_do or None,
    }


def _bridge_data(bridge: Bridge) -> dict[str, Any]:
    return {
        "start": plain(bridge.start),
        "end": plain(bridge.end),
        "steps": [{"group": step.group, "change": plain(step.change)} for step in bridge.steps],
        "order": bridge.order,
    }


def print_difference(console: Console, found: Difference) -> None:
    """Print the sides, the changes by chapter, what is no value, and the bridges."""
    for name, side in (("From", found.first), ("To", found.second)):
        commit = f" (commit {side.revision[:10]})" if side.revision else ""
        console.print(Text(f"{name:<5}{side.given}{commit}: {side.problem.inputs.info.title}"))
    heading(console, f"Assumptions that differ: {len(found.changes):,}")
    titles = {part.key: part.label for part in found.parts}
    for chapter, every in groupby(found.changes, key=lambda change: change.item.chapter):
        console.print(Text(titles.get(chapter, chapter.replace("_", " ").capitalize()), style="bold cyan"))
        for (item, option), same in groupby(every, key=lambda change: (change.item, change.option)):
            _print_changes(console, item, option, list(same))
    if not found.changes:
        say(console, "none")
    heading(console, f"What is no value: {len(found.others):,}")
    for other in found.others:
        _print_other(console, other)
    if not found.others:
        say(console, "nothing")
    for option, of in found.bridges.items():
        _print_bridges(console, found, option, of)


def _print_changes(console: Console, item: Input, option: str | None, changes: Sequence[Change]) -> None:
    say(console, f"{item.label} · {item.unit}{f' · {option}' if option else ''}")
    for change in changes[:_MOST_OF_ONE]:
        line = Text(f"{change.name}: ")
        line.append(f"{_amount(change.before)} → {_amount(change.after)}", style="bold")
        console.print(Padding(line, (0, 0, 0, 2 * GAP)))
        for text in _about(change):
            console.print(Padding(Text(text, style="dim"), (0, 0, 0, 3 * GAP)))
    if len(changes) > _MOST_OF_ONE:
        say(console, f"  and {len(changes) - _MOST_OF_ONE:,} more values of {item.key}: --json lists each")


def _amount(given: Given) -> str:
    amount = shown(given.value.amount)
    return amount if given.own else f"{AS_BASE} ({amount})"


def _about(change: Change) -> list[str]:
    """What vouches for each side, and who changed it and why."""
    before, after = _vouched(change.before), _vouched(change.after)
    lines = [before if before == after else f"{before} → {after}"]
    if change.logged:
        where = " (in the log of from)" if change.logged_by == "from" else ""
        lines.append(f"{change.logged.who}, {change.logged.date}: {change.logged.why}{where}")
    if not change.settable:
        lines.append(
            f"in the step {STRUCTURE}: the prices are of another year, and so is the shape of the case"
        )
    return lines


def _vouched(given: Given) -> str:
    origin = given.origin
    return f"{origin.source} {origin.state}".strip()


def _print_other(console: Console, other: Other) -> None:
    before, after = (_cut(text) for text in (other.before, other.after))
    if not before:
        told = f"{other.kind}: {other.what}: added: {after}"
    elif not after:
        told = f"{other.kind}: {other.what}: gone: {before}"
    else:
        told = f"{other.kind}: {other.what}: {before} → {after}"
    say(console, told)


def _cut(text: str) -> str:
    plain_text = " ".join(text.split())
    return plain_text if len(plain_text) <= _LONGEST else f"{plain_text[:_LONGEST]}…"


def _print_bridges(console: Console, found: Difference, option: str, of: Mapping[str, Bridge]) -> None:
    """The headlines that move: start, end, a column a step; then the others."""
    heading(console, f"What it does to the headlines of {option}")
    labels = {part.key: part.label for part in found.parts}
    moved = {key: bridge for key, bridge in of.items() if bridge.moving}
    orders = list(dict.fromkeys(bridge.order for bridge in moved.values()))
    for order in orders:
        some = {key: bridge for key, bridge in moved.items() if bridge.order == order}
        groups = list(dict.fromkeys(step.group for bridge in some.values() for step in bridge.steps))
        kept = [group for group in groups if any(group in bridge.moving for bridge in some.values())]
        say(console, f"Steps: {order}.")
        named = [f"{group}: {labels[group]}" for group in kept if labels.get(group, group) != group]
        if named:
            say(console, "; ".join(named), quiet=True)
        print_columns(
            console, ["from", "to", *kept], [_row(found, key, bridge, kept) for key, bridge in some.items()]
        )
    for key, bridge in of.items():
        if (bridge.start is None) != (bridge.end is None):
            ends = " → ".join(figure(each, _unit(found, key)) for each in (bridge.start, bridge.end))
            say(console, f"{_label(found, key)}: {ends}: {bridge.order}")
    empty = [key for key, bridge in of.items() if bridge.start is None and bridge.end is None]
    still = len(of) - len(moved) - len(empty) - sum((b.start is None) != (b.end is None) for b in of.values())
    if still:
        say(
            console,
            f"{still} headline{'s' if still > 1 else ''} do{'es' if still == 1 else ''} not move.",
            quiet=True,
        )
    if empty:
        say(console, f"No value on either side: {', '.join(empty)}.", quiet=True)


def _row(found: Difference, key: str, bridge: Bridge, groups: Sequence[str]) -> Row:
    unit = _unit(found, key)
    steps = bridge.moving
    cells = [difference(steps.get(group), unit) for group in groups]
    return Row(_label(found, key), (figure(bridge.start, unit), figure(bridge.end, unit), *cells))


def _unit(found: Difference, key: str) -> str:
    line = headline_line(found.second.problem, key)
    return line.unit if line is not None else "number"


def _label(found: Difference, key: str) -> str:
    line = headline_line(found.second.problem, key)
    return line.label if line is not None else key
