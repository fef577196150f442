"""`procure` on the terminal, first half: what each route costs, the cheapest mix, the saving's parts."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from casebuilder.analysis.routes.mix import RouteMix
from casebuilder.analysis.sharing.break_even import BreakEven
from casebuilder.summary.case.title import print_title
from casebuilder.summary.figures import difference, figure
from casebuilder.summary.option_figures import OptionFigures
from casebuilder.summary.procurement.data import PARTS
from casebuilder.summary.sections import INDENT, heading, plain_table, say

_PART_WORDS = {
    "price": "Price and charges",
    "process": "Competitions not run, less coordination",
    "standard_kit": "Standard kit: maintenance, training, spares",
    "timing": "Timing",
    "less_saved_without_a_pool": "Less what members save without a pool",
    "bought_apart": "Classes that are cheaper bought apart",
}
_SHORT = {
    "alone": "Alone",
    "lead": "Lead\ntrust",
    "pool": "Pool",
    "framework": "Frame-\nwork",
    "aggregation": "Aggre-\ngation",
    "managed": "Managed\nservice",
    "lease": "Lease",
}


def print_routes(console: Console, figures: OptionFigures) -> None:
    """Print the routes with all classes together, and each class."""
    frame = figures.frame
    print_title(console, figures.results.problem)
    heading(console, f"What each route costs: {figures.option}")
    say(
        console,
        "First units of the members, over the life of each class: present value at base-year prices without "
        "VAT, and cash with the VAT that is not recovered.",
        quiet=True,
    )
    shown = plain_table()
    shown.add_column("Route", overflow="fold", vertical="bottom")
    names = ("Whole-life\ncost", "Saved against\neach alone", "Cash", "Months to\norder", "Contract,\nyears")
    for name in names:
        shown.add_column(name, justify="right", vertical="bottom", no_wrap=True)
    for route, label in figures.labels("route").items():
        shown.add_row(
            label,
            figure(figures("whole_life.whole_life_route", route), "GBP_real"),
            difference(figures("whole_life.saved_on_route", route), "GBP_real"),
            figure(figures("route_years.cash_total", route), "GBP_nominal"),
            figure(figures("routes.route_months", route), "months"),
            figure(figures("routes.contract_length", route), "years"),
        )
    console.print(Padding(shown, INDENT))
    _print_hospital_kit(console, figures)
    heading(console, "Whole-life cost by class, £ thousand")
    say(
        console,
        "* the cheapest that is admissible; in brackets: the route does not serve the class, or delivers too "
        "late.",
        quiet=True,
    )
    by_class = plain_table()
    by_class.add_column("Class", overflow="fold", vertical="bottom")
    for route in frame.ids("route"):
        by_class.add_column(_SHORT.get(route, route), justify="right", vertical="bottom", no_wrap=True)
    for equipment, label in figures.labels("equipment").items():
        costs = {r: figures("whole_life.whole_life", r, equipment) for r in frame.ids("route")}
        able = {r for r in costs if figures("routes.admissible", r, equipment) > 0}
        least = min((costs[r] for r in able), default=None)
        if any(costs.values()):
            by_class.add_row(label, *(_thousands(costs[r], r in able, costs[r] == least) for r in costs))
    console.print(Padding(by_class, INDENT))


def _print_hospital_kit(console: Console, figures: OptionFigures) -> None:
    """How many units are hospitals' own, and how many of them nobody has counted."""
    hospitals, estimated = figures("replacements.units_joining"), figures("replacements.units_estimated")
    if not hospitals:
        return
    of_all = figure(figures("procurement.units_in_all"), "items")
    units = figure(hospitals, "items")
    said = f"{units} of {of_all} units are hospital kit that falls due, in its trusts' own plans"
    if estimated:
        units = figure(estimated, "items")
        said += f"; {units} of them are estimated from tests and life, for want of a register"
    say(console, f"{said}.")


def print_mix(console: Console, figures: OptionFigures, mix: RouteMix) -> None:
    """Print the mix of routes that costs least within the limits."""
    heading(console, "The cheapest mix within the limits")
    labels, classes = figures.labels("route"), figures.labels("equipment")
    say(
        console,
        f"{figure(mix.total, 'GBP_real')}, {figure(mix.saving, 'GBP_real')} less than each trust's cheapest "
        f"route by itself, before what goes back to a funder{_how_sure(mix)}.",
    )
    shown = Table.grid(padding=(0, 2, 0, 0))
    shown.add_column(overflow="fold")
    shown.add_column(overflow="fold")
    for route, parts in _by_route(mix).items():
        said = [
            f"{classes[equipment]}" + (f" ({', '.join(t.upper() for t in trusts)})" if trusts else "")
            for equipment, trusts in parts.items()
        ]
        shown.add_row(labels[route], ", ".join(said))
    console.print(Padding(shown, INDENT))
    for (equipment, route, order), units in mix.bought_up.items():
        say(
            console,
            f"Buy {figure(units, 'items')} more of {classes[equipment]} in {order} ({labels[route]}): the "
            "next tier then costs less in all.",
        )


def print_saving(console: Console, figures: OptionFigures, saving: float, even: BreakEven) -> None:
    """Print where the saving of the pool comes from, and when it breaks even."""
    heading(console, "Where the pool's saving comes from")
    shown = Table.grid(padding=(0, 2, 0, 0))
    shown.add_column(overflow="fold")
    shown.add_column(justify="right", no_wrap=True)
    for name, key in PARTS.items():
        shown.add_row(_PART_WORDS[name], difference(figures(key), "GBP_real"))
    back = figures("pool.to_funder")
    shown.add_row("Less what goes back to the funder of the centres' kit", difference(-back, "GBP_real"))
    shown.add_row(
        Text("Saving that members share", style="bold"), Text(difference(saving, "GBP_real"), style="bold")
    )
    console.print(Padding(shown, INDENT))
    say(console, _volume_words(even))
    say(console, _members_words(even))


def _volume_words(even: BreakEven) -> str:
    at = "; ".join(f"{share:.0%} {figure(saving, 'GBP_real')}" for share, saving in even.at_volume.items())
    if even.volume is None:
        return "Volume: even in full the pool saves nothing against each trust's own cheapest route."
    return (
        f"Volume ordered of what is planned, and the saving: {at}. It saves something from "
        f"{even.volume:.0%} on."
    )


def _members_words(even: BreakEven) -> str:
    if even.largest_first is None or even.smallest_first is None:
        return "Members: however many join, the pool saves nothing."
    return (
        f"Members: it saves from {even.largest_first} on if the largest join first, from "
        f"{even.smallest_first} on if the smallest do."
    )


def _how_sure(mix: RouteMix) -> str:
    if mix.status == "optimal":
        return ""
    return f" (the search stopped early: at most {mix.gap:.1%} from the best)"


def _by_route(mix: RouteMix) -> dict[str, dict[str, tuple[str, ...]]]:
    """By route the classes, with the trusts where not all of them take it."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for equipment, routes in mix.routes.items():
        for route in dict.fromkeys(routes.values()):
            trusts = tuple(trust for trust, own in routes.items() if own == route)
            whole = len(trusts) == len(routes)
            found.setdefault(route, {})[equipment] = () if whole else trusts
    return found


def _thousands(cost: float, able: bool, least: bool) -> Text:
    text = f"{cost / 1000:,.0f}" if cost >= 99_500 else f"{cost / 1000:,.1f}"
    if not able:
        return Text(f"({text})", style="dim")
    return Text(f"{text}*", style="bold") if least else Text(text)
