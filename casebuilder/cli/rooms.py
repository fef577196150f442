"""`compare --rooms`: what one room more or less of each test at each site is worth."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.cli.notices import tell_notices
from casebuilder.cli.output import console, fail_on_checks, only_ours, print_json
from casebuilder.cli.progress import progress


def compare_rooms(
    name: str, option: str | None, capital: float | None, sets: Sequence[str], *, json: bool
) -> None:
    """Work every room more and less out, and print it with the schedules suggested.

    Parameters
    ----------
    name, sets, json
        As the command has them.
    option
        The option whose rooms change; by default the one put forward.
    capital
        The limit of capital, £; by default what is awarded.
    """
    from casebuilder import __version__
    from casebuilder.analysis.rooms.worth import rooms_worth
    from casebuilder.case import load_case
    from casebuilder.evaluate.option_values import chosen_options
    from casebuilder.inputs.shape.in_workbook import put_forward
    from casebuilder.summary.rooms import print_rooms, rooms_data

    with progress() as tell, only_ours(drop=True):
        tell("Reading the case")
        loaded = load_case(name, sets)
        tell("Binding the model")
        problem = loaded.problem
        (chosen,) = chosen_options(problem.frame, option or put_forward(problem.frame))
        outcome = rooms_worth(
            problem, chosen, capital, lambda done, of: tell(f"Working out schedules: {done:,} of {of:,}")
        )
        tell("Running the checks")
        _ = loaded.checks  # of the case as it is given: rooms weighed on what fails are no better
    if json:
        print_json(rooms_data(problem, outcome, __version__))
    else:
        print_rooms(console(), problem, outcome)
    tell_notices(loaded)
    fail_on_checks(loaded)
