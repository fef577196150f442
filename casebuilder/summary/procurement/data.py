"""The JSON of `procure`: routes, saving, shares, who would leave, and the cheapest mix."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casebuilder.analysis.routes.mix import RouteMix
from casebuilder.analysis.sharing.break_even import BreakEven
from casebuilder.analysis.sharing.commitments import FirmSaving
from casebuilder.analysis.sharing.core import CoreTest, Departure, GroupCost
from casebuilder.analysis.sharing.leaving import GroupDeparture
from casebuilder.analysis.sharing.offered import Offered
from casebuilder.analysis.sharing.pool_shares import PoolShares
from casebuilder.analysis.sharing.rules import Rule
from casebuilder.summary.data import plain
from casebuilder.summary.option_figures import OptionFigures
from casebuilder.summary.procurement.commitment import commitment_data
from casebuilder.summary.procurement.offers import offers_data
from casebuilder.summary.procurement.timetable import timetable_data

PARTS = {
    "price": "pool.price_saving",
    "process": "pool.process_saving",
    "standard_kit": "pool.standard_saving",
    "timing": "pool.timing_saving",
    "less_saved_without_a_pool": "pool.open_to_all",
    "bought_apart": "pool.not_pooled",
}


def procurement_data(
    figures: OptionFigures,
    shares: PoolShares,
    mix: RouteMix,
    even: BreakEven,
    firm: FirmSaving,
    rule: Rule,
    departures: Sequence[Departure],
    found: Offered | None,
    gone: GroupDeparture | None,
) -> dict[str, Any]:
    """Everything that `procure` prints, GBP real at present value.

    Parameters
    ----------
    figures
        The lines of the option.
    shares, mix, even, firm
        What was worked out.
    rule
        The rule under which `core.leavers` and `departures` are told.
    departures
        What each member's leaving costs, under that rule.
    found, gone
        The offers, and what it costs if some members leave at once; None where there are none.
    """
    frame = figures.frame
    return {
        "case": figures.results.problem.inputs.info.name,
        "option": shares.option,
        "inputs_sha256": figures.results.problem.inputs.sha256,
        "routes": [
            {
                "equipment": equipment,
                "route": route,
                "whole_life_cost": plain(figures("whole_life.whole_life", route, equipment)),
                "admissible": figures("routes.admissible", route, equipment) > 0,
                "price": plain(figures("procurement.route_price", route, equipment)),
            }
            for equipment in frame.ids("equipment")
            for route in frame.ids("route")
        ],
        "all_classes": {
            route: {
                "whole_life_cost": plain(figures("whole_life.whole_life_route", route)),
                "saved_against_alone": plain(figures("whole_life.saved_on_route", route)),
                "cash": plain(figures("route_years.cash_total", route)),
                "cash_by_year": {
                    year: plain(figures("route_years.cash_year", route, year)) for year in frame.ids("year")
                },
                "capital_by_year": {
                    year: plain(figures("route_years.capital_year", route, year))
                    for year in frame.ids("year")
                },
            }
            for route in frame.ids("route")
        },
        "hospital_units": {
            "joining": plain(figures("replacements.units_joining")),
            "estimated": plain(figures("replacements.units_estimated")),
        },
        "mix": {
            "whole_life_cost": plain(mix.total),
            "saving": plain(mix.saving),
            "routes": {equipment: dict(routes) for equipment, routes in mix.routes.items()},
            "bought_up": [
                {"equipment": equipment, "route": route, "tranche": order, "units": units}
                for (equipment, route, order), units in mix.bought_up.items()
            ],
            "status": mix.status,
        },
        "saving": plain(shares.saving),
        "saving_before_funder": plain(figures("pool.saving_in_all")),
        "to_funder": plain(figures("pool.to_funder")),
        "kept_by_members": plain(figures("pool.kept_by_members")),
        "bill": plain(figures("pool.bill")),
        "saving_parts": {name: plain(figures(key)) for name, key in PARTS.items()},
        "together": plain(shares.purchase.together),
        "alone": _by_member(shares, shares.purchase.alone),
        "commitment": commitment_data(figures, firm, shares.members),
        "break_even": {
            "volume": even.volume,
            "saving_at_volume": {f"{share:g}": plain(saving) for share, saving in even.at_volume.items()},
            "members_largest_first": even.largest_first,
            "members_smallest_first": even.smallest_first,
            "price": {
                equipment: plain(figures.results.value("pool.break_even_factor", shares.option, (equipment,)))
                for equipment in frame.ids("equipment")
            },
        },
        "shares": {key: _by_member(shares, paid) for key, paid in shares.by_rule.items()},
        "shapley_error": None if shares.error is None else _by_member(shares, shares.error),
        "core": {
            "empty": shares.core_is_empty,
            "least_excess": plain(shares.least),
            "rule": rule.key,
            "leavers": list(shares.leavers(rule.key)),
            "by_rule": {
                key: {"leavers": list(shares.leavers(key)), **_core(shares.cores.get(key))}
                for key in shares.by_rule
            },
        },
        "departures": [
            {
                "leaver": departure.leaver,
                "pays_more": plain(departure.loss),
                "others_pay_more": {other.member: plain(other.loss) for other in departure.others},
            }
            for departure in departures
        ],
        "offers": None if found is None else offers_data(found),
        "without": None
        if gone is None
        else {
            "leavers": [each.member for each in gone.leavers],
            "pay_more": plain(gone.loss),
            "as_a_pool_of_their_own": plain(gone.as_group),
            "others_pay_more": {each.member: plain(each.loss) for each in gone.others},
        },
        **timetable_data(figures),
    }


def _by_member(shares: PoolShares, values: Any) -> dict[str, float | None]:
    return {member: plain(float(v)) for member, v in zip(shares.members, values, strict=True)}


def _core(found: CoreTest | None) -> dict[str, Any]:
    if found is None:
        return {"in_core": None, "groups_better_alone": None, "worst_group": None}
    return {
        "in_core": found.in_core,
        "groups_better_alone": found.count,
        "worst_group": _group(found.worst),
    }


def _group(group: GroupCost | None) -> dict[str, Any] | None:
    if group is None:
        return None
    return {"members": list(group.members), "gain": plain(group.gain)}
