"""A plan of sites as inputs of the engine: sites in, out or late, and kit in or out, a plan a draw.

A site that is left out has `estate.included` 0; kit that is left out has no rooms; a site that starts a
year late is approved a year late, and its capital and any hired unit come a year late. Awards stay in the
years in which they were given.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from casebuilder.algebra.terms import Input
from casebuilder.analysis.sites.programme import OUT, Array, Plan
from casebuilder.errors import CaseError
from casebuilder.evaluate.problem import Problem, narrowed
from casebuilder.inputs.files.scalars import nearest, shown

INCLUDED, ROOMS, PHASING = "estate.included", "estate.rooms", "capital.phasing"
OF_TEST = (ROOMS, "estate.part_rooms")
APPROVAL, HIRED = "programme.approval_month", "estate.hired_rooms"
HIRED_MONTHS = ("estate.hired_from_month", "estate.hired_to_month")
_TWELVE = 12


@dataclass(frozen=True)
class Candidate:
    """A site, or the rooms of a test at one.

    Attributes
    ----------
    site, test
        Ids; `test` is empty for a site.
    label
        As people read it.
    parent
        For kit, the number of its site among the candidates.
    """

    site: str
    test: str
    label: str
    parent: int | None = None

    @property
    def id(self) -> str:
        """`paddington`, or `paddington:mri` for kit."""
        return f"{self.site}:{self.test}" if self.test else self.site


class PlanInputs:
    """The candidates of one option, and the inputs of any plan of them.

    Parameters
    ----------
    problem
        The case.
    option
        The option whose sites are chosen from.
    kit
        Tests whose rooms may be left out at a site that is built.

    Attributes
    ----------
    problem
        The case with the option and its baseline alone, so that no other option is worked out.
    row
        The option's place among the two.
    candidates
        The sites that the option takes in, then kit.

    Raises
    ------
    CaseError
        The option takes no site in, or there is no such test.
    """

    def __init__(self, problem: Problem, option: str, kit: Sequence[str] = ()) -> None:
        """Narrow the case and find the candidates."""
        self.option = option
        self.problem = narrowed(problem, option)
        self.frame = self.problem.frame
        self.row = self.frame.option_ids.index(option)
        self._axes = self.problem.axes
        self._inputs = self.problem.inputs_by_key
        self.candidates = (*(sites := self._sites()), *self._kit(sites, kit))

    def given(self, key: str) -> Array | None:
        """The option's values of an input in the order of its dimensions; None where the case has none."""
        item = self._inputs.get(key)
        return None if item is None else self._values(item)[0, self.row]

    def site_number(self, candidate: Candidate) -> int:
        """The place of a candidate's site among all sites of the case."""
        return self.frame.positions["site"][candidate.site]

    def longest_delay(self) -> int:
        """The years by which every candidate can be put off and still be paid for within the case's years."""
        spending = self._phasing
        last = [int(np.flatnonzero(spending[self.site_number(c)]).max(initial=0)) for c in self.candidates]
        return int(spending.shape[1]) - 1 - max(last)

    def samples(self, plans: Sequence[Plan]) -> dict[Input, Array]:
        """The inputs of some plans, one a draw, in the axes of the engine."""
        plain = {INCLUDED: self._draws(INCLUDED, len(plans))}
        if any(start > 0 for plan in plans for start in plan):
            for key in (APPROVAL, PHASING, *HIRED_MONTHS):
                if key in self._inputs:
                    plain[key] = self._draws(key, len(plans))
        if any(candidate.test for candidate in self.candidates):
            plain |= {key: self._draws(key, len(plans)) for key in OF_TEST if key in self._inputs}
        for draw, plan in enumerate(plans):
            for candidate, start in zip(self.candidates, plan, strict=True):
                place = (draw, self.row, self.site_number(candidate))
                if candidate.parent is None:
                    plain[INCLUDED][place] = float(start != OUT)
                    if start > 0:
                        self._put_off(plain, place, start)
                elif start == OUT and plan[candidate.parent] != OUT:
                    for key in OF_TEST:
                        if key in plain:
                            plain[key][(*place, self.frame.positions["test"][candidate.test])] = 0.0
        return {
            self._inputs[key]: self._axes.placed(array, self._inputs[key].over)
            for key, array in plain.items()
        }

    def sets(self, plan: Plan) -> list[str]:
        """A plan as `--set` takes it: what differs from the option as the case has it."""
        found: list[str] = []
        for item, array in self.samples([plan]).items():
            before, after = (self._axes.plain(x, item.over)[0, self.row] for x in (self._given(item), array))
            for place in np.argwhere(before != after):
                members = [self.frame.ids(d)[i] for d, i in zip(item.over, place, strict=True)]
                value = shown(float(after[tuple(place)]))
                found.append(f"{self.option}:{item.key}[{','.join(members)}]={value}")
        return found

    def _sites(self) -> tuple[Candidate, ...]:
        included = self.given(INCLUDED)
        if included is None:
            raise CaseError("this case has no sites to choose from")
        taken = [site for site, flag in zip(self.frame.ids("site"), included, strict=True) if flag > 0]
        if not taken:
            raise CaseError(f"option '{self.option}' takes no site in: there is nothing to choose from")
        return tuple(Candidate(site, "", self.frame.label("site", site)) for site in taken)

    def _kit(self, sites: Sequence[Candidate], kit: Sequence[str]) -> list[Candidate]:
        """The rooms that can be left out, by site; a site keeps one test at least, else it is no site."""
        tests, rooms = self.frame.ids("test"), self.given(ROOMS)
        for test in kit:
            if test not in tests:
                hint = nearest(test, tests) or f"; the tests are {', '.join(tests)}"
                raise CaseError(f"'{test}' is no test of this case{hint}")
        found: list[Candidate] = []
        for parent, site in enumerate(sites if kit and rooms is not None else ()):
            assert rooms is not None
            own = rooms[self.site_number(site)]
            there = [test for test, number in zip(tests, own, strict=True) if number > 0]
            spare = [test for test in there if test in kit]
            for test in spare[1:] if spare == there else spare:
                label = f"{self.frame.label('test', test)} at {site.label}"
                found.append(Candidate(site.site, test, label, parent))
        return found

    @cached_property
    def _phasing(self) -> Array:
        phasing = self.given(PHASING)
        if phasing is None:
            raise CaseError(f"this case has no {PHASING}: a site cannot start later")
        return phasing

    @cached_property
    def _hired(self) -> Array:
        """Hired units by site; none where the case has none."""
        hired = self.given(HIRED)
        return np.zeros(len(self.frame.ids("site"))) if hired is None else hired.sum(axis=1)

    def _put_off(self, plain: Mapping[str, Array], place: tuple[int, int, int], years: int) -> None:
        """A site some years late: approval, capital and hired units."""
        plain[APPROVAL][place] += years * _TWELVE
        spending = plain[PHASING][place]
        spending[years:] = spending[:-years].copy()
        spending[:years] = 0.0
        for key in HIRED_MONTHS if self._hired[place[-1]] > 0 else ():
            if key in plain and plain[key][place] > 0:
                plain[key][place] += years * _TWELVE

    def _draws(self, key: str, count: int) -> Array:
        """An input's own values for some draws, shape (draws, options, its dimensions)."""
        values = self._values(self._inputs[key])
        return np.broadcast_to(values, (count, *values.shape[1:])).copy()

    def _values(self, item: Input) -> Array:
        return self._axes.plain(self._given(item), item.over)

    def _given(self, item: Input) -> Array:
        return self._axes.input_array(self.problem.values[item])
