"""Where something is: latitude and longitude, a district, a town or a hospital, by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from casebuilder.errors import CaseError
from casebuilder.tasks.england.districts import COUNTY, Called, centre, districts, find_districts, named
from casebuilder.tasks.england.names import near, plain, tidy
from casebuilder.tasks.england.regions import building_region, nearest_district
from casebuilder.tasks.england.shipped import choices, england, rows_of, tables

GIVEN = "latitude and longitude as given"
DISTRICT, TOWN, HOSPITAL = "district", "town", "hospital"
_HOW = {DISTRICT: "where the people of the district live on average", TOWN: TOWN, HOSPITAL: HOSPITAL}
_POINT = re.compile(r"\s*([-+−]?\d+(?:\.\d+)?)\s*[,;\s]\s*([-+−]?\d+(?:\.\d+)?)\s*")
_POINTS = "give latitude and longitude, such as 51.52, -0.06"
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\d[a-z]{2}")


@dataclass(frozen=True)
class Location:
    """A point in England.

    Attributes
    ----------
    name
        What it is called.
    district
        The district of 2019 that it lies in: that of the nearest small area.
    latitude, longitude
        In degrees.
    how
        How it was found, in words.
    notes
        What to know of it.
    """

    name: str
    district: str
    latitude: float
    longitude: float
    how: str
    notes: tuple[str, ...] = ()

    @property
    def building_region(self) -> str:
        """The region by which building prices differ."""
        return building_region(self.latitude, self.longitude)


@dataclass(frozen=True)
class _Named:
    """Something with a name: of what kind it is, and how many live there."""

    name: str
    kind: str
    latitude: float
    longitude: float
    people: float
    note: str = ""
    within: str = ""

    @property
    def district(self) -> str:
        """The district that it is, or that of the nearest small area."""
        return self.within or districts()[nearest_district(self.latitude, self.longitude)[0]]


def locate(text: str) -> Location:
    """Where something is: `51.5, -0.12`, a district, a town, or a hospital of the table.

    A district is where its people live on average. `Newport, Isle of Wight` or `Ashford, Kent` says which of
    several is meant.

    Raises
    ------
    CaseError
        Nothing is called so, several are, or the point is not in England: what would be right is named.
    """
    point = _POINT.fullmatch(text)
    if point:
        return _at(*(float(part.replace("−", "-")) for part in point.groups()))
    every = _called(plain(text))
    if every:
        return _chosen(text, every)
    name, comma, where = (part.strip() for part in text.partition(","))
    every = _called(plain(name)) if comma else []
    if not every:
        _refuse_county(text)
        raise CaseError(f"'{text}' is no district, town or hospital of the tables{_hint(plain(name))}")
    within = find_districts(where)
    found = [each for each in every if each.district in within]
    if not found:
        raise CaseError(f"no {name} of the tables lies in {where}; there is {_which(name, every)}")
    return _chosen(text, found)


def _at(latitude: float, longitude: float) -> Location:
    """A point, where it is near people of England."""
    if abs(latitude) < abs(longitude) and 49 <= longitude <= 56:
        raise CaseError(f"{latitude:g}, {longitude:g} is not in England: latitude comes first")
    number, km = nearest_district(latitude, longitude)
    far = choices()["farthest_from_people_km"]
    if km > far:
        what = f"{latitude:g}, {longitude:g} is not in England"
        raise CaseError(f"{what}: no neighbourhood of England has its middle within {far:g} km of it")
    return Location(f"{latitude:g}, {longitude:g}", districts()[number], latitude, longitude, GIVEN)


def _chosen(text: str, found: Sequence[_Named]) -> Location:
    """The one that is meant: a district before a town in it, a place far larger than its namesakes."""
    by_district: dict[str, list[_Named]] = {}
    for each in found:
        by_district.setdefault(each.district, []).append(each)
    groups: list[tuple[float, list[_Named]]] = []
    for here in by_district.values():
        kind = next(k for k in (DISTRICT, TOWN, HOSPITAL) if k in {each.kind for each in here})
        first = [each for each in here if each.kind == kind]
        groups.append((max(each.people for each in first), first))
    most = max(size for size, _ in groups)
    least = choices()["namesake_share"] * most
    large = [each for size, here in groups if size >= least for each in here]
    if len(large) > 1:
        name = text.partition(",")[0].strip()
        raise CaseError(f"'{text}' may be any of several: write {_which(name, large)}")
    best = large[0]
    notes = [best.note] if best.note else []
    notes += [
        f"another {each.name} lies in {each.district}: it was passed over, being far smaller"
        for size, here in groups
        if size < least
        for each in here
    ]
    return Location(
        best.name, best.district, best.latitude, best.longitude, _HOW[best.kind], tuple(dict.fromkeys(notes))
    )


def _which(name: str, found: Sequence[_Named]) -> str:
    """How to write each of several so that one is meant."""
    lie_in = [each.district for each in found]
    ways = []
    for each in found:
        if lie_in.count(each.district) > 1:
            ways.append(f"'{each.latitude:.3f}, {each.longitude:.3f}' (in {each.district})")
        elif plain(each.name) != plain(name):
            ways.append(f"'{each.name}'")
        else:
            ways.append(f"'{each.name}, {each.district}'")
    return " or ".join(dict.fromkeys(ways))


def _refuse_county(text: str) -> None:
    for each in named(plain(text)):
        if each.what == COUNTY:
            some = ", ".join(each.districts)
            raise CaseError(
                f"'{text}' is a county, too large for a place: give a town, or a district: {some}"
            )


def _hint(name: str) -> str:
    if _POSTCODE.fullmatch(name.replace(" ", "")):
        return ": of postcodes only those of its hospitals are known; give a town, or latitude and longitude"
    close = [_others()[key][0].name for key in near(name, _others(), 3)]
    return f"; did you mean {' or '.join(dict.fromkeys(close))}?" if close else f": {_POINTS}"


def _called(name: str) -> list[_Named]:
    """What has a name: districts and towns, and, where there are none, hospitals."""
    others = _others().get(name, [])
    found = [_district(each, name, others) for each in named(name) if each.what != COUNTY] + list(others)
    return [each for each in found if each.kind != HOSPITAL] or found


def _district(called: Called, name: str, others: Sequence[_Named]) -> _Named:
    """A district by its name; by a shorter one, `Richmond`, it weighs no more than its town of that name."""
    north, east, people = centre(called.districts)
    note = f"{called.name} is a {called.what}, of {', '.join(called.districts)}"
    alone = len(called.districts) == 1
    if not called.is_name(name):
        towns = [t.people for t in others if t.kind == TOWN and t.district in called.districts]
        people = max(towns, default=people)
    return _Named(
        called.name,
        DISTRICT,
        north,
        east,
        people,
        "" if alone else note,
        called.districts[0] if alone else "",
    )


@cache
def _others() -> Mapping[str, list[_Named]]:
    """Towns and hospitals by plain name, hospitals by `… hospital` and postcode too."""
    found: dict[str, list[_Named]] = {}
    rows = rows_of(tables().tables.england_towns.file, ("name", "latitude", "longitude", "population"))
    for name, north, east, people in rows:
        town = _Named(tidy(name), TOWN, float(north), float(east), float(people))
        found.setdefault(plain(name), []).append(town)
    for hospital in england().hospitals:
        each = _Named(hospital.name, HOSPITAL, hospital.latitude, hospital.longitude, 1.0)
        name = plain(hospital.name)
        for called in (name, f"{name} hospital", hospital.postcode.lower()):
            found.setdefault(called, []).append(each)
    return found
