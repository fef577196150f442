"""The pieces of a section on the terminal: its title, a paragraph, a table without lines."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from casebuilder.summary.fitted import FittedTable

GAP = 2
INDENT = (0, 0, 0, GAP)


def heading(console: Console, text: str) -> None:
    """A section's title, after an empty line."""
    console.print()
    console.print(Text(text, style="bold"))


def say(console: Console, text: str, *, quiet: bool = False) -> None:
    """A paragraph under a section's title."""
    console.print(Padding(Text(text, style="dim" if quiet else ""), INDENT))


def plain_table() -> FittedTable:
    """A table without lines, its headings bold; columns to the right are figures and never cut."""
    return FittedTable(box=None, padding=(0, GAP, 0, 0), pad_edge=False, header_style="bold", show_edge=False)
