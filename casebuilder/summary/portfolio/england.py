"""England on the terminal: shares at centres, scenarios, and national totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console

from casebuilder.summary.sections import heading, plain_table, say

_MILLION = 1e6


def print_england(console: Console, data: Mapping[str, Any], labels: Mapping[str, str]) -> None:
    """Print what is told of England.

    Parameters
    ----------
    console
        Where.
    data
        Shares, scenarios and totals.
    labels
        How people read the tests that shares are of.
    """
    heading(console, "Share of tests at centres")
    table = plain_table()
    for title, side in (("Month", "left"), ("Of", "left"), ("Cases", "right"), ("Published", "right")):
        table.add_column(title, justify=side)  # type: ignore[arg-type]
    table.add_column("")
    for row in data["shares"]:
        how = "set to it" if row["set"] else f"{100 * row['error']:+.1f} points"
        table.add_row(
            row["month"], labels[row["test"]], f"{row['model']:.1%}", f"{row['published']:.1%}", how
        )
    console.print(table)
    heading(console, "Scenarios")
    table = plain_table()
    table.add_column("")
    for title in ("DM01 at centres", "Tests a year", "Capital, £m", "Revenue a year, £m", "WTE"):
        table.add_column(title, justify="right")
    for one in data["scenarios"].values():
        table.add_row(
            one["label"],
            f"{one['share_all']:.1%}",
            f"{one['tests_a_year']:,.0f}",
            f"{one['capital'] / _MILLION:,.0f}",
            f"{one['revenue_a_year'] / _MILLION:,.0f}",
            f"{sum(one['staff'].values()):,.0f}",
        )
    console.print(table)
    heading(console, "Against what was published or asked for")
    table = plain_table()
    table.add_column("", overflow="fold")
    for title in ("Cases", "Published"):
        table.add_column(title, justify="right")
    for row in data["against"]:
        table.add_row(row["what"], _shown(row["what"], row["model"]), _shown(row["what"], row["published"]))
    console.print(table)
    say(
        console,
        "Capital in cash with VAT, revenue in cash of the year; a made case for each system.",
        quiet=True,
    )
    say(console, "How the cases were made, and how far to trust them: docs/england_portfolio.md", quiet=True)


def _shown(what: str, value: float | None) -> str:
    if value is None:
        return ""
    return f"£{value / _MILLION:,.0f}m" if "£" in what else f"{value:,.0f}"
