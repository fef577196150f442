"""What a plan of sites is worth and costs: the option evaluated as a whole, never centre by centre."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.algebra.terms import Line
from casebuilder.analysis.progress import Tell, silent
from casebuilder.analysis.sites.inputs import PlanInputs
from casebuilder.analysis.sites.programme import Array, Plan
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import evaluate

NPSV, TESTS, ADDITIONAL = "economics.npsv", "revenue.option_tests", "activity.additional_tests_year"
CAPITAL, BESIDE, OPENING = "capital.outturn", "capital.hospital_outturn", "programme.opening_month"
NEAR = {"any": "access.near", "centre": "access.near_centre"}
PEOPLE, MINUTES = "access.people", "access.minutes"
MEASURES = ("npsv", "tests", "additional", "people")
_BATCH = 64


@dataclass(frozen=True)
class Worth:
    """What the engine makes of a plan.

    Attributes
    ----------
    npsv
        Against the baseline, £ of the base year.
    tests, additional
        Tests a year that the option delivers, and tests of the network beyond the baseline's: means over
        the years of the appraisal, so that a late start counts.
    people
        People brought near who are not near at baseline, by deprivation quintile, shape (Q,).
    weighted
        The same in all, weighted.
    near
        Whether each place is near with the plan and not at baseline, shape (P,).
    capital
        Outturn by site and year, shape (S, Y), £ of cash with VAT.
    beside
        Outturn beside the sites, shape (Y,).
    opening
        The number of the month in which each site opens, shape (S,).
    """

    npsv: float
    tests: float
    additional: float
    people: Array
    weighted: float
    near: Array
    capital: Array
    beside: Array
    opening: Array

    @property
    def measures(self) -> Array:
        """In the order of `MEASURES`, people weighted."""
        return np.array([self.npsv, self.tests, self.additional, self.weighted])

    @property
    def by_year(self) -> Array:
        """All capital by year, shape (Y,)."""
        spending: Array = self.capital.sum(axis=0) + self.beside
        return spending


class SiteValues:
    """Works plans out, each once.

    Parameters
    ----------
    inputs
        The candidates of an option.
    near
        `any`: a centre or acute hospital counts; `centre`: a centre alone.
    weights
        The weight of a person by quintile; 1 where none is given.
    tell
        Told how many plans are worked out, of how many.
    known
        Plans that were worked out before, of the same case, option and settings; new ones are added.

    Raises
    ------
    CaseError
        The case lacks a line that this needs.
    """

    def __init__(
        self,
        inputs: PlanInputs,
        near: str = "any",
        weights: Mapping[str, float] | None = None,
        tell: Tell = silent,
        known: dict[Plan, Worth] | None = None,
    ) -> None:
        """Find the lines and who lives where."""
        self.inputs, self._tell = inputs, tell
        self.frame = inputs.frame
        lines = inputs.problem.by_key
        for key in (wanted := [NPSV, TESTS, ADDITIONAL, CAPITAL, BESIDE, OPENING]):
            if key not in lines:
                raise CaseError(f"this case has no line {key}, which sites are chosen by")
        people = inputs.given(PEOPLE)
        self._near = lines.get(NEAR[near]) if people is not None else None
        quintiles = self.frame.ids("quintile")
        self._weights = np.array([(weights or {}).get(quintile, 1.0) for quintile in quintiles])
        # By district, place and quintile; then by place and quintile.
        self._by_district = np.zeros((0, 0, len(quintiles))) if people is None else people
        self._living = self._by_district.sum(axis=0)
        self._lines: dict[str, Line] = {key: lines[key] for key in wanted}
        if self._near is not None:
            self._lines[self._near.key] = self._near
        self._known: dict[Plan, Worth] = {} if known is None else known

    @property
    def evaluated(self) -> Mapping[Plan, Worth]:
        """Every plan worked out so far."""
        return self._known

    @property
    def has_people(self) -> bool:
        """Whether the case has a map of people and sites."""
        return self._near is not None

    @property
    def people_weighted(self) -> Array:
        """Weighted people by place, shape (P,)."""
        weighted: Array = self._living @ self._weights
        return weighted

    def worth(self, plan: Plan) -> Worth:
        """What one plan is worth."""
        self.work_out([plan])
        return self._known[plan]

    def work_out(self, plans: Iterable[Plan]) -> None:
        """Evaluate the plans that are not known yet, some at a time."""
        missing = [plan for plan in dict.fromkeys(plans) if plan not in self._known]
        for start in range(0, len(missing), _BATCH):
            self._tell(start, len(missing))
            self._evaluate(missing[start : start + _BATCH])

    def districts(self) -> dict[str, tuple[int, ...]]:
        """The sites in each district, by their number among the candidates.

        A site stands in the district of the place that is nearest to it.
        """
        minutes = self.inputs.problem.by_key.get(MINUTES)
        if minutes is None or not self._by_district.size:
            return {}
        away = evaluate(self.inputs.problem, [minutes]).array(minutes)[0, self.inputs.row]
        found: dict[str, list[int]] = {}
        for number, candidate in enumerate(self.inputs.candidates):
            if candidate.parent is None:
                place = int(away[:, self.inputs.site_number(candidate)].argmin())
                district = int(self._by_district[:, place].sum(axis=1).argmax())
                found.setdefault(self.frame.ids("district")[district], []).append(number)
        return {district: tuple(numbers) for district, numbers in found.items()}

    def _evaluate(self, plans: Sequence[Plan]) -> None:
        results = evaluate(self.inputs.problem, self._lines.values(), self.inputs.samples(plans))
        found: dict[str, Array] = {}
        for key, line in self._lines.items():
            x = results.array(line)
            found[key] = np.broadcast_to(x, (len(plans), *x.shape[1:]))
        row = self.inputs.row
        near = self._newly_near(found, len(plans))
        for number, plan in enumerate(plans):
            people = near[number] @ self._living
            self._known[plan] = Worth(
                float(found[NPSV][number, row]),
                float(found[TESTS][number, row].sum(axis=0).mean()),
                float(found[ADDITIONAL][number, row].sum(axis=0).mean()),
                people,
                float(people @ self._weights),
                near[number],
                *(found[key][number, row].copy() for key in (CAPITAL, BESIDE, OPENING)),
            )

    def _newly_near(self, found: Mapping[str, Array], plans: int) -> Array:
        """Which places are near and are not at baseline, shape (plans, P)."""
        if self._near is None:
            return np.zeros((plans, len(self._living)))
        near = found[self._near.key]
        baseline = self.frame.option_ids.index(self.frame.baseline)
        return np.maximum(near[:, self.inputs.row] - near[:, baseline], 0.0)
