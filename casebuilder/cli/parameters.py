"""The arguments and options that several commands take."""

from __future__ import annotations

from collections.abc import Container
from typing import Annotated

import typer

CaseName = Annotated[
    str, typer.Argument(metavar="CASE", help="A folder, or the name of a case under assumptions/cases.")
]
Sets = Annotated[
    list[str],
    typer.Option(
        "--set",
        metavar="KEY=VALUE",
        help="Put a value in place of another: KEY=V, KEY[member]=V or OPTION:KEY=V. Repeatable.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
OneOption = Annotated[
    str | None, typer.Option("--option", metavar="OPTION", help="The key of one option of the case.")
]
OneScenario = Annotated[
    str,
    typer.Option(
        "--scenario", metavar="NAME", help="Lay a named scenario of the case on it, under each --set."
    ),
]


def refuse_twice(key: str, found: Container[str], where: str = "") -> None:
    """Refuse a key that was given before: one of its two values would be lost.

    Raises
    ------
    BadParameter
        It was.
    """
    if key in found:
        of = f" of {where}" if where else ""
        raise typer.BadParameter(f"'{key}'{of} is given twice: give it once")
