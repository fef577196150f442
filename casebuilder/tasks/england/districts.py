"""Districts of England: their names, those of counties and of districts made since 2019, their centres."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from casebuilder.errors import CaseError
from casebuilder.tasks.england.names import near, plain
from casebuilder.tasks.england.shipped import england, rows_of, tables

COUNTY = "county"
# Words around the name of a district that people leave out: `Bristol, City of`, `Newcastle upon Tyne`.
_ASIDE = re.compile(r"^(city of |county )|( city of| county of)$")
_UPON = re.compile(r" (upon|on|under|in) .*$")


@dataclass(frozen=True)
class Called:
    """What a name stands for.

    Attributes
    ----------
    name
        As it is written.
    what
        `district`, `county`, or since when it is a district.
    districts
        The districts of 2019 that it is, or is made of.
    """

    name: str
    what: str
    districts: tuple[str, ...]

    def is_name(self, name: str) -> bool:
        """Whether a plain name is the whole of it, but for words such as `City of`."""
        return name in _whole(self.name)


def districts() -> tuple[str, ...]:
    """The names of the 317 districts of 2019, in order."""
    return england().districts


def find_districts(text: str) -> tuple[str, ...]:
    """The districts of 2019 that a name means: one, or those of a county or of a district made since.

    Raises
    ------
    CaseError
        There is none, or the name may be either of two: the nearest are named.
    """
    found = named(plain(text))
    if len(found) == 1:
        return found[0].districts
    if found:
        raise CaseError(f"'{text}' may be {' or '.join(each.name for each in found)}")
    every = {name: each[0].name for name, each in _names().items()}
    close = list(dict.fromkeys(every[name] for name in near(plain(text), every, 3)))
    hint = f"; did you mean {' or '.join(close)}?" if close else ""
    raise CaseError(f"'{text}' is no district or county of England{hint}")


def all_districts(names: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """The districts of several names, each once, in order.

    Raises
    ------
    CaseError
        Some names are none: all of them are told.
    """
    found: set[str] = set()
    wrong: list[str] = []
    for name in names:
        try:
            found |= set(find_districts(name))
        except CaseError as told:
            wrong.append(str(told))
    if wrong:
        raise CaseError("; ".join(wrong))
    return tuple(sorted(found))


def named(name: str) -> tuple[Called, ...]:
    """What has a plain name."""
    return _names().get(name, ())


def centre(names: tuple[str, ...]) -> tuple[float, float, float]:
    """Where the people of some districts live on average, and how many they are."""
    ground = england()
    here = np.isin(np.array(ground.districts)[ground.district], names)
    people = ground.population[here]
    north, east = ground.latitude[here], ground.longitude[here]
    return (
        float(np.average(north, weights=people)),
        float(np.average(east, weights=people)),
        float(people.sum()),
    )


def _whole(name: str) -> tuple[str, str]:
    return plain(name), _ASIDE.sub("", plain(name))


@cache
def _names() -> Mapping[str, tuple[Called, ...]]:
    """What there is by its plain name, and by the names that people shorten it to."""
    found: dict[str, list[Called]] = {}
    every = [Called(name, "district", (name,)) for name in districts()]
    made: dict[tuple[str, str], list[str]] = {}
    for name, what, district in rows_of(
        tables().tables.district_other_names.file, ("name", "what", "district")
    ):
        made.setdefault((name, what), []).append(district)
    every += [Called(name, what, tuple(parts)) for (name, what), parts in made.items()]
    for each in every:
        for name in dict.fromkeys(_whole(each.name)):
            found.setdefault(name, []).append(each)
    taken = set(found)
    for each in every:
        short = _UPON.sub("", _whole(each.name)[1])
        if short not in taken:
            found.setdefault(short, []).append(each)
    return {name: tuple(each) for name, each in found.items()}
