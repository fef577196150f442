"""`challenge`: what a reviewer asks of an option, answered with the case's own numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

from casebuilder.analysis.uncertainty.why.answers import Answer, Challenge, figures_of
from casebuilder.analysis.uncertainty.why.questions import questions
from casebuilder.analysis.uncertainty.why.standing import published, standings_of
from casebuilder.analysis.uncertainty.why.stressed import stressed
from casebuilder.analysis.uncertainty.why.switching import Switch, switching_values
from casebuilder.analysis.uncertainty.why.targets import Target
from casebuilder.analysis.uncertainty.why.together import Together, together
from casebuilder.case import Case, load_case
from casebuilder.errors import CaseError
from casebuilder.inputs.read import CASE
from casebuilder.inputs.values import CaseInputs
from casebuilder.resources import resource

Say = Callable[[str], None]
# Of the inputs that come nearest to switching an answer, so many are set beside other cases for each.
_NEAREST = 8


def challenge(case: Case, option: str, limits: Mapping[str, float], say: Say) -> Challenge:
    """Ask an option of a case what a reviewer would.

    Parameters
    ----------
    case
        The case.
    option
        The option.
    limits
        Limits that hold in place of the usual ones, by headline.
    say
        Told what is being done.

    Raises
    ------
    CaseError
        A line of the case has no value, or a limit is of no question.
    """
    results = case.results
    results.require()
    asked = questions(case.problem, option, limits)
    wanted = [target for question in asked for target in question.targets]
    say("Moving every input")
    switches = switching_values(
        results, wanted, tell=lambda done, of: say(f"Looking for switching values: {done:,} of {of:,}")
    )
    say("Laying ranges on each other")
    laid = together(results, wanted)
    answers = {
        question: tuple(
            _answer(case, target, switches[target], laid.get(target)) for target in question.targets
        )
        for question in asked
    }
    say("Reading the other cases")
    keys = dict.fromkeys(
        switch.path.item.key for own in answers.values() for each in own for switch in each.found[:_NEAREST]
    )
    for each in (step for one in laid.values() for step in one.steps[:_NEAREST]):
        keys.setdefault(each.varied.item.key)
    others = _others(case) if keys else {}
    standing = case.findings.standings.get(option)
    say("Working out the stresses")
    return Challenge(
        case.problem,
        option,
        answers,
        None if standing is None else standing.to_best,
        tuple(standings_of(case.inputs, others, keys)),
        tuple(published(results, option)),
        tuple(stressed(results, option, figures_of(answers))),
    )


def _answer(case: Case, target: Target, switches: list[Switch], laid: Together | None) -> Answer:
    value = case.headlines[target.option].value(target.figure)
    holds: bool | None = None
    if target.name == "ranking":
        rank = case.headlines[target.option].rank
        holds = None if rank is None else rank == 1
    elif value is not None and math.isfinite(value):
        holds = value >= target.limit if target.more else value <= target.limit
    return Answer(target, value, holds, tuple(switches), laid)


def _others(case: Case) -> dict[str, CaseInputs]:
    """The shipped cases beside this one, as far as they can be read."""
    try:
        folder = resource("assumptions/cases")
    except CaseError:
        return {}
    found: dict[str, CaseInputs] = {}
    for path in sorted(folder.iterdir()):
        if not (path / CASE).is_file() or path.resolve() == case.folder.resolve():
            continue
        found[path.name] = load_case(str(path)).inputs
    return found
