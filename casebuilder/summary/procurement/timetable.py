"""`procure` on the terminal: the last safe month of each step, what slips lose, and who holds which risk."""

from __future__ import annotations

import math
from typing import Any

from rich.console import Console
from rich.padding import Padding

from casebuilder.summary.data import plain
from casebuilder.summary.figures import difference, figure
from casebuilder.summary.option_figures import OptionFigures
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_STEPS = {
    "prepare": "Boards",
    "tender": "Notice",
    "assess": "Assess",
    "standstill": "Stand-\nstill",
    "order": "Order",
}


def print_timetable(console: Console, figures: OptionFigures) -> None:
    """Print, order by order, when each route must start each step, and what lapses when it slips."""
    frame = figures.frame
    heading(console, "The last safe month of each step")
    say(
        console,
        "Back from 31 March of the year of delivery, for the longest lead time of the order. To spare: "
        "months from the last approval of funding to the first step; below 0 the year's end is missed.",
        quiet=True,
    )
    for tranche, label in figures.labels("tranche").items():
        by = _month(figures, figures("timetable.last_delivery", tranche))
        say(console, f"{label}, delivered by {by}")
        shown = plain_table()
        shown.add_column("Route", overflow="fold", vertical="bottom")
        for step in frame.ids("procurement_step"):
            shown.add_column(_STEPS.get(step, step), justify="right", vertical="bottom", no_wrap=True)
        shown.add_column("To\nspare", justify="right", vertical="bottom", no_wrap=True)
        for route, name in figures.labels("route").items():
            shown.add_row(
                name,
                *(
                    _month(figures, figures("timetable.last_start", route, step, tranche))
                    for step in frame.ids("procurement_step")
                ),
                difference(figures("timetable.to_spare", route, tranche), "months"),
            )
        console.print(Padding(shown, INDENT))
        _print_lapses(console, figures, tranche)


def _print_lapses(console: Console, figures: OptionFigures, tranche: str) -> None:
    """What of the order's national capital lapses on the route taken, by months of slip."""
    capital = figures("timetable.national_tranche", tranche)
    if not capital:
        return
    parts = [
        f"{label.lower()} {figure(figures('timetable.lapses', tranche, slip), 'GBP_nominal')}"
        for slip, label in figures.labels("slip").items()
    ]
    say(
        console,
        f"Of {figure(capital, 'GBP_nominal')} of national capital for this kit lapses on the route taken: "
        f"{'; '.join(parts)}.",
    )


def print_pool_risks(console: Console, figures: OptionFigures) -> None:
    """Print what each risk of the pool could cost, and the share that each holder has of it."""
    heading(console, "Risks of the pool, and who holds them")
    say(console, "One at a time; not to be added up.", quiet=True)
    shown = plain_table()
    shown.add_column("Risk", overflow="fold", vertical="bottom")
    shown.add_column("Could\ncost", justify="right", vertical="bottom", no_wrap=True)
    holders = figures.labels("risk_holder")
    for label in holders.values():
        shown.add_column(label, justify="right", vertical="bottom")
    for risk, label in figures.labels("pool_risk").items():
        shown.add_row(
            label,
            figure(figures("pool_risks.size", risk), "GBP_real"),
            *(f"{figures('pool_risks.holds', holder, risk):.0%}" for holder in holders),
        )
    console.print(Padding(shown, INDENT))


def timetable_data(figures: OptionFigures) -> dict[str, Any]:
    """The timetable by order and the risks, for `--json`: months from the start of the base year, pounds."""
    frame = figures.frame
    return {
        "timetable": {
            tranche: {
                "funding_approved": plain(figures("regimes.funded_month", tranche)),
                "last_order": plain(figures("timetable.last_order", tranche)),
                "last_start": {
                    route: {
                        step: plain(figures("timetable.last_start", route, step, tranche))
                        for step in frame.ids("procurement_step")
                    }
                    for route in frame.ids("route")
                },
                "to_spare": {
                    route: plain(figures("timetable.to_spare", route, tranche))
                    for route in frame.ids("route")
                },
                "received": {
                    slip: plain(figures("timetable.received", tranche, slip)) for slip in frame.ids("slip")
                },
                "lapses": {
                    slip: plain(figures("timetable.lapses", tranche, slip)) for slip in frame.ids("slip")
                },
            }
            for tranche in frame.ids("tranche")
        },
        "risks": {
            risk: {
                "could_cost": plain(figures("pool_risks.size", risk)),
                "holders": {
                    holder: plain(figures("pool_risks.holds", holder, risk))
                    for holder in frame.ids("risk_holder")
                },
            }
            for risk in frame.ids("pool_risk")
        },
    }


def _month(figures: OptionFigures, months: float) -> str:
    """The calendar month in which so many months from the start of the base year have gone by."""
    april = int(figures.frame.ids("year")[0][:4]) * 12 + 3
    number = april + math.ceil(months) - 1
    return f"{number // 12}-{number % 12 + 1:02d}"
