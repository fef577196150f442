"""Demand, capacity, lists, waits and access of a new case."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from casebuilder.inputs.in_memory import months_ahead
from casebuilder.tasks.new.bid import Bid, ListRow
from casebuilder.tasks.new.blocks import ANSWERED, JUDGED, LISTS, Block, block

PEOPLE_SOURCE, ROAD_SOURCE, DM01 = "S90", "S89", "S112"
_LIST_COLUMNS = (
    "list_activity", "list_change", "planned", "unscheduled", "list", "over_six_weeks", "mean_list", "young_band",
)  # fmt: skip
_NOTES = {
    "list_activity": "DM01 tests from the list, monthly mean of the twelve months to {last}.",
    "list_change": "DM01 list at the end of {last} less a year before, over twelve months.",
    "planned": "DM01 planned tests, monthly mean.",
    "unscheduled": "DM01 unscheduled tests, monthly mean.",
    "list": "DM01 census at the end of {last}.",
    "over_six_weeks": "DM01 census at the end of {last}.",
    "mean_list": "DM01 census, mean of the twelve months.",
    "young_band": "DM01 census of those waiting less than a week, mean of the twelve months.",
}


def demand(bid: Bid) -> dict[str, Block]:
    """demand.yaml, beside what the shipped blocks give."""
    found: dict[str, Block] = {}
    for column in _LIST_COLUMNS:
        name = f"baseline_{column}"
        more: dict[str, Any] = {"range": {"factor": [0.97, 1.03]}} if column == "list_activity" else {}
        note = _NOTES[column].format(last=bid.last_month)
        table = {"table": "data/lists.csv", "column": column}
        found[name] = block(f"demand.{name}", None, LISTS, "local", note, **table, **more)
    if any(row.estimated for row in bid.lists):
        found["baseline_estimated"] = block(
            "demand.baseline_estimated",
            None, JUDGED, "unverified",
            "No monthly return counts these: tests a head of England times the people served, shared by list tests.",
            range={"factor": [0.4, 1.6]},
            to_do="Put in the trusts' own counts",
            table="data/lists.csv", column="estimated",
        )  # fmt: skip
    carried = (bid.month_of(bid.base_year[:4] + "-04") - bid.month_of(bid.last_month) + 5) / 12
    found["years_carried_forward"] = block(
        "demand.years_carried_forward", carried, ANSWERED, "chosen",
        "From the middle of the twelve months of data to the start of the base year.",
        range=[carried, carried],
    )  # fmt: skip
    found["season"] = block(
        "demand.season", None, "S11", "published",
        "England's tests a working day by calendar month, 2013/14 to 2018/19, relative to the year's.",
        table="data/season.csv", column="season",
    )  # fmt: skip
    special = {trust.id: trust for trust in bid.trusts if trust.suited < 1}
    values = {id: trust.suited for id, trust in special.items()}
    names = ", ".join(f"{trust.name} ({trust.specialist})" for trust in special.values())
    found["suited"] = block(
        "demand.suited",
        {**values, "others": 1} if values else 1,
        JUDGED, "unverified" if values else "chosen",
        f"Every patient, but for those who need a specialist hospital: {names}; judgement." if values
        else "Every patient of a general trust whose test suits a centre.",
        to_do={id: "Say how many of its patients a centre suits" for id in values} or None,
    )  # fmt: skip
    if "range" not in found["suited"] and values:
        found["suited"]["range"] = {"factor": [0.5, 1]}
    return found


def lists(bid: Bid) -> dict[str, Block]:
    """lists.yaml: whose patients a site sees."""
    trusts = [trust.id for trust in bid.trusts]
    catchment = {
        trust: {site.id: round(bid.catchment[site.id].get(trust, 0), 3) for site in bid.sites} for trust in trusts
    }
    return {
        "catchment": block(
            "lists.catchment", catchment, ROAD_SOURCE, "unverified",
            "By where people live and which trust's hospital is nearest, or by tests where its hospital has no place "
            "in the data; filled.md says which.",
            range={"factor": [0.8, 1.15]},
            to_do="Agree whose patients each site sees" if len(trusts) > 1 else None,
        )  # fmt: skip
    }


def relief_and_waits(bid: Bid) -> dict[str, dict[str, Block]]:
    """England's usual cover and what it has above its calm years, at the start."""
    return {
        "relief": {
            "usual_cover": block(
                "relief.usual_cover", dict(bid.cover), DM01, "published",
                f"Derived - England's mean list over weekly additions, the twelve months to {bid.last_month}.",
                range={"factor": [0.85, 1.15]},
            ),
        },
        "waits": {
            "excess": block(
                "waits.excess", dict(bid.excess), DM01, "published",
                f"England in {bid.last_month} (share_excess.csv of the reference set).",
                range={"factor": [0.6, 1.2]},
            ),
        },
    }  # fmt: skip


def access(bid: Bid) -> dict[str, Block]:
    """access.yaml: places, sites, and the fit of road minutes."""
    table = {"table": "data/places.csv"}
    fit = bid.fit
    fitted = f"Fit of road minutes on kilometres around the bid; mean absolute error {fit.error:.1f} minutes."
    return {
        "place_latitude": block("access.place_latitude", None, PEOPLE_SOURCE, "published", "Mean by people of the small areas in it.", **table, column="latitude"),
        "place_longitude": block("access.place_longitude", None, PEOPLE_SOURCE, "published", "As latitude.", **table, column="longitude"),
        "acute_minutes": block("access.acute_minutes", None, ROAD_SOURCE, "published", "Estimated road times to the nearest acute hospital, mean by people.", **table, column="acute_minutes"),
        "people": block("access.people", None, PEOPLE_SOURCE, "published", "Mid-2015 population, Indices of Deprivation 2019.", table="data/people.csv", column="people"),
        "site_latitude": block("access.site_latitude", {site.id: site.latitude for site in bid.sites}, ANSWERED, "local", "As answered."),
        "site_longitude": block("access.site_longitude", {site.id: site.longitude for site in bid.sites}, ANSWERED, "local", "As answered."),
        "km_per_longitude": block("access.km_per_longitude", fit.km_per_longitude, PEOPLE_SOURCE, "published", "Derived - 111.2 km times the cosine of the latitude."),
        "fit_constant": block("access.fit_constant", fit.constant, ROAD_SOURCE, "published", fitted),
        "fit_per_km": block("access.fit_per_km", fit.per_km, ROAD_SOURCE, "published", "As the constant."),
        "fit_per_root_km": block("access.fit_per_root_km", fit.per_root_km, ROAD_SOURCE, "published", "As the constant."),
    }  # fmt: skip


def tables(bid: Bid) -> dict[str, str]:
    """The tables of `data/`, by file."""
    estimated = any(row.estimated for row in bid.lists)
    columns = (*_LIST_COLUMNS, *(["estimated"] if estimated else []))
    months = [months_ahead(bid.first_month, ahead) for ahead in range(bid.months)]
    places = [
        (r.place, r.label, r.district, r.district_label, f"{r.latitude:.5f}", f"{r.longitude:.5f}", f"{r.acute_minutes:.2f}")
        for r in bid.places
    ]
    people = [
        (r.district, r.place, quintile, f"{count:.0f}")
        for r in bid.places for quintile, count in r.people.items() if count
    ]  # fmt: skip
    return {
        "data/lists.csv": _csv(("provider", "test", *columns), (_row(row, columns) for row in bid.lists)),
        "data/season.csv": _csv(("month", "season"), ((m, f"{bid.season[m[5:]]:.6f}") for m in months)),
        "data/places.csv": _csv(
            ("place", "label", "district", "district_label", "latitude", "longitude", "acute_minutes"), places
        ),
        "data/people.csv": _csv(("district", "place", "quintile", "people"), people),
    }


def _row(row: ListRow, columns: Sequence[str]) -> tuple[str, ...]:
    return (row.provider, row.test, *(_number(getattr(row, column)) for column in columns))


def _number(value: float) -> str:
    """Four decimals at most, as cases have them."""
    text = f"{value:.4f}".rstrip("0").rstrip(".")
    return text if text not in ("-0", "") else "0"


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return stream.getvalue()
