"""case.yaml: members, pairs and options of a new case, and what it leaves out."""

from __future__ import annotations

from typing import Any

from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.start.answers import FUNDS
from casebuilder.tasks.new.bid import Bid
from casebuilder.tasks.new.chapters.digital import with_measures
from casebuilder.tasks.new.chapters.neighbourhood import own_benefits, own_members
from casebuilder.tasks.new.chapters.system import left_out, options_file

OPTIONS = ("bau", "preferred")
RISKS = {
    "construction": "Construction cost overrun",
    "recruitment": "Posts stay empty or go to agencies",
    "volume": "Fewer patients come than planned",
    "equipment_failure": "A scanner fails for weeks",
}
BENEFITS = {
    "outsourcing_avoided": "Outsourced tests avoided",
    "waiting_list_initiatives_avoided": "Waiting-list initiatives avoided",
    "repeat_scans_avoided": "Repeat scans avoided",
    "bed_days_from_freed_slots": "Bed days from freed acute slots",
    "patient_time_and_travel": "Patients' time on site and parking",
}
# Tests that have a headline of their own.
_OWN_HEADLINE = ("ct", "mri")
_PLACES = {
    "district": {"table": "data/places.csv", "id": "district", "label": "district_label"},
    "place": {"table": "data/places.csv", "id": "place", "label": "label"},
}
_NOT_GIVEN = "Not given: casebuilder new claims nothing that nobody has decided."


def case_file(bid: Bid) -> dict[str, Any]:
    """case.yaml."""
    found: dict[str, Any] = {
        "format": 2,
        "title": bid.title,
        "description": (
            f"Made by {bid.made_by}. Lists and tests as they stood at the end of "
            f"{bid.last_month}; filled.md says what was filled in from where."
        ),
        "host": bid.system or listed([trust.name for trust in bid.trusts], 3),
        "region": bid.region,
    }
    if bid.system:
        found["system"] = bid.system
    found |= {
        "base_year": bid.base_year,
        "first_month": bid.first_month,
        "operating_months": bid.months,
        "horizon": bid.horizon,
        "baseline": OPTIONS[0],
        "reference": bid.base_year,
        "members": _members(bid),
        "pairs": _pairs(bid),
        "options": list(option_ids(bid)),
        "in_workbook": [OPTIONS[-1]],
        "leaves_out": {
            "longlist": _NOT_GIVEN,
            "unmonetised": _NOT_GIVEN,
            "governance.loss_total": _NOT_GIVEN,
            "governance.loss": _NOT_GIVEN,
            **left_out(bid),
            **{
                f"headlines.cdc_share_{test}": "No site of this bid offers the test."
                for test in _OWN_HEADLINE
                if test not in bid.test_ids
            },
        },
    }
    return found


def option_ids(bid: Bid) -> tuple[str, ...]:
    """The options of a bid's kind, the baseline first."""
    return tuple(with_measures(bid, options_file(bid)["options"]))


def benefits(bid: Bid) -> dict[str, str]:
    """The benefits of the log, with those that only the bid's kind has."""
    return {**BENEFITS, **own_benefits(bid)}


def _members(bid: Bid) -> dict[str, Any]:
    funds = {fund: FUNDS[fund] for fund in bid.capital} or {"national_pdc": FUNDS["national_pdc"]}
    return {
        "provider": {trust.id: trust.name for trust in bid.trusts},
        "site": {site.id: site.name for site in bid.sites},
        "staff": bid.staff,
        "equipment": bid.equipment,
        "fund": funds,
        "risk": RISKS,
        "benefit": benefits(bid),
        **(_PLACES if bid.places else {}),
        "test": {test.id: test.label for test in bid.tests},
        **own_members(bid),
    }


def _pairs(bid: Bid) -> list[dict[str, Any]]:
    rows = bid.pairs
    none = {trust: sorted(set(bid.test_ids) - set(tests)) for trust, tests in rows.items()}
    offered = {test for site in bid.sites for test in site.rooms}
    lists: dict[str, Any] = {"over": ["provider", "test"], "table": "data/lists.csv"}
    if any(none.values()):
        lists["without"] = {trust: tests for trust, tests in none.items() if tests}
    quintiles = {row.place: [q for q, people in row.people.items() if not people] for row in bid.places}
    people: dict[str, Any] = {"over": ["place", "quintile"], "table": "data/people.csv"}
    if any(quintiles.values()):
        people["without"] = {place: empty for place, empty in quintiles.items() if empty}
    kit = {id: [t.id for t in bid.tests if id in t.equipment and t.id in offered] for id in bid.equipment}
    roles = {id: [t.id for t in bid.tests if id in t.staff] for id in bid.staff}
    first = bid.sites[0].id
    elsewhere = [test for test in bid.test_ids if test not in offered]
    at_sites = {role for site in bid.sites for role in bid.site_staff(site)}
    return [
        {
            "over": ["site", "test"],
            "members": {site.id: [t for t in bid.test_ids if site.rooms.get(t)] for site in bid.sites},
            **_without(first, elsewhere),
        },
        lists,
        *([{"over": ["district", "place"], "table": "data/places.csv"}, people] if bid.places else []),
        {"over": ["equipment", "test"], "members": kit, **_without(next(iter(kit)), elsewhere)},
        {"over": ["staff", "test"], "members": roles},
        {"over": ["site", "equipment"], "through": "test"},
        {
            "over": ["site", "staff"],
            "members": {site.id: bid.site_staff(site) for site in bid.sites},
            **_without(first, [role for role in bid.staff if role not in at_sites]),
        },
    ]


def _without(first: str, strangers: list[str]) -> dict[str, Any]:
    """That members stand in no pair, since no site of the bid has them."""
    return {"without": {first: strangers}} if strangers else {}
