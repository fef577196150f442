"""Trusts: any provider of DM01 by its code or name, with its hospitals, region and those that joined it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pandas as pd

from casebuilder.calibrate.travel_england import Hospital
from casebuilder.errors import CaseError
from casebuilder.inputs.dm01.mergers import heirs, read_mergers
from casebuilder.inputs.dm01.names import read_labels
from casebuilder.inputs.shape.fitted_tables import Merger
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.england.names import holding, kin, near, plain, tidy
from casebuilder.tasks.england.regions import BUILDING_REGIONS, NHS_REGIONS, building_region
from casebuilder.tasks.england.shipped import data_folder, england, rows_of, tables

GENERAL, OTHER = "general", "other provider"
_CODE = re.compile(r"[A-Z0-9]{3,6}")
_TRUST_CODE = re.compile(r"R[A-Z0-9]{2}")
# A year of months, so that a list's activity is of all seasons.
_MONTHS = 12


@dataclass(frozen=True)
class Trust:
    """A provider of DM01.

    Attributes
    ----------
    code
        Its ODS code, as in the DM01 files to March 2025.
    name
        As people write it.
    region
        NHS England's region: `london`, `midlands` and so on.
    hospitals
        Its acute hospitals that have a place in the data, or the one that was given.
    merged
        Codes of trusts that joined it.
    kind
        `general` for NHS trusts, what it is for of one that is specialist, `other provider` for the rest.
    list_tests
        Tests from the list in the last twelve months of the data, with those of trusts that joined it.
    notes
        What to know of how it was found.
    """

    code: str
    name: str
    region: str
    hospitals: tuple[Hospital, ...]
    merged: tuple[str, ...]
    kind: str
    list_tests: float
    notes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The member id: its code in small letters, after a letter."""
        return provider_id(self.code)

    @property
    def specialist(self) -> bool:
        """Whether its patients come for one thing, from farther than a general hospital's."""
        return self.kind not in (GENERAL, OTHER)

    @property
    def building_region(self) -> str | None:
        """The building region of its first hospital, or of its NHS region; None where that has two."""
        if self.hospitals:
            return building_region(self.hospitals[0].latitude, self.hospitals[0].longitude)
        within = BUILDING_REGIONS[self.region]
        return within[0] if len(within) == 1 else None

    def placed(self, name: str, latitude: float, longitude: float) -> Trust:
        """The trust with a hospital where it was said to be; its hospitals in the data are put aside."""
        note = f"{self.name} was given a hospital: {name}, {latitude:g}, {longitude:g}"
        hospital = Hospital(name, latitude, longitude, "")
        return replace(self, hospitals=(hospital,), notes=(*self.notes, note))


def find_trust(text: str) -> Trust:
    """The provider that a code or name means, whatever its case, `&` for `and`, and how it ends.

    A code or name of a trust that joined another gives that other, one of old gives that of today, and a note
    says so.

    Raises
    ------
    CaseError
        None fits, or several do: the nearest are named.
    """
    code, words = text.strip().upper(), plain(text)
    if code in trusts():
        return trusts()[code]
    if code in mergers():
        return _of_old(code, code)
    names = {code: plain(trust.name) for code, trust in trusts().items()}
    same = _called(text) or [code for code, name in names.items() if name == words]
    if len(same) == 1:
        return trusts()[same[0]]
    if same:
        raise CaseError(f"'{text}' is the name of several providers: {_offered(same)}; give the code")
    old = [(code, name) for code, name in former_names() if plain(name) == words]
    return _of_old(*old[0]) if old else _by_words(text, words, names)


def _called(text: str) -> list[str]:
    """The providers that are called so to the letter."""
    typed = text.strip().casefold()
    return [
        code
        for code, trust in trusts().items()
        if typed in (trust.name.casefold(), _labels()[code].casefold())
    ]


def _by_words(text: str, words: str, names: Mapping[str, str]) -> Trust:
    """The one trust that has all the words, companies aside; or what is near."""
    fitting = holding(words, names)
    nhs = [code for code in fitting if _TRUST_CODE.fullmatch(code)]
    if len(nhs) == 1:
        found = trusts()[nhs[0]]
        also = [code for code in fitting if code != found.code]
        note = f"'{text}' was read as {found.name} ({found.code})"
        note += f"; also called so: {_offered(also)}" if also else ""
        return replace(found, notes=(*found.notes, note))
    if nhs:
        raise CaseError(f"'{text}' fits several trusts: {_offered(nhs)}; give the code")
    old = [
        former_names()[i] for i in holding(words, {i: plain(n) for i, (_, n) in enumerate(former_names())})
    ]
    if len({into_today(code) for code, _ in old}) == 1:
        return _of_old(*old[0])
    raise CaseError(f"'{text}' is no provider of DM01{_hint(text, words, names)}")


def _hint(text: str, words: str, names: Mapping[str, str]) -> str:
    """The nearest names or codes, and the trust of a hospital that is called so."""
    towns = [code for code, trust in trusts().items() if words in {plain(h.name) for h in trust.hospitals}]
    if towns:
        return f": it is a hospital of {_offered(towns)}"
    part = holding(words, names)
    if part:
        return f", but part of the name of {_offered(part)}; give the code"
    if _CODE.fullmatch(text.strip()) and any(letter.isdigit() for letter in text):
        codes = near(text.strip().lower(), [code.lower() for code in trusts()], 3)
        return f"; of codes the nearest are {_offered([c.upper() for c in codes])}" if codes else ""
    by_name: dict[str, list[str]] = defaultdict(list)
    for code, name in names.items():
        by_name[name].append(code)
    # Trusts first: a company's name is seldom what was meant.
    of_nhs = {code: name for code, name in names.items() if _TRUST_CODE.fullmatch(code)}
    close = near(words, of_nhs.values())
    close = close or ([] if kin(words, of_nhs) else near(words, names.values()))
    # A trust without returns, such as many a community trust, is looked for by its place as well.
    codes = list(dict.fromkeys([*kin(words, of_nhs, 3), *(code for name in close for code in by_name[name])]))
    if not codes:
        return ": give its ODS code, such as RJ1, or a trust with lists in DM01 whose patients the sites see"
    return f"; did you mean {_offered(codes, ' or ')}?"


def _offered(codes: list[str], between: str = ", ") -> str:
    """Some providers by name and code, the first few of many."""
    shown = [f"{trusts()[code].name} ({code})" for code in codes[:6]]
    more = f" and {len(codes) - 6} more" if len(codes) > 6 else ""
    return between.join(shown) + more


def _of_old(code: str, typed: str) -> Trust:
    """The trust of today behind a code or name of old, with a note of what became of it."""
    today = trusts()[into_today(code)]
    note = f"{typed} is called {today.name} ({today.code}) today"
    if code in mergers():
        month = mergers()[code].first_month
        note = f"{typed} joined {today.name} ({today.code}), whose tests are its own from {month}"
    return replace(today, notes=(*today.notes, note))


@cache
def mergers() -> Mapping[str, Merger]:
    """Trusts that joined another, by code."""
    return read_mergers(data_folder())


@cache
def former_names() -> tuple[tuple[str, str], ...]:
    """The code and the name of trusts that are gone, and of trusts that were called otherwise."""
    return tuple((code, name) for code, name in rows_of(tables().tables.former_names.file, ("code", "name")))


def into_today(code: str) -> str:
    """The code of today's trust: that of the one which a trust joined, or its own."""
    return _heirs().get(code, code)


@cache
def _heirs() -> Mapping[str, str]:
    return heirs(mergers())


@cache
def specialist_kinds() -> Mapping[str, tuple[str, float]]:
    """By code of a specialist trust what it is for, and the share of its patients that a centre suits."""
    rows = rows_of(tables().tables.specialist_trusts.file, ("code", "kind", "suited"))
    return {code: (kind, float(suited)) for code, kind, suited in rows}


@cache
def trusts() -> Mapping[str, Trust]:
    """Every provider of the shipped DM01 by code, but for those that joined another."""
    joined: dict[str, list[str]] = defaultdict(list)
    for code in mergers():
        joined[into_today(code)].append(code)
    hospitals: dict[str, list[Hospital]] = defaultdict(list)
    for hospital, provider in zip(england().hospitals, england().providers, strict=True):
        hospitals[into_today(provider)].append(hospital)
    regions, done = _returns()
    found = {}
    for code, label in _labels().items():
        if code in mergers() or code not in regions:
            continue
        kind = specialist_kinds().get(code, (GENERAL if _TRUST_CODE.fullmatch(code) else OTHER,))[0]
        found[code] = Trust(
            code,
            tidy(label),
            regions[code],
            tuple(hospitals[code]),
            tuple(sorted(joined[code])),
            kind,
            done.get(code, 0.0),
        )
    return found


@cache
def _labels() -> Mapping[str, str]:
    return read_labels(data_folder() / tables().tables.provider_names.file, "provider")


@cache
def _returns() -> tuple[Mapping[str, str], Mapping[str, float]]:
    """By provider its region, of most rows, and its list's tests in the last twelve months of the file."""
    rows = pd.read_csv(
        data_folder() / tables().tables.waits_providers_later.file,
        usecols=["month", "region", "provider", "waiting_list_activity"],
    )
    by_region = rows.groupby(["provider", "region"]).size().unstack(fill_value=0)
    most = np.array(by_region.columns)[by_region.to_numpy().argmax(axis=1)]
    regions = {str(code): NHS_REGIONS[region] for code, region in zip(by_region.index, most, strict=True)}
    last = sorted(rows.month.unique())[-_MONTHS:]
    heirs = {code: into_today(code) for code in rows.provider.unique()}
    late = rows[rows.month.isin(last)]
    done = late.groupby(late.provider.map(heirs)).waiting_list_activity.sum()
    return regions, {str(code): float(tests) for code, tests in done.items()}
