"""What `explain` is asked for: a key with its members, an option and a period, each one there is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from casebuilder.algebra.dimensions import TIME, Frame, time_of, without_time
from casebuilder.algebra.terms import Input, Line, Named
from casebuilder.errors import CaseError
from casebuilder.evaluate.headlines import CHAPTER, FURTHER, HEADLINES, headline_key
from casebuilder.evaluate.option_values import chosen_options
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.files.scalars import listed, nearest
from casebuilder.inputs.shape.renamed import renamed

_KEY = re.compile(r"\s*(?P<key>[^\[\]]+?)\s*(?:\[(?P<members>[^\[\]]*)\])?\s*")
_MOST_LISTED = 12


@dataclass(frozen=True)
class Figure:
    """One value: a line or an input, for an option, with a member of each of its dimensions."""

    named: Line | Input
    option: str
    members: Mapping[str, str]


def find_figure(problem: Problem, text: str, option: str | None, period: str | None) -> Figure:
    """The figure that a key, an option and a period mean.

    Parameters
    ----------
    problem
        The case.
    text
        A headline's key, or a line's or input's with its members: `waits.waiting_list[rbl,ct]`.
    option
        By default the last option, which is the preferred one.
    period
        The month or year, for what varies over time.

    Raises
    ------
    CaseError
        There is no such key, or a member or period is wrong or missing; says what is possible.
    """
    match = _KEY.fullmatch(text)
    if match is None:
        raise CaseError(f"'{text}' is not a key such as headlines.npsv or capacity.cdc_slots[site,test]")
    named = _named(problem, match["key"])
    given = [part.strip() for part in (match["members"] or "").split(",") if part.strip()]
    (chosen,) = chosen_options(problem.frame, option or problem.frame.option_ids[-1])
    return Figure(named, chosen, _members(problem.frame, named, given, period))


def _named(problem: Problem, key: str) -> Line | Input:
    inputs = problem.inputs_by_key
    full = headline_key(key) if key in (*HEADLINES, *FURTHER) else key
    if full in problem.by_key:
        return problem.by_key[full]
    if full in inputs:
        return inputs[full]
    if key.removeprefix(f"{CHAPTER}.") in HEADLINES:
        raise CaseError(f"this version has no {key}: the case lacks what it is worked out from")
    became = renamed(key)
    if became is not None:
        raise CaseError(str(became))
    known = [*problem.by_key, *inputs, *HEADLINES, *FURTHER]
    raise CaseError(f"no line or input '{key}' in this case{nearest(key, known)}")


def _members(frame: Frame, named: Named, given: Iterable[str], period: str | None) -> dict[str, str]:
    axis, rest = time_of(named.over), list(named.over)
    found: dict[str, str] = {}
    if period is not None and axis is None:
        raise CaseError(f"{named.key} does not vary over time: leave out --period")
    for member in [*given, *([period] if period is not None else [])]:
        dimension = next((name for name in rest if member in frame.positions.get(name, {})), None)
        if dimension is None:
            raise CaseError(f"'{member}' does not fit {named.key}: {_possible(frame, rest)}")
        rest.remove(dimension)
        found[dimension] = member
    if rest:
        raise CaseError(f"{form(named)} needs {_wanted(frame, rest)}: {_possible(frame, rest)}")
    if not frame.exists(found):
        names = ", ".join(found[name] for name in without_time(named.over))
        raise CaseError(f"{named.key} has no value for {names}: the case has no such combination")
    return {name: found[name] for name in named.over}


def form(named: Named) -> str:
    """How a key is written in full: `waits.waiting_list[provider,test,month]`."""
    return f"{named.key}[{','.join(named.over)}]" if named.over else named.key


def _wanted(frame: Frame, dimensions: Iterable[str]) -> str:
    names = [f"{frame.title(name).lower()}{' (--period)' if name in TIME else ''}" for name in dimensions]
    return " and ".join(f"{'an' if name[0] in 'aeiou' else 'a'} {name}" for name in names)


def _possible(frame: Frame, dimensions: Iterable[str]) -> str:
    parts = []
    for name in dimensions:
        ids = frame.ids(name)
        what = f"{ids[0]} to {ids[-1]}" if name in TIME and ids else listed(ids, _MOST_LISTED)
        parts.append(f"{name} is one of {what}" if name not in TIME else f"{name} is {what}")
    return "; ".join(parts) or "it takes no member more"
