"""What `compare --rooms` shows: one room more or less of each test at each site, and a schedule suggested."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.analysis.rooms.choices import TOLERANCE, choices
from casebuilder.analysis.rooms.schedules import (
    AS_IT_IS,
    CAPITAL,
    LIST,
    OVER,
    VALUE,
    Pair,
    RoomSchedules,
)
from casebuilder.analysis.rooms.worth import Change, Outcome, Suggested
from casebuilder.evaluate.headlines import headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.summary.case.title import print_title
from casebuilder.summary.data import plain
from casebuilder.summary.figures import NONE, difference, figure, in_millions
from casebuilder.summary.sections import INDENT, heading, plain_table, say

# The headings of the columns, money in millions: what stands on any terminal, and what a wide one adds.
_NARROW = {
    VALUE: "Value\n£m",
    LIST: "List",
    OVER: "Over six\nweeks",
    "system_revenue_ask_steady_state": "Ask a\nyear £m",
    CAPITAL: "Capital\n£m",
}
_WIDE = {
    **_NARROW,
    "surplus_steady_state": "Surplus\na year £m",
    "surplus_worst_year": "Worst\nyear £m",
    "capital_unfunded": "Capital that no\naward covers £m",
}
_ROOM = 118
_DECIMALS = 9
_SAID = {1: "One room more", -1: "One room less"}


def rooms_data(problem: Problem, outcome: Outcome, version: str) -> dict[str, Any]:
    """What was asked, each room more or less with what it changes, and the schedules suggested.

    `changes` are differences from the option as the case has it, of the headlines of the same names.
    """
    schedules = outcome.schedules
    return {
        "case": problem.inputs.info.name,
        "version": version,
        "inputs_sha256": problem.inputs.sha256,
        "option": schedules.option,
        "limit": {"amount": plain(outcome.limit.amount), "of": outcome.limit.of or None},
        "as_it_is": _levels(schedules),
        "rooms": [_change_data(schedules, change) for change in outcome.changes],
        "suggested": _suggested_data(schedules, outcome.suggested),
        "suggested_waits_no_worse": _suggested_data(schedules, outcome.waits_kept),
        "refused": outcome.refused or None,
    }


def _levels(schedules: RoomSchedules) -> dict[str, float | None]:
    return {name: plain(schedules.value(AS_IT_IS, name)) for name in schedules.measures}


def _plain(effects: Mapping[str, float | None]) -> dict[str, float | None]:
    return {name: plain(value) for name, value in effects.items()}


def _change_data(schedules: RoomSchedules, change: Change) -> dict[str, Any]:
    pair = schedules.pairs[change.pair]
    schedule = ((change.pair, change.more),)
    return {
        "site": pair.site,
        "test": pair.test,
        "label": pair.label,
        "rooms": pair.rooms,
        "change": change.more,
        "set": schedules.sets(schedule)[0],
        "changes": _plain(change.effects),
    }


def _suggested_data(schedules: RoomSchedules, found: Suggested | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "changes": _plain(found.effects),
        "npsv_of_single_changes_added_up": plain(found.added_up),
        "settled": found.settled,
        "rooms": [
            {
                "site": schedules.pairs[pair].site,
                "test": schedules.pairs[pair].test,
                "from": schedules.pairs[pair].rooms,
                "to": schedules.rooms(pair, found.schedule),
            }
            for pair, _ in found.schedule
        ],
        "sets": schedules.sets(found.schedule),
    }


def print_rooms(console: Console, problem: Problem, outcome: Outcome) -> None:
    """Print every room more and less, the most valued first, and the schedules suggested.

    Parameters
    ----------
    console
        Where to print; figures are never cut short at its width.
    problem
        The case.
    outcome
        What was found.
    """
    schedules = outcome.schedules
    print_title(console, problem)
    frame = problem.frame
    console.print(
        Text(f"Rooms of {schedules.option}: {frame.label_of_option(schedules.option)}", style="bold")
    )
    for more, title in _SAID.items():
        changes = [change for change in outcome.changes if change.more == more]
        heading(console, f"{title}, the most valued first")
        _print_changes(console, schedules, changes)
    said = (
        "Value: net present social value, prices of the base year. List and people on it over six weeks: "
        f"last month{_now(schedules)}. Ask and surplus: cash of the steady-state year; capital: cash with "
        "VAT. Each line is the option evaluated as a whole with that one room changed: staff, kit and works "
        "follow it, hours and awards stay."
    )
    console.print()
    say(console, said, quiet=True)
    if outcome.hospitals_lose_staff:
        said = (
            "A room more can leave a few more people waiting: staff that it needs come in part from the "
            "members' hospitals (hospital_staff.from_members), which do fewer tests until posts are filled "
            "again."
        )
        say(console, said, quiet=True)
    _print_left_out(console, problem, schedules)
    _print_suggested(console, outcome)


def _now(schedules: RoomSchedules) -> str:
    """The list and the people over six weeks as the case has them."""
    if OVER not in schedules.measures:
        return ""
    waiting, over = (figure(schedules.value(AS_IT_IS, name), "tests") for name in (LIST, OVER))
    return f" (as the case has it {waiting} and {over})"


def _print_changes(console: Console, schedules: RoomSchedules, changes: list[Change]) -> None:
    names = {n: t for n, t in _columns(console).items() if n in schedules.measures}
    table = plain_table()
    table.add_column("Test, site", overflow="fold", vertical="bottom")
    table.add_column("Now", justify="right", no_wrap=True, vertical="bottom")
    for title in names.values():
        table.add_column(title, justify="right", no_wrap=True, vertical="bottom")
    for change in changes:
        pair = schedules.pairs[change.pair]
        cells = [_cell(schedules, name, change.effects[name]) for name in names]
        label = (
            pair.label if console.width >= _ROOM else f"{_test(schedules, pair)}, {_site(schedules, pair)}"
        )
        table.add_row(label, str(pair.rooms), *cells)
    console.print(Padding(table, INDENT, expand=False))


def _columns(console: Console) -> dict[str, str]:
    return _WIDE if console.width >= _ROOM else _NARROW


def _test(schedules: RoomSchedules, pair: Pair) -> str:
    return schedules.problem.frame.label("test", pair.test)


def _site(schedules: RoomSchedules, pair: Pair) -> str:
    """A site's name without what a bracket or a comma adds to it, where that still names it alone."""
    frame = schedules.problem.frame
    cut = {site: re.split(r" \(|, ", frame.label("site", site))[0] for site in frame.ids("site")}
    own = cut[pair.site]
    return own if list(cut.values()).count(own) == 1 else frame.label("site", pair.site)


def _unit(schedules: RoomSchedules, name: str) -> str:
    """The unit of a measure: of its headline; people over six weeks are counted as their list is."""
    line = headline_line(schedules.problem, LIST if name == OVER else name)
    assert line is not None
    return line.unit


def _cell(schedules: RoomSchedules, name: str, value: float | None) -> str:
    """A difference in a table: money in millions to two digits, the rest as people read it."""
    if value is None or "GBP" not in _unit(schedules, name):
        return _change(schedules, name, value)
    return in_millions(value, 2)


def _change(schedules: RoomSchedules, name: str, value: float | None) -> str:
    """A difference as people read it; what is nought to nine decimals is none."""
    if value is None:
        return NONE
    unit = _unit(schedules, name)
    near = round(value, _DECIMALS)
    if unit == "tests":
        near = float(round(near))
    return difference(near + 0.0, unit)


def _print_left_out(console: Console, problem: Problem, schedules: RoomSchedules) -> None:
    """How many sites times tests the case has no pair for: what no `--set` can reach."""
    sites = {pair.site for pair in schedules.pairs}
    none = len(sites) * len(problem.frame.ids("test")) - len(schedules.pairs)
    if none:
        what = "combination of site and test is" if none == 1 else "combinations of site and test are"
        said = f"{none} {what} not among the pairs of the case: add them to pairs: in case.yaml to try them."
        say(console, said, quiet=True)


def _print_suggested(console: Console, outcome: Outcome) -> None:
    limit = outcome.limit
    if limit.amount is None:
        within = "no limit of capital: nothing is awarded; --capital 20m sets one"
    else:
        within = f"capital {figure(limit.amount, 'GBP_nominal')} at most ({limit.of})"
    heading(console, f"Schedule suggested: {within}")
    schedules = outcome.schedules
    now = figure(schedules.value(AS_IT_IS, CAPITAL), "GBP_nominal")
    if outcome.suggested is None:
        say(console, f"None keeps to it: {outcome.refused}; the case's own schedule costs {now}.")
        say(console, "prioritise leaves whole sites out.", quiet=True)
        return
    _print_one(console, schedules, "By value alone", outcome.suggested)
    if outcome.waits_kept is None:
        say(console, "With waits no worse: none found.")
    elif outcome.waits_kept.schedule == outcome.suggested.schedule:
        say(console, "Waits end no worse by it.")
    else:
        _print_one(
            console, schedules, "By value, with list and people over six weeks no worse", outcome.waits_kept
        )
    said = (
        "What single rooms are worth does not add up: each schedule was evaluated as a whole, and the "
        "figures are those of the whole. Each is the best found, not proved the best; a higher limit finds "
        f"none worse. No worse: neither figure ends higher by more than {choices()[TOLERANCE]:.1%} of the "
        "list. A test at a site changes by one room at most. A site left with few rooms keeps its "
        "reception; prioritise weighs whole sites. --json has each as --set takes it."
    )
    console.print()
    say(console, said, quiet=True)


def _print_one(console: Console, schedules: RoomSchedules, title: str, found: Suggested) -> None:
    console.print()
    if not found.schedule:
        say(console, f"{title}: as the case has it; no one room more or less betters it.")
        return
    console.print(Padding(Text(title, style="bold cyan"), INDENT))
    for more, said in ((1, "One more"), (-1, "One less")):
        sites: dict[str, list[str]] = {}
        for place, change in found.schedule:
            if change == more:
                pair = schedules.pairs[place]
                sites.setdefault(_site(schedules, pair), []).append(_test(schedules, pair))
        if sites:
            groups = [f"{site} ({', '.join(tests)})" for site, tests in sites.items()]
            say(console, f"{said}: {'; '.join(groups)}")
    effects = found.effects
    words = {
        VALUE: "value",
        LIST: "list",
        OVER: "people over six weeks",
        "system_revenue_ask_steady_state": "ask a year",
        "surplus_steady_state": "surplus a year",
        CAPITAL: "capital",
    }
    parts = [
        f"{word} {_change(schedules, name, effects[name]) or NONE}"
        for name, word in words.items()
        if name in effects
    ]
    say(console, f"Evaluated as a whole: {', '.join(parts)}.")
    added = _change(schedules, VALUE, found.added_up)
    end = "" if found.settled else " The search stopped here: one room more or less may still better it."
    say(console, f"Its single changes added up would have been {added} of value.{end}", quiet=True)
