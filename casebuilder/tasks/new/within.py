"""Answers that no case can hold: more than the model takes, or months beyond the tables that ship."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.inputs.files.tables import numbers
from casebuilder.inputs.shape.calendar import financial_year, month_label, month_number
from casebuilder.inputs.start.shipped import price_years, shipped
from casebuilder.tasks.england.shipped import data_folder
from casebuilder.tasks.new.bid import BidSite
from casebuilder.tasks.new.blocks import most_allowed
from casebuilder.tasks.new.fill import SHARES, Filling

WORKING_DAYS = "working_days.csv"


def check_months(filling: Filling, first_month: str) -> None:
    """A base year and openings within the months whose working days are known; each at its answer."""
    end = max(month_number(month) for (month,) in numbers(data_folder() / WORKING_DAYS, ("month",), ()))
    after = int(shipped(SHARES)["months_after_opening"]["months"])
    known = f"working days are known to {month_label(end)}"
    latest = end + 1 - after
    year, last_year = financial_year(int(first_month[:4])), price_years()[-1]
    if year > last_year:
        filling.fault(
            f"a base year of {year} is too late: price indices are known to {last_year}: give it or an"
            " earlier one",
            "base_year",
        )
        return
    for number, site in enumerate(filling.answered.given.sites):
        if site.opens is not None and month_number(site.opens) > latest:
            filling.fault(
                f"an opening in {site.opens} is too late: {known}, and a case runs {after} months on from its"
                f" last opening: {month_label(latest)} or earlier",
                "sites", number, "opens",
            )  # fmt: skip


def check_sizes(filling: Filling, sites: Sequence[BidSite]) -> None:
    """Rooms and areas that the model can hold, each at the answer that asks for more."""
    rooms, area = most_allowed("estate.rooms"), most_allowed("estate.measured_area")
    for number, (given, site) in enumerate(zip(filling.answered.given.sites, sites, strict=True)):
        for test, count in site.rooms.items():
            if count <= rooms:
                continue
            if given.planned_tests:
                what = f"so many tests need {count:g} rooms of {test}, and a site has {rooms:g} at most"
                filling.fault(f"{what}: plan fewer, or more sites", "sites", number, "planned_tests")
            else:
                what = f"{count:g} rooms of {test} are more than the {rooms:g} that a site may have"
                filling.fault(f"{what}: give fewer, or more sites", "sites", number, "rooms", test)
        if site.gross_area > area:
            what = (
                f"a gross area of {site.gross_area:,.0f} m² is more than the {area:,.0f} that a site may have"
            )
            filling.fault(what, "sites", number, "gross_area")
