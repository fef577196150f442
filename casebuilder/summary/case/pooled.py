"""What pooling of lists does, and to whom: trusts whose own patients wait longer for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from casebuilder.algebra.dimensions import Frame
from casebuilder.analysis.options.pooling import Pooling
from casebuilder.summary.figures import figure
from casebuilder.summary.sections import heading, say


def pooling_data(effects: Mapping[str, Pooling]) -> dict[str, Any]:
    """By option: list and share over six weeks with lists pooled and apart, and who waits longer."""
    return {
        option: {
            "list": {"pooled": effect.list_pooled, "apart": effect.list_apart},
            "over_six_weeks": {"pooled": effect.share_pooled, "apart": effect.share_apart},
            "wait_longer": [
                {
                    "provider": wait.provider,
                    "test": wait.test,
                    "weeks": wait.pooled,
                    "weeks_apart": wait.apart,
                    "people": wait.people,
                }
                for wait in effect.longer
            ],
            "wait_less": effect.shorter,
        }
        for option, effect in effects.items()
    }


def print_pooling(console: Console, frame: Frame, effects: Mapping[str, Pooling]) -> None:
    """Print a section for each option that pools lists."""
    for option, effect in effects.items():
        heading(console, f"Lists pooled or kept apart: {option}, last month")
        say(
            console,
            f"Pooled {figure(effect.list_pooled, 'tests')} waiting, "
            f"{figure(effect.share_pooled, 'share')} over six weeks; kept apart "
            f"{figure(effect.list_apart, 'tests')} and {figure(effect.share_apart, 'share')}.",
        )
        if not effect.longer:
            say(console, "No trust's own patients wait longer because lists are pooled.")
            continue
        say(
            console,
            f"Pooling shortens the wait for {effect.shorter} pairs of trust and test and lengthens it for "
            f"{len(effect.longer)}: weeks of cover, pooled and (apart), and how many people wait.",
        )
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column()
        tests = dict.fromkeys(wait.test for wait in effect.longer)
        for test in tests:
            waits = [
                f"{wait.provider.upper()} {wait.pooled:.1f} ({wait.apart:.1f}), "
                f"{figure(wait.people, 'tests')}"
                for wait in effect.longer
                if wait.test == test
            ]
            table.add_row(frame.label("test", test), "; ".join(waits))
        console.print(Padding(table, (0, 0, 0, 4)))
