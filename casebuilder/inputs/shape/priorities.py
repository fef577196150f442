"""What binds the choice of sites: which need which, which exclude each other, and minima by district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from casebuilder.algebra.dimensions import Frame
from casebuilder.errors import Fault
from casebuilder.inputs.files.places import Place
from casebuilder.inputs.files.strangers import no_member
from casebuilder.inputs.files.yaml import Node
from casebuilder.inputs.values import Priorities

SITE, DISTRICT = "site", "district"


def read_priorities(entry: Node | None, frame: Frame, faults: list[Fault]) -> Priorities:
    """The block `priorities` of case.yaml; empty where the case has none.

    Parameters
    ----------
    entry
        The block; its shape is checked by then, so that what is no list or mapping is passed over.
    frame
        The case's sites and districts.
    faults
        Takes what is wrong: a name that is no site or district, a site that needs itself by any way
        round, and two sites that exclude each other though one is not built without the other.
    """
    if entry is None:
        return Priorities()
    needs, places = _needs(entry.get("needs"), frame, faults)
    every = closure(needs)
    told: set[str] = set()
    for site, needed in every.items():
        if site in needed and site not in told:
            way = _way_round(site, needs)
            told.update(way)
            message = f"{site} needs itself: {' needs '.join(way)}"
            faults.append(places[site, way[1]].fault(message))
    excludes = _excludes(entry.get("excludes"), every, frame, faults)
    at_least, where = _at_least(entry.get("at_least"), frame, faults)
    return Priorities({site: tuple(own) for site, own in needs.items()}, excludes, at_least, where)


def closure(needs: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """For each site all those it needs, those that these need included."""
    found: dict[str, frozenset[str]] = {}
    for site in needs:
        seen: set[str] = set()
        ahead = list(needs[site])
        while ahead:
            other = ahead.pop()
            if other not in seen:
                seen.add(other)
                ahead += needs.get(other, ())
        found[site] = frozenset(seen)
    return found


def _needs(
    entry: Node | None, frame: Frame, faults: list[Fault]
) -> tuple[dict[str, dict[str, None]], dict[tuple[str, str], Place]]:
    """What each site needs, in order, and where it is said."""
    needs: dict[str, dict[str, None]] = {}
    places: dict[tuple[str, str], Place] = {}
    for site, others in (entry.mapping if entry else {}).items():
        place = entry.key_place(site) if entry else others.place
        known = _known(SITE, site, place, frame, faults)
        for item in others.items:
            other = item.text or ""
            if not _known(SITE, other, item.place, frame, faults) or not known:
                continue
            if other in needs.get(site, {}):
                faults.append(item.place.fault(f"'{other}' is listed twice for {site}"))
            needs.setdefault(site, {})[other] = None
            places.setdefault((site, other), item.place)
    return needs, places


def _way_round(site: str, needs: Mapping[str, Mapping[str, None]]) -> list[str]:
    """The shortest way by which a site needs itself, the site at both ends."""
    ways = [[site]]
    while True:
        way = ways.pop(0)
        for other in needs.get(way[-1], {}):
            if other == site:
                return [*way, site]
            if other not in way:
                ways.append([*way, other])


def _excludes(
    entry: Node | None, needs: Mapping[str, frozenset[str]], frame: Frame, faults: list[Fault]
) -> tuple[tuple[str, str], ...]:
    """The pairs of which one site at most is built; a longer list stands for all its pairs."""
    found: dict[tuple[str, str], None] = {}
    for group in entry.items if entry else []:
        known = [item for item in group.items if _known(SITE, item.text or "", item.place, frame, faults)]
        if len(group.items) < 2:
            faults.append(group.place.fault("sites that exclude each other: name two at least"))
        for one, other in combinations(known, 2):
            a, b = one.text or "", other.text or ""
            if a == b:
                faults.append(other.place.fault(f"'{b}' is listed twice: a site does not exclude itself"))
            elif b in needs.get(a, ()) or a in needs.get(b, ()):
                spoke, hub = (a, b) if b in needs.get(a, ()) else (b, a)
                message = f"{spoke} needs {hub}, so that they cannot exclude each other"
                faults.append(other.place.fault(message))
            else:
                found[min(a, b), max(a, b)] = None
    for site, needed in needs.items():
        both = next(((a, b) for a, b in found if a in needed and b in needed), None)
        if both and entry:
            message = f"{site} can never be built: it needs {both[0]} and {both[1]}, which exclude each other"
            faults.append(entry.place.fault(message))
    return tuple(found)


def _at_least(
    entry: Node | None, frame: Frame, faults: list[Fault]
) -> tuple[dict[str, int], dict[str, Place]]:
    """How many centres each district must have, and where it is said."""
    found: dict[str, int] = {}
    places: dict[str, Place] = {}
    for district, node in (entry.mapping if entry else {}).items():
        place = entry.key_place(district) if entry else node.place
        known = _known(DISTRICT, district, place, frame, faults)
        if known and _whole(node):
            found[district], places[district] = _whole(node), place
    return found, places


def _whole(node: Node) -> int:
    """A whole number above nought; 0 where another thing stands there, which is a fault already noted."""
    number = node.scalar
    if isinstance(number, bool) or not isinstance(number, int | float) or number != int(number):
        return 0
    return max(int(number), 0)


def _known(dimension: str, member: str, place: Place, frame: Frame, faults: list[Fault]) -> bool:
    """Whether a member is one of the case's; a fault where it is not."""
    if member in frame.ids(dimension):
        return True
    faults.append(place.fault(no_member(member, dimension, frame)))
    return False
