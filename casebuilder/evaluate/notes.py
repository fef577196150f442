"""Notes on a case: what is worth knowing and colours nothing, such as how much of it is unverified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.assumed.left_to_do import of_values
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables
from casebuilder.inputs.values import DEFAULT, STATES, InputValues, Members, Origin, ToDo, Value
from casebuilder.resources import resource

UNVERIFIED = "unverified"
TO_DO = "notes.to_do"
_MOST_NAMED = 3


@dataclass(frozen=True)
class Note:
    """Something worth knowing: a key, a sentence, and where it belongs."""

    key: str
    label: str
    detail: str = ""


def in_use(problem: Problem) -> Iterator[InputValues]:
    """The values of each input that a line uses, each input once: a rebased price stands there twice."""
    yield from {id(given): given for given in problem.values.values()}.values()


def _layers(given: InputValues) -> list[tuple[str | None, Mapping[Members, Value]]]:
    return [(None, given.base), *given.options.items()]


def states_of(problem: Problem) -> dict[str, Counter[str]]:
    """For each state, how many values in use have it, by the key of their input.

    A value that nobody gives, the default of its input, has no state.
    """
    counted: dict[str, Counter[str]] = {state: Counter() for state in STATES}
    for key, origin in _origins(problem):
        if origin != DEFAULT:
            counted.setdefault(origin.state, Counter())[key] += 1
    return counted


def defaults_of(problem: Problem) -> int:
    """How many values in use nobody gives: they stand at the default of their input."""
    return sum(origin == DEFAULT for _, origin in _origins(problem))


def _origins(problem: Problem) -> Iterator[tuple[str, Origin]]:
    """Where each value in use comes from, with the key of its input."""
    for given in in_use(problem):
        for option, values in _layers(given):
            for members in values:
                yield given.input.key, given.origin(option, members)


def outside_their_range(problem: Problem) -> list[str]:
    """The values that lie outside the range stated for them: an option's, where it has none, that of Base."""
    found = []
    for given in in_use(problem):
        for option, values in _layers(given):
            for members, value in values.items():
                base = given.base[members]
                low = base.low if value.low is None else value.low
                high = base.high if value.high is None else value.high
                amount = value.amount
                if isinstance(amount, str):
                    continue
                if (low is not None and amount < low) or (high is not None and amount > high):
                    place = f"[{','.join(members)}]" if members else ""
                    found.append(f"{f'{option}:' if option else ''}{given.input.key}{place}")
    return found


def notes_of(problem: Problem) -> list[Note]:
    """The notes that follow from the values of a case, and from what is known of its bodies."""
    notes = bodies_that_change(problem)
    counted = states_of(problem)
    every, unverified = sum(counter.total() for counter in counted.values()), counted[UNVERIFIED].total()
    if unverified:
        share = f"{unverified / every:.0%} of the values in use are unverified"
        notes.append(Note("notes.unverified", share, f"{unverified:,} of {every:,}"))
    outside = outside_their_range(problem)
    if outside:
        more = f" and {len(outside) - _MOST_NAMED:,} more" if len(outside) > _MOST_NAMED else ""
        lie = "1 value lies" if len(outside) == 1 else f"{len(outside):,} values lie"
        label = f"{lie} outside the range stated"
        notes.append(Note("notes.outside_range", label, ", ".join(outside[:_MOST_NAMED]) + more))
    left = left_to_do(problem)
    if left:
        more = f" and {len(left) - _MOST_NAMED:,} more" if len(left) > _MOST_NAMED else ""
        things = "1 thing is" if len(left) == 1 else f"{len(left):,} things are"
        label = f"{things} still to do, placeholders or copied: casebuilder check lists them"
        notes.append(Note(TO_DO, label, ", ".join(each.name for each in left[:_MOST_NAMED]) + more))
    return notes


def left_to_do(problem: Problem) -> list[ToDo]:
    """What is still a placeholder or copied: of the values in use, then of the case's texts."""
    return [*of_values(in_use(problem), problem.inputs.info.folder), *problem.inputs.to_do]


def bodies_that_change(problem: Problem) -> list[Note]:
    """A note for the payer, and for each trust, that another takes over by the end of the case.

    Demand, plans and income of the case stay with the bodies that it names; who signs is another.
    """
    given = read_fitted_tables(resource("assumptions/reference/data"))
    last_year = problem.frame.ids("year")[-1]
    end = f"{int(last_year[:4]) + 1}-03"
    notes = []
    payer = given.payers.get(problem.inputs.info.system)
    if payer is not None and payer.first_month <= end:
        label = f"{problem.inputs.info.system} is part of {payer.into} from {_in_words(payer.first_month)}"
        notes.append(Note("notes.payer", f"The payer changes: {label}", f"As announced ({payer.source})"))
    for member in problem.frame.members.get("provider", ()):
        joined = given.merged.get(member.id.upper())
        if joined is not None and joined.first_month <= end:
            label = f"{member.label} is part of {joined.into} from {_in_words(joined.first_month)}"
            notes.append(Note("notes.trust", f"A trust changes: {label}", joined.source))
    return notes


def _in_words(month: str) -> str:
    """July 2023."""
    return date.fromisoformat(f"{month}-01").strftime("%B %Y")
