"""What the portfolio england says: shares at centres against those published, scenarios and totals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casebuilder.analysis.many.gathered import Gathered
from casebuilder.inputs.shape.fitted_tables import read_fitted_tables
from casebuilder.tasks.england.shipped import data_folder
from casebuilder.tasks.systems.national import COUNTED, PREFERRED, National, groups, published, returned
from casebuilder.workbook.portfolio import Cell, Page

SHARES = {"ct": "CT", "mri": "MRI", "all": "All tests of DM01"}
# The month that rooms and hours are set to.
SET = "2024-08"
# Who of the roles stands for whom of the review.
_ROLES = {
    "radiographers": ("radiographer", "sonographer"),
    "reporters": ("reporter",),
}
_YEARS = ("2022/23", "2023/24", "2024/25")
_LABELS = {
    "mri": "MRI",
    "ct": "CT",
    "other_dm01": "Other tests of DM01",
    "other": "Tests that DM01 does not count",
}


def england_data(found: National, gathered: Gathered) -> dict[str, Any]:
    """All that is told of England, as JSON holds it.

    Parameters
    ----------
    found
        Sums over the systems.
    gathered
        What the cases come to.
    """
    return {
        "shares": _shares(found),
        "tests": _tests(found),
        "centres": {month: found.centres[month] for month in ("2022-08", *_months(), "2025-03")},
        "scenarios": {option: _scenario(found, gathered, option) for option in found.options},
        "against": _against(found, gathered),
        "systems": _systems(found),
    }


def _months() -> list[str]:
    return sorted(month for month in published() if month[0].isdigit())


def _shares(found: National) -> list[dict[str, Any]]:
    """By month and test the share at centres: of the model, as published, and the error."""
    rows = []
    for month in _months():
        own, told = found.shares(PREFERRED, month), published()[month]
        for test in SHARES:
            real = told.get(f"share_{test}")
            if real is None:
                continue
            row = {"month": month, "test": test, "model": own[test], "published": real, "set": month == SET}
            rows.append({**row, "error": own[test] - real})
    return rows


def _tests(found: National) -> list[dict[str, Any]]:
    """Tests at centres by group in the month set to, and all tests of DM01 by month, beside what came."""
    rows = [
        {
            "month": SET,
            "what": f"{_LABELS[name]}, at centres",
            "model": found.done(PREFERRED, SET, group["tests"]),
            "published": float(group["done"]),
            "set": True,
        }
        for name, group in groups().items()
    ]
    for month in _months():
        told = published()[month]
        every = found.all_tests(PREFERRED, month, COUNTED) + returned(month, without=COUNTED)
        pairs = [
            ("All tests of DM01, at centres", found.done(PREFERRED, month, COUNTED), told.get("all_done")),
            ("CT, everywhere", found.all_tests(PREFERRED, month, ["ct"]), returned(month, only=["ct"])),
            ("MRI, everywhere", found.all_tests(PREFERRED, month, ["mri"]), returned(month, only=["mri"])),
            ("All tests of DM01, everywhere", every, returned(month)),
        ]
        rows += [
            {"month": month, "what": what, "model": own, "published": real, "set": False}
            for what, own, real in pairs
            if real is not None
        ]
    return rows


def _scenario(found: National, gathered: Gathered, option: str) -> dict[str, Any]:
    """How far an option shifts tests, and what that takes."""
    staff, kit = found.staff[option], found.kit[option]
    return {
        "label": found.options[option],
        **{f"share_{test}": share for test, share in found.shares(option, SET).items()},
        "tests_a_year": _sum(gathered, option, "tests_steady_state"),
        "additional_a_year": _sum(gathered, option, "tests_additional"),
        "capital": sum(found.capital[option].values()),
        "revenue_a_year": _sum(gathered, option, "revenue_cost_steady_state"),
        "over_six_weeks_end": _over_six_weeks(gathered, option),
        **{name: sum(staff[role] for role in roles) for name, roles in _ROLES.items()},
        "staff": dict(staff),
        "kit": dict(kit),
    }


def _sum(gathered: Gathered, option: str, headline: str) -> float:
    figures = [each.figures[option].get(headline) for each in gathered.cases]
    return sum(figure.central or 0.0 for figure in figures if figure is not None)


def _over_six_weeks(gathered: Gathered, option: str) -> float | None:
    """The share over six weeks at the end, by the lists of the systems."""
    over = every = 0.0
    for each in gathered.cases:
        waiting, share = (each.figures[option].get(name) for name in ("list_end", "over_six_weeks_end"))
        if waiting and share and waiting.central is not None and share.central is not None:
            every += waiting.central
            over += waiting.central * share.central
    return over / every if every else None


def _against(found: National, gathered: Gathered) -> list[dict[str, Any]]:
    """National totals of what stands, beside what was published or asked for."""
    told, own = published()["programme"], _scenario(found, gathered, PREFERRED)
    spent = sum(found.capital[PREFERRED].get(year, 0.0) for year in _YEARS)
    asked = float(told["radiologists"] + told["advanced_practitioners"])
    return [
        {
            "what": "Centres open in March 2025",
            "model": float(found.centres["2025-03"]),
            "published": 170.0,
        },
        {
            "what": f"Capital of centres, {_YEARS[0]} to {_YEARS[-1]}, £",
            "model": spent,
            "published": float(told["capital_centres"]),
        },
        {
            "what": "Capital of centres, all years, £; the programme for all diagnostics",
            "model": own["capital"],
            "published": float(told["capital"]),
        },
        {
            "what": "Radiographers and sonographers at centres, WTE; radiographers asked for by the review",
            "model": own["radiographers"],
            "published": float(told["radiographers"]),
        },
        {
            "what": "Who reports, WTE; radiologists and advanced practitioners asked for by the review",
            "model": own["reporters"],
            "published": asked,
        },
        {"what": "Revenue cost a year, £", "model": own["revenue_a_year"], "published": None},
    ]


def _systems(found: National) -> dict[str, dict[str, Any]]:
    """Each system with its centres, and the system that it belongs to since April 2026."""
    later = read_fitted_tables(data_folder()).payers
    return {
        case: {
            "title": title,
            "centres": centres,
            "since_2026_04": later[title].into if title in later else title,
        }
        for case, (title, centres) in found.systems.items()
    }


def england_pages(data: Mapping[str, Any]) -> list[Page]:
    """The sheets of England, before those of the portfolio."""
    return [_national(data), _by_scenario(data), _shares_page(data), _map(data)]


def _national(data: Mapping[str, Any]) -> Page:
    rows: list[tuple[Cell, ...]] = [
        (row["what"], row["model"], row["published"], _ratio(row["model"], row["published"]))
        for row in data["against"]
    ]
    return Page(
        "England",
        "England: what stands, against what was published or asked for",
        (
            "One provider stands for all trusts of a system; centres are standard ones. How it was made, and "
            "how far it can be trusted, is told in docs/england_portfolio.md.",
        ),
        ("What", "Of the cases", "Published", "Of the cases, of published"),
        ("", "item", "item", "share"),
        tuple(rows),
    )


def _by_scenario(data: Mapping[str, Any]) -> Page:
    names = list(data["scenarios"])
    kinds = (
        ("Share of CT at centres, August 2024", "share_ct", "share"),
        ("Share of MRI at centres, August 2024", "share_mri", "share"),
        ("Share of all tests of DM01 at centres, August 2024", "share_all", "share"),
        ("Tests a year at centres", "tests_a_year", "item"),
        ("Of them additional", "additional_a_year", "item"),
        ("Over six weeks at the end, March 2027", "over_six_weeks_end", "share"),
        ("Capital, £", "capital", "item"),
        ("Revenue cost a year, £", "revenue_a_year", "item"),
        ("Radiographers and sonographers, WTE", "radiographers", "item"),
        ("Who reports, WTE", "reporters", "item"),
    )
    rows = [
        (data["scenarios"][name]["label"], *(data["scenarios"][name][key] for _, key, _ in kinds))
        for name in names
    ]
    return Page(
        "Scenarios",
        "England: how far tests shift from hospital to centres, and what that takes",
        ("Sums over the 42 systems; shares are of all tests of the network.",),
        ("Scenario", *(title for title, _, _ in kinds)),
        ("", *(unit for _, _, unit in kinds)),
        tuple(rows),
    )


def _shares_page(data: Mapping[str, Any]) -> Page:
    rows: list[tuple[Cell, ...]] = [
        (
            row["month"],
            f"{SHARES[row['test']]}, share at centres",
            row["model"],
            row["published"],
            row["error"],
            "set to it" if row["set"] else "not set to it",
        )
        for row in data["shares"]
    ]
    return Page(
        "Shares",
        "England: share of tests done at centres",
        ("Hours are set so that tests at centres in August 2024 are as published; the rest follows.",),
        ("Month", "What", "Of the cases", "Published", "Apart", "How"),
        ("", "", "share", "share", "share", ""),
        tuple(rows),
    )


def _map(data: Mapping[str, Any]) -> Page:
    rows = [
        (case, one["title"], one["centres"], one["since_2026_04"]) for case, one in data["systems"].items()
    ]
    return Page(
        "Systems",
        "England: the 42 systems of 2024, and whose they are since April 2026",
        ("As announced in the written statement of 9 September 2025 (S201).",),
        ("Case", "System of 2024", "Centres", "Since April 2026"),
        ("", "", "item", ""),
        tuple(rows),
    )


def _ratio(model: float, real: float | None) -> float | None:
    return model / real if real else None
