"""`procure`: procurement routes side by side, and how the saving of a pool is shared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casebuilder.cli.cases import evaluated
from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, print_json
from casebuilder.cli.parameters import CaseName, Json, OneOption, Sets
from casebuilder.cli.progress import progress
from casebuilder.errors import CaseError

if TYPE_CHECKING:
    from casebuilder.analysis.sharing.offered import Offered
    from casebuilder.summary.option_figures import OptionFigures


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
        list[str],
        typer.Option(
            "--without",
            metavar="TRUST,TRUST",
            help="Show what every other member pays if these leave at once. Repeatable.",
        ),
    ] = [],  # noqa: B006 - typer copies it
    offers: Annotated[
        bool, typer.Option("--offers", help="Show what each member is asked to sign, a line each.")
    ] = False,
    offer: Annotated[
        str | None,
        typer.Option("--offer", metavar="TRUST", help="Show the page that this member signs."),
    ] = None,
    letters: Annotated[
        Path | None,
        typer.Option(
            "--letters",
            metavar="DIR",
            help="Write each member's letter of commitment into a folder, in Word.",
        ),
    ] = None,
    all_rules: Annotated[
        bool, typer.Option("--all-rules", help="Show every rule, not the three that are put forward.")
    ] = False,
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
    from casebuilder.analysis.sharing.commitments import firm_saving
    from casebuilder.analysis.sharing.leaving import if_group_leaves
    from casebuilder.evaluate.option_values import chosen_options
    from casebuilder.summary.option_figures import OptionFigures
    from casebuilder.summary.procurement.commitment import print_commitment
    from casebuilder.summary.procurement.data import procurement_data
    from casebuilder.summary.procurement.leaving import print_departures, print_group
    from casebuilder.summary.procurement.routes import print_mix, print_routes, print_saving
    from casebuilder.summary.procurement.shares import print_savings_chart, print_shares
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
        chosen = by_rule[rule]
        leaving = _leaving(without, shares.members)
        signs = _members([offer], shares.members, "--offer")[0] if offer else None
        gone = None
        if leaving:
            if shares.game is None:
                raise CaseError(
                    f"{len(shares.members)} members are too many to cost every group that is left"
                )
            gone = if_group_leaves(shares.game, chosen.shares, leaving)
        tell("Working out the offers")
        found = worked.findings.offered(option)
        figures = OptionFigures(worked.results, shares.option)
        paper = bool(offers or signs or letters) and not json
        if (paper or letters) and found is None:
            raise CaseError(f"{worked.name}: the case lacks what offers are worked out from (offers.charge)")
        if not paper:
            tell("Looking for the cheapest mix of routes")
            mix = cheapest_mix(route_problem(shares.purchase, Terms(not one_route, buy_up)))
            even = break_even(shares.purchase)
            tell("Letting each trust leave")
            departures = shares.departures(chosen)
            firm = firm_saving(shares.purchase)
    if letters is not None and found is not None:
        _write_letters(found, letters)
    if json:
        print_json(procurement_data(figures, shares, mix, even, firm, chosen, departures, found, gone))
    elif paper and found is not None:
        _print_paper(figures, found, offers, signs)
    else:
        shown = console()
        rules = found.rules(all_rules) if found is not None else shares.rules
        print_routes(shown, figures)
        print_mix(shown, figures, mix)
        print_saving(shown, figures, shares.saving, even)
        print_commitment(shown, figures, firm)
        print_shares(shown, figures, shares, rules)
        print_savings_chart(shown, figures, shares, chosen)
        if gone is None:
            print_departures(shown, figures, shares, chosen, departures)
        else:
            print_group(shown, figures, shares, chosen, gone)
        print_timetable(shown, figures)
        print_pool_risks(shown, figures)
    tell_notices(worked)
    fail_on_checks(worked)


def _write_letters(found: Offered, folder: Path) -> None:
    """The letters of all members; what was written is told beside the results."""
    from casebuilder import __version__
    from casebuilder.tasks.letters import write_letters

    written = write_letters(found.shares.purchase, found.offers, folder, __version__)
    said = f"Wrote {len(written.files)} letters of commitment into {folder}"
    if written.replaced:
        said += f"; {len(written.replaced)} took the place of letters that nobody had changed"
    if written.without:
        said += f"; {', '.join(written.without)} buy nothing with the others and have none"
    typer.echo(f"{said}.", err=True)


def _print_paper(figures: OptionFigures, found: Offered, every: bool, member: str | None) -> None:
    """The offers, a line each, and the page of one member."""
    from casebuilder.summary.case.title import print_title
    from casebuilder.summary.procurement.offers import print_offer, print_offers

    shown = console()
    print_title(shown, figures.results.problem)
    if every or member is None:
        print_offers(shown, figures, found)
    if member is not None:
        print_offer(shown, figures, found, found.offer(member))


def _members(asked: Sequence[str], members: Sequence[str], hint: str) -> list[str]:
    """The keys of members, in small letters; a name that is none of them is told."""
    names = [name.strip().lower() for name in asked]
    for name in names:
        if name not in members:
            raise typer.BadParameter(f"'{name}' is no member: {', '.join(members)}", param_hint=hint)
    return names


def _leaving(asked: Sequence[str], members: Sequence[str]) -> list[str]:
    """Who leaves, of lists with commas between; somebody must stay."""
    names = _members([name for words in asked for name in words.split(",")], members, "--without")
    if len(set(names)) == len(members):
        raise typer.BadParameter("nobody would be left: name fewer trusts", param_hint="--without")
    return names
