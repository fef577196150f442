"""A portfolio on the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console

from casebuilder.analysis.many.gathered import Figure, Gathered
from casebuilder.inputs.templates.read import template
from casebuilder.summary.sections import heading, plain_table, say

_SHORT = {
    "capital_outturn": "Capital, £m",
    "npsv": "NPSV, £m",
    "system_revenue_ask_steady_state": "Ask a year, £m",
    "tests_steady_state": "Tests a year",
    "wte_steady_state": "WTE",
}
_PRICES = (
    "Capital and the ask are cash of their years, capital with VAT; NPSV is a present value at the prices of"
    " a case's base year. Each is of the option put forward."
)
_MILLION = 1e6


def portfolio_data(gathered: Gathered) -> dict[str, Any]:
    """The portfolio as JSON: of each case its option put forward, of the totals what adds up."""
    return {
        "portfolio": gathered.name,
        "version": gathered.version,
        "seed": gathered.seed,
        "draws": gathered.draws,
        "sha256": gathered.sha256,
        "seconds": gathered.seconds,
        "units": {"of": gathered.finished[1], "finished_before": gathered.finished[0]},
        "cases": {
            each.head.case: {
                "title": each.head.title,
                "inputs_sha256": each.head.inputs_sha256,
                "base_year": each.head.base_year,
                "option": each.head.option,
                "status": each.head.status,
                "faults": list(each.head.faults),
                "seconds": each.seconds,
                "headlines": _figures(each.figures[each.head.option]),
            }
            for each in gathered.cases
        },
        "totals": _figures(gathered.totals),
        "failed": {each.case: list(each.faults) for each in gathered.failed},
        "headings": {
            each["headline"]: each["heading"] for each in template("workbook/portfolio.yaml")["columns"]
        },
    }


def _figures(figures: Mapping[str, Figure]) -> dict[str, Any]:
    return {name: asdict(figure) for name, figure in figures.items()}


def print_portfolio(console: Console, gathered: Gathered) -> None:
    """Every case with its option put forward, the totals, and what it took."""
    heading(console, gathered.name)
    table = plain_table()
    table.add_column("Case")
    for title in _SHORT.values():
        table.add_column(title, justify="right")
    table.add_column("Base year", justify="right")
    table.add_column("Seconds", justify="right")
    table.add_column("Status", overflow="fold")
    for each in gathered.cases:
        own = each.figures[each.head.option]
        cells = [_shown(own.get(name), title) for name, title in _SHORT.items()]
        table.add_row(each.head.case, *cells, each.head.base_year, f"{each.seconds:.1f}", each.head.status)
    for failed in gathered.failed:
        table.add_row(failed.case, *([""] * len(_SHORT)), "", "", "at fault")
    totals = [_shown(gathered.totals.get(name), title) for name, title in _SHORT.items()]
    table.add_row("Total", *totals, "", "", "", style="bold")
    console.print(table)
    say(console, _PRICES, quiet=True)
    missing = [title.partition(",")[0] for name, title in _SHORT.items() if name not in gathered.totals]
    if missing:
        say(
            console,
            "Not added up, since a case has none or base years differ: " + ", ".join(missing) + ".",
        )
    if gathered.draws:
        for name, title in _SHORT.items():
            spread = gathered.totals.get(name)
            if spread is not None and spread.p10 is not None and spread.p90 is not None:
                ends = " to ".join(_text(end, title) for end in (spread.p10, spread.p90))
                say(console, f"{title}, total: {ends}, the tenth and ninetieth of {gathered.draws:,} draws")
    before, of = gathered.finished
    kept = f", {before} of {of} units finished before" if before else f", {of} units"
    say(console, f"{len(gathered.cases)} cases in {gathered.seconds:.1f} s{kept}.", quiet=True)


def _shown(figure: Figure | None, title: str) -> str:
    """The figure of the case itself."""
    if figure is None or figure.central is None:
        return ""
    return _text(figure.central, title)


def _text(value: float, title: str) -> str:
    size, decimals = (_MILLION, 1) if "£m" in title else (1.0, 0)
    return f"{value / size:,.{decimals}f}"
