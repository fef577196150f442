"""`prioritise`: the sites, and their order, with the most value under a limit of capital."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from casebuilder.cli.errors import say
from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, only_ours, print_json
from casebuilder.cli.parameters import CaseName, Json, OneOption, Sets, refuse_twice
from casebuilder.cli.progress import progress
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.files.scalars import pounds as amount

AIMS = ("npsv", "tests", "additional", "people")
NEAR = ("any", "centre")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(prioritise)


def pounds(text: str) -> float:
    """An amount of money: `20m`, `£1.5bn`, `750k`, `20_000_000`.

    Raises
    ------
    BadParameter
        It is none.
    """
    found = amount(text)
    if found is None:
        raise typer.BadParameter(f"'{text}' is no amount of money: write 20m, 750k or 20_000_000")
    return found


def _pair(text: str, example: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise typer.BadParameter(f"'{text}': write {example}")
    return name.strip(), value.strip()


def _numbers(text: str | None, example: str) -> dict[str, float]:
    """`a=1,b=0.5` as numbers that are not negative."""
    found: dict[str, float] = {}
    for part in (text or "").split(",") if text else ():
        name, value = _pair(part, example)
        refuse_twice(name, found)
        try:
            found[name] = float(value)
        except ValueError:
            raise typer.BadParameter(f"'{value}' is no number: write {example}") from None
        if not 0 <= found[name] < float("inf"):
            raise typer.BadParameter(f"'{part}': a weight is 0 or more")
    return found


def _aims(value: str | None, weights: str | None) -> dict[str, float]:
    if value is not None and weights is not None:
        raise typer.BadParameter("give --value or --weights, not both")
    found = _numbers(weights, "npsv=1,people=0.5") if weights is not None else {value or "npsv": 1.0}
    for name in found:
        if name not in AIMS:
            raise typer.BadParameter(f"'{name}' is no value: it is {', '.join(AIMS)}{nearest(name, AIMS)}")
    if not any(found.values()):
        raise typer.BadParameter("--weights must give one value a weight above 0")
    return {name: weight for name, weight in found.items() if weight > 0}


def _years(given: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for text in given:
        year, amount = _pair(text, "2022/23=10m")
        refuse_twice(year, found)
        found[year] = pounds(amount)
    return found


def prioritise(
    case: CaseName,
    capital: Annotated[
        str | None, typer.Option("--capital", metavar="N", help="Capital in all years, as 20m.")
    ] = None,
    capital_year: Annotated[
        list[str],
        typer.Option("--capital-year", metavar="YEAR=N", help="Capital in a year: 2022/23=10m. Repeatable."),
    ] = [],  # noqa: B006 - typer copies it
    option: OneOption = None,
    value: Annotated[
        str | None,
        typer.Option("--value", metavar="VALUE", help="What counts: npsv, tests, additional or people."),
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option("--weights", metavar="V=W,...", help="Several values with weights: npsv=1,people=0.5."),
    ] = None,
    pareto: Annotated[
        bool, typer.Option("--pareto", help="Show also the plans that none beats in npsv, tests and people.")
    ] = False,
    delay: Annotated[
        int | None,
        typer.Option(
            "--delay",
            min=0,
            max=10,
            metavar="YEARS",
            help="Years by which a site may start late: 2 with --capital-year, else 0.",
        ),
    ] = None,
    kit: Annotated[
        list[str],
        typer.Option("--kit", metavar="TEST", help="A test whose rooms a site may do without. Repeatable."),
    ] = [],  # noqa: B006
    at_least: Annotated[
        int, typer.Option("--at-least", min=0, metavar="N", help="Sites to build at least.")
    ] = 0,
    near: Annotated[
        str, typer.Option("--near", metavar="OF", help="Near any (centre or acute hospital) or a centre.")
    ] = "any",
    deprivation: Annotated[
        str | None,
        typer.Option("--deprivation", metavar="Q=W,...", help="Weight of people by quintile: q1=2,q2=1.5."),
    ] = None,
    plans: Annotated[
        int, typer.Option("--plans", min=1, metavar="N", help="Up to N plans, every one is worked out.")
    ] = 1024,
    sets: Sets = [],  # noqa: B006
    json: Json = False,
) -> None:
    """Choose the sites with the most value under a limit of capital, and when each starts."""
    aims = _aims(value, weights)
    total, by_year = None if capital is None else pounds(capital), _years(capital_year)
    if total is None and not by_year:
        raise typer.BadParameter("give --capital 20m, or --capital-year 2022/23=10m, or both")
    if near not in NEAR:
        raise typer.BadParameter(f"--near is any or centre, not '{near}'")
    quintiles = _numbers(deprivation, "q1=2,q2=1.5")
    from casebuilder import __version__
    from casebuilder.analysis.sites.prioritise import Ask
    from casebuilder.analysis.sites.prioritise import prioritise as choose
    from casebuilder.analysis.sites.refusal import limits_below_any_site
    from casebuilder.case import load_case
    from casebuilder.summary.priorities.chosen import print_priorities
    from casebuilder.summary.priorities.data import priorities_data
    from casebuilder.summary.priorities.words import too_little

    ask = Ask(
        aims,
        option,
        total,
        by_year,
        delay,
        tuple(dict.fromkeys(kit)),
        at_least,
        near,
        quintiles,
        plans,
        pareto=pareto,
    )
    with progress() as tell, only_ours(drop=True):  # the solver has a debugging message of its own
        tell("Reading the case")
        loaded = load_case(case, sets)
        tell("Binding the model")
        problem = loaded.problem
        outcome = choose(problem, ask, lambda done, of: tell(f"Working out plans: {done:,} of {of:,}"))
        tell("Running the checks")
        _ = loaded.checks  # of the case as it is given: plans built on what fails are no better
    if json:
        print_json(priorities_data(problem, outcome, __version__))
    else:
        print_priorities(console(), problem, outcome)
    for each in limits_below_any_site(outcome.search):
        say(f"warning: {too_little(each)}")
    tell_notices(loaded)
    fail_on_checks(loaded)
