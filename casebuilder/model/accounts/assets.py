"""Assets: what comes into use, depreciation by component, impairment and donated assets, site by site."""

from __future__ import annotations

from casebuilder.algebra.dimensions import Dimension
from casebuilder.algebra.operators import (
    above,
    at,
    cumulative,
    inflate,
    lagged,
    minimum,
    quantity,
    round_up,
    step,
    total,
    where,
    window_total,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import capital, equipment, financed, funding, leases, renewal
from casebuilder.model.setting import programme, timeline

DIMENSIONS = (
    Dimension("component", "Component of a building", rank=240),
)

component_share = Input(
    "Component, share of a building's cost", "share", ("component",),
    "Structure, engineering services and fit-out; sums to one.",
)
component_life = Input(
    "Life of a component", "years", ("component",),
    "From coming into use; the valuer decides.",
    low=3, high=100,
)
lifecycle_share = Input(
    "Component, share of lifecycle replacement", "share", ("component",),
    "What is renewed in a building; sums to one.",
)
ends_with_lease = Input(
    "Component ends with the lease", "flag", ("component",),
    "1 for fit-out of a leased building, which lasts no longer than the lease.",
    high=1, whole=True,
)
impairment_share = Input(
    "Impairment when a building comes into use", "share", (),
    "Cost above the value of a modern equivalent asset; scored to AME.",
)
is_donated = Input(
    "Fund is donated", "flag", ("fund",),
    "1 for charity: an asset without dividend, its income and depreciation left out of adjusted performance.",
    high=1, whole=True,
)
hospital_asset_life = Input(
    "Life of hospital capital for depreciation", "years", (),
    "Kit and enabling works at hospitals.",
    low=3, high=60,
)

phased_so_far = Line(
    "Share of the site's capital spent so far", "share", ("site", "year"),
    cumulative(capital.phasing),
    "Adds up the phasing.",
)
into_use = Line(
    "Share of the site's capital brought into use", "share / year", ("site", "year"),
    capital.phasing * equipment.is_open + lagged(phased_so_far, 1) * equipment.opened,
    "What was spent before the opening comes into use with it, later spend as it is made.",
)
first_year = Line(
    "Part of the opening year that the site is open", "share", ("site",),
    total(programme.open_year * equipment.opened, over="year"),
    "The first year bears this part of a year's depreciation, and the year after the last the rest.",
)
equipment_in_use = Line(
    "Equipment brought into use", "GBP_nominal / year", ("site", "equipment", "year"),
    (into_use * equipment.units_needed
     * inflate(financed.price_bought, at(capital.price_ratio, capital_line="equipment"))
     + equipment.units_needed * (equipment.is_new - equipment.opened)
     * inflate(financed.price_bought, timeline.gdp_index))
    * renewal.with_vat,
    "First units with their site, replacements in their year; in cash, with VAT.",
)
equipment_depreciation = Line(
    "Depreciation of equipment", "GBP_nominal / year", ("site", "equipment", "year"),
    (first_year * window_total(equipment_in_use, equipment.life_in_periods)
     + (1 - first_year)
     * (window_total(equipment_in_use, equipment.life_in_periods + 1) - step(equipment_in_use)))
    / (equipment.life_in_periods * quantity(1, "year")),
    "Straight line over the life of the class, from the month of opening.",
)
buildings_in_use = Line(
    "Buildings brought into use", "GBP_nominal / year", ("site", "year"),
    into_use * capital.buildings_cash,
    "With their site; until then they are assets under construction.",
)
impairment = Line(
    "Impairment on coming into use", "GBP_nominal / year", ("site", "year"),
    buildings_in_use * impairment_share,
    "Annually managed expenditure; left out of adjusted performance.",
)
component_periods = Line(
    "Years of depreciation of the component", "number", ("site", "component"),
    where(
        above(leases.is_leased * ends_with_lease, 0),
        minimum(round_up(component_life / quantity(1, "year") - 0.5), leases.years_of_term),
        round_up(component_life / quantity(1, "year") - 0.5),
    ),
    "The life to the nearest whole year; fit-out of a leased building lasts as long as the lease.",
)
component_in_use = Line(
    "Component brought into use", "GBP_nominal / year", ("site", "component", "year"),
    (buildings_in_use - impairment) * component_share + renewal.lifecycle_outturn * lifecycle_share,
    "After impairment, and as parts are renewed.",
)
component_depreciation = Line(
    "Depreciation of the component", "GBP_nominal / year", ("site", "component", "year"),
    (first_year * window_total(component_in_use, component_periods)
     + (1 - first_year) * (window_total(component_in_use, component_periods + 1) - step(component_in_use)))
    / (component_periods * quantity(1, "year")),
    "Straight line over the life of the component, from the month of opening.",
)
depreciation = Line(
    "Depreciation of the site", "GBP_nominal / year", ("site", "year"),
    total(equipment_depreciation, over="equipment") + total(component_depreciation, over="component"),
    "Its building and its equipment, without the right of use of a lease.",
)
hospital_in_use = Line(
    "Hospital capital brought into use", "GBP_nominal / year", ("year",),
    lagged(capital.hospital_outturn, 1),
    "Depreciation starts in the year after the spend.",
)
hospital_periods = Line(
    "Years of hospital depreciation", "number", (),
    round_up(hospital_asset_life / quantity(1, "year") - 0.5),
    "The life to the nearest whole year.",
)
hospital_depreciation = Line(
    "Depreciation of hospital capital", "GBP_nominal / year", ("year",),
    window_total(hospital_in_use, hospital_periods) / (hospital_periods * quantity(1, "year")),
    "Straight line.",
)
donated_total = Line(
    "Donated capital, all years", "GBP_nominal", ("site",),
    total(funding.drawn * is_donated, over=("fund", "year")),
    "All donated funds; income when it is drawn for what it was given for.",
)
donated_share = Line(
    "Share of the site that is donated", "share", ("site",),
    where(
        above(capital.outturn_site, donated_total + funding.crumb * quantity(1, "year")),
        donated_total / capital.outturn_site,
        above(donated_total, 0),
    ),
    "Of its outturn; its depreciation and impairment are donated in this share.",
)
hospital_donation = Line(
    "Donated capital beside the sites", "GBP_nominal / year", ("year",),
    total(funding.network_drawn * is_donated, over="fund"),
    "At hospitals and for digital systems; income when it is drawn.",
)
hospital_donated_share = Line(
    "Share of capital beside the sites that is donated", "share", (),
    where(
        above(
            total(capital.hospital_outturn, over="year"),
            total(hospital_donation, over="year") + funding.crumb * quantity(1, "year"),
        ),
        total(hospital_donation, over="year") / total(capital.hospital_outturn, over="year"),
        above(total(hospital_donation, over="year"), 0),
    ),
    "Its depreciation is donated in this share.",
)
hospital_donated_depreciation = Line(
    "Depreciation of donated capital beside the sites", "GBP_nominal / year", ("year",),
    hospital_depreciation * hospital_donated_share,
    "Left out of adjusted performance, as its income is.",
)
