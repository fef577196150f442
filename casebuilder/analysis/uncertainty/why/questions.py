"""What a reviewer asks of an option, in order: figures and limits, and whether the case keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casebuilder.analysis.uncertainty.why.targets import RANKING, RATIO, Target, targets
from casebuilder.errors import CaseError
from casebuilder.evaluate.headlines import RANKED_BY, headline_line
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.files.scalars import nearest
from casebuilder.inputs.templates.read import template

TEMPLATE = "challenge.yaml"
# Figures without a limit of which more is better.
_MORE = (RANKED_BY, "surplus_steady_state")


@dataclass(frozen=True)
class Question:
    """A question with the figures that answer it.

    Attributes
    ----------
    name, asks, note, source
        As the template has them.
    targets
        Those that the case has.
    absent
        Headlines that the case has not.
    """

    name: str
    asks: str
    note: str
    source: str
    targets: tuple[Target, ...]
    absent: tuple[str, ...] = ()


def more_is_better(figure: str) -> bool | None:
    """Whether more of a figure is better, by the limit it is held to; None where that is not known."""
    if figure in _MORE:
        return True
    limits = (limit for each in template(TEMPLATE)["questions"] for limit in each.get("limits", ()))
    return next((limit.get("at_least") is not None for limit in limits if limit["headline"] == figure), None)


def questions(
    problem: Problem, option: str, limits: Mapping[str, float] | None = None
) -> tuple[Question, ...]:
    """The questions to an option.

    Parameters
    ----------
    problem
        The case.
    option
        The option.
    limits
        Limits that hold in place of the template's, by headline.

    Raises
    ------
    CaseError
        A limit of a headline that no question is about.
    """
    given = template(TEMPLATE)["questions"]
    asked = {limit["headline"]: limit for each in given for limit in each.get("limits", ())}
    own = dict(limits or {})
    for headline in own:
        if headline not in asked:
            hint = nearest(headline, asked) or f"; those with a limit are {', '.join(asked)}"
            raise CaseError(f"no question is about '{headline}'{hint}")
    found = []
    for each in given:
        wanted = [limit["headline"] for limit in each.get("limits", ())]
        told = [name for name in wanted if headline_line(problem, name) is not None]
        kept = [_limit(asked[name], own) for name in told]
        every = targets(problem, option, kept)
        if each["name"] == "ranking":
            chosen = [target for target in every if target.name == RANKING]
        elif each["name"] == "ratio":
            chosen = [target for target in every if target.name == RATIO]
        else:
            chosen = [target for target in every if target.name in told]
        absent = tuple(name for name in wanted if name not in told)
        words = (each["name"], each["asks"], each.get("note") or "", each.get("source") or "")
        found.append(Question(*words, tuple(chosen), absent))
    return tuple(found)


def _limit(given: Mapping[str, float | None], own: Mapping[str, float]) -> tuple[str, float, bool]:
    """A headline with its limit, and whether it is to be at least that."""
    headline = str(given["headline"])
    least, most = given.get("at_least"), given.get("at_most")
    more = least is not None
    limit = least if least is not None else most
    assert limit is not None
    return headline, own.get(headline, limit), more
