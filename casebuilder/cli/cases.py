"""Commands that read a case: check, summary, compare and explain."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from casebuilder.cli.errors import AT_FAULT, say, tell_faults
from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, print_json
from casebuilder.cli.parameters import CaseName, Json, OneOption, OneScenario, Sets
from casebuilder.cli.progress import Progress, progress
from casebuilder.errors import CaseError

if TYPE_CHECKING:
    from casebuilder.case import Case

_GO_WITH = (
    "--capital goes with --rooms alone, and --option with --rooms, --scenarios or --two-way;"
    " prioritise takes a limit of capital"
)


def register(app: typer.Typer) -> None:
    """Add the commands to the command line, in the order of the help."""
    for command in (check, summary, compare, explain):
        app.command()(command)


def evaluated(name: str, sets: Sequence[str], tell: Progress, scenario: str = "") -> Case:
    """A case with its numbers worked out, stage by stage."""
    from casebuilder.case import load_case

    tell("Reading the case")
    case = load_case(name, sets, scenario)
    tell("Binding the model")
    problem = case.problem
    tell(f"Evaluating {len(problem.lines):,} lines")
    _ = case.results  # worked out when first asked for
    tell("Running the checks")
    _ = case.headlines, case.checks
    return case


def check(
    case: CaseName,
    sets: Sets = [],  # noqa: B006 - typer copies it
    json: Json = False,
) -> None:
    """Find all that is wrong with a case: its files, its checks, and what `build` would refuse."""
    from casebuilder.case import load_case

    with progress() as tell:
        tell("Reading the case")
        loaded = load_case(case, sets)
        # Fetched once the case could be read, so that its faults are told at once.
        from casebuilder.summary.case.checks import print_whole_check
        from casebuilder.summary.case.to_do import print_to_do, to_do_data
        from casebuilder.summary.data import checks_data
        from casebuilder.tasks.whole_check import not_met, whole_check

        found = whole_check(loaded, tell)
        if not sets:  # what is published is of the case as it stands
            found = replace(found, faults=(*found.faults, *not_met(loaded)))
        tell("Moving what is still to do")
        left = loaded.findings.to_do
    tell_notices(loaded, every=True)
    if json:
        faults = [str(fault) for fault in found.faults]
        told = {"case": loaded.name, "faults": faults, "checks": checks_data(loaded.checks)}
        print_json({**told, "to_do": to_do_data(left)})
    else:
        print_whole_check(console(), loaded.problem, loaded.checks, len(found.faults), found.composed)
        print_to_do(console(), left)
    sys.stdout.flush()
    if found.faults:
        tell_faults(CaseError(found.faults))
        raise typer.Exit(AT_FAULT)


def summary(
    case: CaseName,
    option: OneOption = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
    scenario: OneScenario = "",
    json: Json = False,
) -> None:
    """Show the headlines of every option, or of one."""
    from casebuilder import __version__
    from casebuilder.evaluate.option_values import chosen_options
    from casebuilder.summary.case.more import summary_more
    from casebuilder.summary.case.overview import print_summary
    from casebuilder.summary.data import summary_data

    with progress() as tell:
        worked = evaluated(case, sets, tell, scenario)
        options = chosen_options(worked.problem.frame, option)
        tell("Ranking the inputs")
        ranking = worked.findings.ranking
    parts = worked.results, worked.headlines, worked.checks, __version__, options
    if json:
        print_json(summary_data(*parts, summary_more(worked.results, worked.headlines, ranking)))
    else:
        print_summary(console(), *parts, ranking)
    tell_notices(worked)
    fail_on_checks(worked)


def compare(
    case: CaseName,
    rooms: Annotated[
        bool, typer.Option("--rooms", help="Show what one room more or less of each test is worth instead.")
    ] = False,
    values: Annotated[
        bool, typer.Option("--values", help="Show what the range of every input does instead.")
    ] = False,
    scenarios: Annotated[
        bool, typer.Option("--scenarios", help="Show every headline by named scenario instead.")
    ] = False,
    two_way: Annotated[
        list[str],
        typer.Option(
            "--two-way",
            metavar="KEY=A,B,C",
            help="Show one headline over the steps of two inputs instead: give it twice, down and across.",
        ),
    ] = [],  # noqa: B006 - typer copies it
    headline: Annotated[
        str, typer.Option("--headline", metavar="H", help="With --two-way: the key of the headline.")
    ] = "npsv",
    option: Annotated[
        str | None,
        typer.Option(
            "--option",
            metavar="OPTION",
            help="With --rooms, --scenarios and --two-way: whose; by default of the one put forward.",
        ),
    ] = None,
    capital: Annotated[
        str | None,
        typer.Option("--capital", metavar="N", help="With --rooms: the limit, as 20m; by default the award."),
    ] = None,
    sets: Sets = [],  # noqa: B006 - typer copies it
    scenario: OneScenario = "",
    json: Json = False,
) -> None:
    """Show the options side by side. Below a figure stands its difference from the baseline."""
    if sum((rooms, values, scenarios, bool(two_way))) > 1:
        raise typer.BadParameter("give one of --rooms, --values, --scenarios and --two-way")
    if two_way and len(two_way) != 2:
        raise typer.BadParameter("--two-way is given twice: what stands down, and what stands across")
    if capital is not None and not rooms:
        raise typer.BadParameter(_GO_WITH)
    if scenarios or two_way:
        if scenario:
            raise typer.BadParameter("--scenario goes with neither --scenarios nor --two-way")
        from casebuilder.cli.comparing.scenarios import compare_scenarios

        compare_scenarios(case, option, sets, two_way, headline, json=json)
        return
    if rooms:
        from casebuilder.cli.priorities import pounds
        from casebuilder.cli.rooms import compare_rooms

        compare_rooms(case, option, None if capital is None else pounds(capital), sets, json=json)
        return
    if option is not None:
        raise typer.BadParameter(_GO_WITH)
    from casebuilder import __version__
    from casebuilder.summary.case.comparison import comparison_data, print_comparison
    from casebuilder.summary.case.values import print_ranking_alone, ranking_alone_data

    with progress() as tell:
        worked = evaluated(case, sets, tell, scenario)
        if values:
            tell("Ranking the inputs")
            _ = worked.findings.ranking
    if values and json:
        print_json(ranking_alone_data(worked.problem, worked.findings.ranking, __version__))
    elif values:
        print_ranking_alone(console(), worked.problem, worked.findings.ranking)
    elif json:
        print_json(
            comparison_data(worked.results, worked.headlines, worked.checks, worked.findings, __version__)
        )
    else:
        print_comparison(console(), worked.results, worked.headlines, worked.checks, worked.findings)
    tell_notices(worked)
    fail_on_checks(worked)


def explain(
    case: CaseName,
    key: Annotated[
        str, typer.Argument(metavar="KEY", help="A headline, or a key: waits.waiting_list[rbl,ct].")
    ],
    option: OneOption = None,
    period: Annotated[
        str | None, typer.Option("--period", metavar="PERIOD", help="2025/26, or 2026-04 for a month.")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, help="How many levels to show.")] = 6,
    sets: Sets = [],  # noqa: B006
    json: Json = False,
) -> None:
    """Show the tree behind one figure. It goes down to the source of each assumption."""
    from casebuilder.analysis.explain.ask import find_figure
    from casebuilder.analysis.explain.trace import trace
    from casebuilder.summary.explain.tree import print_tree, tree_data

    with progress() as tell:
        from casebuilder.case import load_case

        tell("Reading the case")
        loaded = load_case(case, sets)
        figure = find_figure(loaded.problem, key, option, period)
        tell("Evaluating")
        tree = trace(loaded.results, figure, depth)
        status = loaded.checks.status
    if json:
        print_json(tree_data(tree))
    else:
        print_tree(console(), tree)
    sys.stdout.flush()
    tell_notices(loaded)
    if status.stops:  # the figure is explained all the same: that is how a fault is found
        say(f"{loaded.name}: {status.text}; `check` names them")
