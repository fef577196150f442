"""What binds a choice of sites, from the case's words to the numbers of candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from casebuilder.analysis.sites.inputs import Candidate
from casebuilder.analysis.sites.programme import OUT, Array, Flags, Limit, Minimum, Need, Plan
from casebuilder.errors import CaseError, Fault
from casebuilder.inputs.values import Priorities


@dataclass(frozen=True)
class Rules:
    """Needs, exclusions and minima between candidates by their number, and what each minimum is for.

    Attributes
    ----------
    wanted
        For each minimum, the id of its district; empty for one over all sites.
    """

    needs: tuple[Need, ...] = ()
    excludes: tuple[tuple[int, int], ...] = ()
    minima: tuple[Minimum, ...] = ()
    wanted: tuple[str, ...] = ()

    def needed_by(self, number: int) -> list[int]:
        """What a candidate is not built without."""
        return [need.other for need in self.needs if need.candidate == number]

    def with_needs(self, plan: Plan) -> Plan:
        """The plan with all that its candidates need, each at the earliest start allowed."""
        built = list(plan)
        waiting = [number for number, start in enumerate(built) if start != OUT]
        while waiting:
            number = waiting.pop()
            for need in (need for need in self.needs if need.candidate == number):
                allowed = need.allowed[built[number]]
                if (built[need.other] == OUT or not allowed[built[need.other]]) and allowed.any():
                    built[need.other] = int(allowed.argmax())
                    waiting.append(need.other)
        return tuple(built)

    def without_orphans(self, plan: Plan) -> Plan:
        """The plan without candidates that miss something they need."""
        built = list(plan)
        while True:
            missing = [
                need.candidate
                for need in self.needs
                if built[need.candidate] != OUT
                and (built[need.other] == OUT or not need.allowed[built[need.candidate], built[need.other]])
            ]
            if not missing:
                return tuple(built)
            for number in missing:
                built[number] = OUT


def rules_of(
    priorities: Priorities,
    candidates: Sequence[Candidate],
    opening: Array,
    starts: int,
    districts: Mapping[str, tuple[int, ...]],
    labels: Mapping[str, str],
    least: int = 0,
) -> Rules:
    """The rules between the candidates of an option.

    Parameters
    ----------
    priorities
        What case.yaml says.
    candidates
        Sites, then kit.
    opening
        The month in which each candidate opens if it is not put off, shape (C,).
    starts
        Starts to choose from: on time, one year late, ...
    districts
        The candidates that stand in each district.
    labels
        The names of districts.
    least
        Sites to be built at least, wherever they stand.

    Raises
    ------
    CaseError
        A site needs one that the option leaves out, or there are fewer sites than must be built.
    """
    place = {candidate.site: n for n, candidate in enumerate(candidates) if candidate.parent is None}
    needs = [
        Need(number, candidate.parent, np.eye(starts, dtype=bool))
        for number, candidate in enumerate(candidates)
        if candidate.parent is not None
    ]
    for site, others in priorities.needs.items():
        for other in others if site in place else ():
            if other not in place:
                message = f"{site} needs {other} (priorities of case.yaml), which the option leaves out"
                raise CaseError(message)
            needs.append(
                Need(place[site], place[other], _in_order(opening, place[site], place[other], starts))
            )
    excludes = [(place[a], place[b]) for a, b in priorities.excludes if a in place and b in place]
    if priorities.at_least and not districts:
        raise CaseError("a minimum by district needs a map of places and sites, and this case has none")
    faults: list[Fault] = []
    for district, count in priorities.at_least.items():
        there = districts.get(district, ())
        if len(there) < count:
            names = ", ".join(candidates[number].label for number in there)
            centres = f"{count} centre{'' if count == 1 else 's'}"
            message = f"{labels[district]}: {centres} at least, and the option has {len(there)} there"
            where = priorities.places[district]
            faults.append(where.fault(f"{message} ({names})" if names else message))
    if faults:
        raise CaseError(faults)
    minima = [Minimum(districts[district], count) for district, count in priorities.at_least.items()]
    wanted = [*priorities.at_least]
    if least > len(place):
        raise CaseError(f"{least} sites at least, and the option has {len(place)}")
    if least:
        minima.append(Minimum(tuple(place.values()), least))
        wanted.append("")
    return Rules(tuple(needs), tuple(excludes), tuple(minima), tuple(wanted))


def _in_order(opening: Array, site: int, other: int, starts: int) -> Flags:
    """Whether the other opens no later than the site, or is put off by no more years than the site is."""
    late = np.arange(starts)
    months = opening[other] + 12 * late[None, :] <= opening[site] + 12 * late[:, None]
    allowed: Flags = months | (late[None, :] <= late[:, None])
    return allowed


def limits_of(total: float | None, by_year: Mapping[str, float], years: Sequence[str]) -> dict[str, Limit]:
    """The limits by name: `all years`, and the years that have one.

    Parameters
    ----------
    total
        Capital in all years, £.
    by_year
        Capital in some years, £.
    years
        The years of the case.

    Raises
    ------
    CaseError
        A year that the case does not have.
    """
    found: dict[str, Limit] = {}
    if total is not None:
        found["all years"] = Limit(tuple(range(len(years))), total)
    for year, amount in by_year.items():
        if year not in years:
            raise CaseError(f"'{year}' is no year of this case, which runs from {years[0]} to {years[-1]}")
        found[year] = Limit((years.index(year),), amount)
    return found
