"""Which districts a case is about, and whose patients its sites see when every trust keeps its own list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor

import numpy as np
from numpy.typing import NDArray

from casebuilder.calibrate.travel import Numbers
from casebuilder.calibrate.travel_england import Hospital
from casebuilder.errors import CaseError
from casebuilder.tasks.england.neighbourhoods import small_areas
from casebuilder.tasks.england.places import Location
from casebuilder.tasks.england.shipped import choices, england, estimated_minutes, reached
from casebuilder.tasks.england.trusts import GENERAL, Trust, into_today, specialist_kinds, trusts

DISTANCE, ACTIVITY = "distance", "activity"
_DIGITS = 4


@dataclass(frozen=True)
class DistrictShare:
    """A district of a case.

    Attributes
    ----------
    district, people
        Its name of 2019, and how many live there.
    share
        The share of its people whose nearest acute hospital is one of the case's trusts'.
    sites
        The sites that lie in it.
    """

    district: str
    people: float
    share: float
    sites: tuple[str, ...]


@dataclass(frozen=True)
class Catchment:
    """The districts of a case, and the shares of each site's patients by trust.

    Attributes
    ----------
    districts
        In order of name.
    shares
        By site and the code of the trust; those of a site add up to 1.
    how
        By code whether its shares follow from `distance` or from `activity`.
    notes
        How all this was found, and what it cannot know.
    """

    districts: tuple[DistrictShare, ...]
    shares: Mapping[tuple[str, str], float]
    how: Mapping[str, str]
    notes: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the districts."""
        return tuple(each.district for each in self.districts)


@dataclass(frozen=True)
class _Hospitals:
    """Minutes from every small area to every hospital, and whose it is."""

    minutes: Numbers
    owners: NDArray[np.str_]

    def nearest_owner(self, codes: Sequence[str] | None = None) -> NDArray[np.str_]:
        """By small area whose hospital is the nearest, of some trusts or of all."""
        which = np.isin(self.owners, list(codes)) if codes is not None else np.ones(len(self.owners), bool)
        found: NDArray[np.str_] = self.owners[which][self.minutes[:, which].argmin(axis=1)]
        return found


def catchment(chosen: Sequence[Trust], sites: Mapping[str, Location]) -> Catchment:
    """The districts of a case and the shares of its sites.

    A district belongs to the case where a site lies in it, or where for `catchment_people_share` of its
    people a hospital of the case's trusts is nearer by road than any other of the table. A trust with
    a hospital takes the people near a site, the nearer the more, whose nearest hospital of the case is its
    own. A specialist trust, and one without a place, takes its part of the tests done from lists, a
    specialist one only of those that suit a centre.

    Parameters
    ----------
    chosen
        The trusts, each once.
    sites
        The sites by id.

    Raises
    ------
    CaseError
        There is no trust, or one stands twice.
    """
    codes = [trust.code for trust in chosen]
    if not codes:
        raise CaseError("a case needs a trust")
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise CaseError(f"{', '.join(twice)} stands twice among the trusts")
    hospitals = _hospitals(chosen)
    placed = [trust.code for trust in chosen if trust.hospitals and not trust.specialist]
    found, close = _districts(hospitals, placed, sites)
    how = {code: DISTANCE if code in placed else ACTIVITY for code in codes}
    shares = _shares(chosen, placed, hospitals, sites, tuple(each.district for each in found))
    return Catchment(found, shares, how, tuple(_notes(chosen, found, close, how)))


def _hospitals(chosen: Sequence[Trust]) -> _Hospitals:
    """The hospitals of the table, those of the case's trusts as these have them."""
    ground = england()
    owners = [into_today(provider) for provider in ground.providers]
    given: list[tuple[str, Hospital]] = []
    kept = np.ones(len(owners), bool)
    for trust in chosen:
        shipped = trusts()[trust.code].hospitals if trust.code in trusts() else ()
        if trust.hospitals != shipped:
            kept &= np.array(owners) != trust.code
            given += [(trust.code, hospital) for hospital in trust.hospitals]
    shipped_minutes = reached().minutes
    columns = [shipped_minutes if kept.all() else shipped_minutes[:, kept]] + [
        estimated_minutes(each.latitude, each.longitude)[:, None] for _, each in given
    ]
    names = [*np.array(owners)[kept], *(code for code, _ in given)]
    return _Hospitals(np.concatenate(columns, axis=1), np.array(names))


def _districts(
    hospitals: _Hospitals, placed: Sequence[str], sites: Mapping[str, Location]
) -> tuple[tuple[DistrictShare, ...], tuple[DistrictShare, ...]]:
    """The districts of a case, and those that came close."""
    ground = england()
    mine = np.isin(hospitals.nearest_owner(), list(placed))
    people = np.bincount(ground.district, ground.population)
    share = np.bincount(ground.district, ground.population * mine) / people
    every = [
        DistrictShare(
            name,
            float(people[i]),
            float(share[i]),
            tuple(site for site, at in sites.items() if at.district == name),
        )
        for i, name in enumerate(ground.districts)
    ]
    least = choices()["catchment_people_share"]
    taken = tuple(each for each in every if each.sites or each.share >= least)
    close = tuple(
        each for each in every if each not in taken and each.share >= choices()["catchment_told_share"]
    )
    return taken, close


def _shares(
    chosen: Sequence[Trust],
    placed: Sequence[str],
    hospitals: _Hospitals,
    sites: Mapping[str, Location],
    names: tuple[str, ...],
) -> dict[tuple[str, str], float]:
    """By site and trust: what goes by activity first, the rest among trusts with a place by people near."""
    activity = _activity(chosen)
    rest = sum(activity[code] for code in placed)
    found: dict[tuple[str, str], float] = {}
    within = small_areas(names)
    owner = hospitals.nearest_owner(placed) if placed else None
    for site, at in sites.items():
        parts = dict(activity)
        if owner is not None and rest > 0:
            people = _people_near(at, within)
            own = {code: float(people[owner == code].sum()) for code in placed}
            parts |= {code: rest * own[code] / sum(own.values()) for code in placed}
        found |= {(site, code): part for code, part in _rounded(parts).items()}
    return found


def _activity(chosen: Sequence[Trust]) -> dict[str, float]:
    """By trust its part of the tests from lists that a centre suits; equal parts where there are none."""
    suited = {trust.code: specialist_kinds().get(trust.code, ("", 1.0))[1] for trust in chosen}
    tests = {trust.code: trust.list_tests * suited[trust.code] for trust in chosen}
    every = sum(tests.values())
    return {code: x / every if every > 0 else 1 / len(tests) for code, x in tests.items()}


def _people_near(at: Location, within: NDArray[np.bool_]) -> Numbers:
    """The people of each small area of the case, fewer the longer the road to a site.

    Of as many people at `site_decay_minutes` more a part of 1/e comes, as the model has it of its places.
    """
    minutes = estimated_minutes(at.latitude, at.longitude)
    people: Numbers = england().population * within * np.exp(-minutes / choices()["site_decay_minutes"])
    return people


def _rounded(parts: Mapping[str, float]) -> dict[str, float]:
    """Parts with four digits that still add up to 1: what rounding leaves goes to the largest remainders."""
    unit = 10**_DIGITS
    low = {code: floor(part * unit + 1e-9) for code, part in parts.items()}
    left = unit - sum(low.values())
    for code in sorted(parts, key=lambda c: low[c] - parts[c] * unit)[:left]:
        low[code] += 1
    return {code: number / unit for code, number in low.items()}


def _notes(
    chosen: Sequence[Trust],
    found: Sequence[DistrictShare],
    close: Sequence[DistrictShare],
    how: Mapping[str, str],
) -> list[str]:
    """How districts and shares were found, in words."""
    least = choices()["catchment_people_share"]
    taken = ", ".join(each.district for each in found) or "none"
    notes = [
        f"Districts of 2019 are taken in where for {least:.0%} of their people or more a hospital of these"
        f" trusts is the nearest by road, or where a site lies: {taken}"
    ]
    if close:
        told = ", ".join(f"{each.district} ({each.share:.0%})" for each in close)
        notes.append(f"Left out, with fewer people nearest to these trusts: {told}")
    for trust in chosen:
        if how[trust.code] == DISTANCE:
            continue
        if trust.specialist:
            suited = specialist_kinds()[trust.code][1]
            why = f"it is specialist ({trust.kind}), and of its tests {suited:.0%} are taken to suit a centre"
        elif trust.kind != GENERAL:
            why = "it is a company or another provider, without a hospital in the data"
        else:
            why = "no hospital of it has a place in the data: give one, and its shares follow from distance"
        notes.append(
            f"{trust.name}: shares by tests from its list in twelve months to March 2025, since {why}"
        )
    return notes
