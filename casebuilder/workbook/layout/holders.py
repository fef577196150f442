"""Which sheet holds a line for an option: its own, or the baseline's where no override can reach the line.

A line that reads, directly or through others, no input that the option or the baseline touches has the
same value in both whatever is typed on the sheets of inputs: it is written once, on the baseline's sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from casebuilder.algebra.dimensions import OPTION
from casebuilder.algebra.terms import Call, Input, Line, Named, PeriodNumber, Term
from casebuilder.evaluate.problem import Problem

# What the numbers of the periods, in the header of a sheet of an option's own, rest on.
OFFSET = "timeline.first_month_offset"


def own_lines(problem: Problem) -> dict[str, frozenset[Line]]:
    """For each option the lines that stand on its own sheets; all others stand on the baseline's.

    Parameters
    ----------
    problem
        The lines of the case, and the options that touch each input.
    """
    frame = problem.frame
    readers = _readers(problem)
    reached = {option: _reached(problem, readers, option) for option in frame.option_ids}
    everything = frozenset(problem.lines)
    by_baseline = reached[frame.baseline]
    return {
        option: everything if option == frame.baseline else frozenset(reached[option] | by_baseline)
        for option in frame.option_ids
    }


def _readers(problem: Problem) -> dict[Named | str, list[Line]]:
    """What reads a line or an input in the option's own values, and what reads the numbers of periods."""
    readers: dict[Named | str, list[Line]] = {}
    for line in problem.lines:
        for named in dict.fromkeys(_read(problem, line)):
            readers.setdefault(named, []).append(line)
    return readers


def _read(problem: Problem, line: Line) -> Iterator[Named | str]:
    for term in (line.definition, line.opening):
        if term is not None:
            yield from _own_parts(problem, term)


def _own_parts(problem: Problem, term: Term) -> Iterator[Named | str]:
    """What a term reads of the option's own, not of an option that it names."""
    if isinstance(term, Named):
        yield problem.resolve(term)
    elif isinstance(term, PeriodNumber):
        yield OFFSET
    elif isinstance(term, Call) and term.settings.get("dimension") != OPTION:
        for argument in term.arguments:
            yield from _own_parts(problem, argument)


def _reached(problem: Problem, readers: Mapping[Named | str, list[Line]], option: str) -> set[Line]:
    """The lines that an input touched by an option reaches."""
    touched: list[Named | str] = [item for item, given in problem.values.items() if given.touched_by(option)]
    if any(isinstance(item, Input) and item.key == OFFSET for item in touched):
        return set(problem.lines)
    found: set[Line] = set()
    stack: list[Iterable[Line]] = [readers.get(item, ()) for item in touched]
    while stack:
        for line in stack.pop():
            if line not in found:
                found.add(line)
                stack.append(readers.get(line, ()))
    return found
