"""What each option adds to the one before it: an improvement taken apart, in the case's order of options."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.console import Console
from rich.padding import Padding

from casebuilder.evaluate.headlines import OptionResult
from casebuilder.summary.figures import NONE, difference, figure
from casebuilder.summary.sections import heading, plain_table

START = "start"
# For each measure its headlines at the start and at the end, and its unit.
MEASURES = {
    "over_six_weeks": ("over_six_weeks_start", "over_six_weeks_end", "share"),
    "list": ("list_start", "list_end", "tests"),
}


@dataclass(frozen=True)
class Stage:
    """The start, or an option: each measure at its end, and the change on the stage before."""

    option: str
    values: Mapping[str, float | None]
    changes: Mapping[str, float | None]


def steps(found: Mapping[str, OptionResult]) -> list[Stage]:
    """The start as observed, then each option against the one before it; empty without lists."""
    first = next(iter(found.values()))
    before = {name: first.headlines.get(start) for name, (start, _, _) in MEASURES.items()}
    if not any(value is not None for value in before.values()):
        return []
    stages = [Stage(START, before, {})]
    for option, result in found.items():
        values = {name: result.headlines.get(end) for name, (_, end, _) in MEASURES.items()}
        changes = {
            name: None if value is None or (last := before[name]) is None else value - last
            for name, value in values.items()
        }
        stages.append(Stage(option, values, changes))
        before = values
    return stages


def print_steps(console: Console, found: Mapping[str, OptionResult]) -> None:
    """Print the stages one below the other."""
    stages = steps(found)
    if not stages:
        return
    heading(console, "Each option against the one before it, last month")
    table = plain_table()
    table.add_column("")
    for name in ("Over six weeks", "Change", "List", "Change"):
        table.add_column(name, justify="right")
    for stage in stages:
        cells = []
        for name, (_, _, unit) in MEASURES.items():
            change = stage.changes.get(name)
            cells += [
                figure(stage.values[name], unit),
                "" if name not in stage.changes else _change(change, unit),
            ]
        table.add_row("Start, observed" if stage.option == START else stage.option, *cells)
    console.print(Padding(table, (0, 0, 0, 2)))


def _change(value: float | None, unit: str) -> str:
    return NONE if value is None else difference(float(round(value)) if unit == "tests" else value, unit)
