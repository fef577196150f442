"""`procure`: procurement routes side by side, and how the saving of a pool is shared."""

from __future__ import annotations

from typing import Annotated

import typer

from casebuilder.cli.cases import evaluated
from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, print_json
from casebuilder.cli.parameters import CaseName, Json, OneOption, Sets
from casebuilder.cli.progress import progress
from casebuilder.errors import CaseError


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(procure)


def procure(
    case: CaseName,
    option: OneOption = None,
    rule: Annotated[
        str,
        typer.Option(
            "--rule", metavar="RULE", help="The rule under which leaving is told: volume, shapley, ..."
        ),
    ] = "volume",
    without: Annotated[
        str | None,
        typer.Option(
            "--without", metavar="TRUST", help="Show what every other member pays if this one leaves."
        ),
    ] = None,
    one_route: Annotated[
        bool, typer.Option("--one-route", help="All trusts take the same route for a class.")
    ] = False,
    buy_up: Annotated[
        bool, typer.Option("--buy-up", help="Let the pool order up to the next tier where that costs less.")
    ] = False,
    sets: Sets = [],  # noqa: B006 - typer copies it
    json: Json = False,
) -> None:
    """Compare procurement routes, find the cheapest mix and share the pool's saving."""
    from casebuilder.analysis.routes.case import Terms, route_problem
    from casebuilder.analysis.routes.mix import cheapest_mix
    from casebuilder.analysis.sharing.break_even import break_even
    from casebuilder.evaluate.option_values import chosen_options
    from casebuilder.summary.option_figures import OptionFigures
    from casebuilder.summary.procurement.data import procurement_data
    from casebuilder.summary.procurement.routes import print_mix, print_routes, print_saving
    from casebuilder.summary.procurement.shares import print_departures, print_savings_chart, print_shares
    from casebuilder.summary.procurement.timetable import print_pool_risks, print_timetable

    with progress() as tell:
        worked = evaluated(case, sets, tell)
        worked.results.require()
        if option is not None:
            chosen_options(worked.problem.frame, option)
        tell("Costing every group of trusts")
        shares = worked.findings.sharing(option)
        if shares is None:
            raise CaseError(
                f"{worked.name}: fewer than two trusts join the pool (procurement.joins), or the option buys "
                "no equipment: there is nothing to compare or share"
            )
        by_rule = {each.key: each for each in shares.rules}
        if rule not in by_rule:
            raise typer.BadParameter(f"'{rule}' is no rule: {', '.join(by_rule)}", param_hint="--rule")
        if without is not None and without not in shares.members:
            raise typer.BadParameter(
                f"'{without}' is no member: {', '.join(shares.members)}", param_hint="--without"
            )
        tell("Looking for the cheapest mix of routes")
        mix = cheapest_mix(route_problem(shares.purchase, Terms(not one_route, buy_up)))
        even, chosen = break_even(shares.purchase), by_rule[rule]
        tell("Letting each trust leave")
        departures = shares.departures(chosen)
    figures = OptionFigures(worked.results, shares.option)
    if json:
        print_json(procurement_data(figures, shares, mix, even, chosen, departures))
    else:
        shown = console()
        print_routes(shown, figures)
        print_mix(shown, figures, mix)
        print_saving(shown, figures, shares.saving, even)
        print_shares(shown, figures, shares)
        print_savings_chart(shown, figures, shares, chosen)
        print_departures(shown, figures, shares, chosen, departures, without)
        print_timetable(shown, figures)
        print_pool_risks(shown, figures)
    tell_notices(worked)
    fail_on_checks(worked)
