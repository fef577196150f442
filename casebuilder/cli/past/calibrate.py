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
    kind: Annotated[str, typer.Argument(help="What to fit: waits, growth or response.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder for the tables; by default the shipped one.")
    ] = None,
) -> None:
    """Fit a rule to the shipped NHS data and write it, with its error, into the reference set."""
    from casebuilder.resources import resource

    fits = {"waits": waits, "growth": growth, "response": response}
    if kind not in fits:
        raise typer.BadParameter(
            f"'{kind}' is nothing that can be fitted: it is waits, growth or response", param_hint="KIND"
        )
    folder = resource("assumptions/reference/data")
    target = output or folder
    if not target.is_dir():
        raise typer.BadParameter(f"'{target}' is no folder", param_hint="--output")
    fits[kind](folder, target)


def waits(folder: Path, target: Path) -> None:
    """Fit the share over six weeks and show its error by test."""
    from casebuilder.calibrate.share_error import calibrate_waits

    off = calibrate_waits(folder, target)
    shown = console()
    shown.print("Share over six weeks, October 2024 to March 2025, told from March 2024 for")
    shown.print("providers that the fit has not seen; mean absolute error, and in months over 10 %:")
    shown.print(f"  {'':<28}{'rule':>14}{'one slope':>14}{'exponential':>14}{'bias':>7}")
    for test, row in off.iterrows():
        errors = "".join(
            f"{row[name]:>7.1%}{row[f'{name}_long']:>7.1%}" for name in ("rule", "one_slope", "exponential")
        )
        shown.print(f"  {test:<28}{errors}{row.bias:>+7.1%}")
    shown.print(f"Wrote share_rule.csv, share_rule_to_2024_03.csv and share_excess.csv into {target}")


def growth(folder: Path, target: Path) -> None:
    """Forecast the year held out and show the errors by area and test."""
    from casebuilder.calibrate.growth import calibrate_growth

    found = calibrate_growth(folder, target)
    shown = console()
    shown.print("Absolute error of 2024/25 told from the years before, trusts together:")
    shown.print(f"  {'':<37} {'repeated':>9}{'growth':>9}{'fitted':>9}  default")
    for row in found.itertuples():
        shown.print(
            f"  {row.area:<25} {row.test:<11} {row.repeated:>9.1%}{row.growth:>9.1%}{row.fitted:>9.1%}"
            f"  {row.default}"
        )
    shown.print(f"Wrote growth_fit.csv into {target}")


def response(folder: Path, target: Path) -> None:
    """Fit how hospitals respond to their lists and show how well it foretells those not seen."""
    from casebuilder.calibrate.response.written import calibrate_response

    found, hindcasts = calibrate_response(folder, target)
    shown = console()
    shown.print("Strength of the response a month, and mean absolute error of lists one to twelve months on,")
    shown.print("places the fit has not seen (log of the list; without a response in brackets):")
    for row in found.itertuples():
        shown.print(
            f"  {row.data:<19} {row.test:<28} {row.strength:6.3f} ± {row.standard_error:.3f}"
            f"  {row.held_out:.3f} ({row.held_out_none:.3f})"
        )
    shown.print("Hindcasts of systems, five tests together (no change in brackets):")
    for row in hindcasts.itertuples():
        shown.print(
            f"  {row.run:<19} {row.start} + {row.months:>2}"
            f"  share {row.share:5.1%} ({row.share_no_change:5.1%})"
            f"  list {row.list:5.1%} ({row.list_no_change:5.1%})"
        )
    shown.print(f"Wrote response_*.csv, usual_cover.csv and hindcast_bands.csv into {target}")
