"""`calibrate`: fit what the reference set holds to the data that ship with it, again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casebuilder.cli.output import console


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command()(calibrate)


def calibrate(
    kind: Annotated[str, typer.Argument(help="What to fit: waits.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the tables; by default the shipped one.")
    ] = None,
) -> None:
    """Fit a rule to the shipped NHS data and write it, with its error, into the reference set."""
    from casebuilder.analysis.waits_error import calibrate_waits
    from casebuilder.resources import resource

    if kind != "waits":
        raise typer.BadParameter(f"'{kind}' is nothing that can be fitted: it is waits", param_hint="KIND")
    folder = resource("assumptions/reference/data")
    target = output or folder
    if not target.is_dir():
        raise typer.BadParameter(f"'{target}' is no folder", param_hint="--output")
    off = calibrate_waits(folder, target)
    shown = console()
    shown.print("Mean absolute error of the share over six weeks, on trusts the fit has not seen:")
    for test, row in off.iterrows():
        shown.print(
            f"  {test:<28} {row.calibrated:6.1%}  exponential {row.exponential:6.1%}  "
            f"network bias {row.bias:+6.1%}"
        )
    shown.print(f"Wrote waits_curve.csv, waits_fit.csv and calm_years.csv into {target}")
