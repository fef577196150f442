"""A neighbourhood health centre as a case: what its chapters give, and that other cases have none of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from casebuilder.case import Case, load_case
from casebuilder.summary.case.operations import print_operations
from casebuilder.tasks.whole_check import whole_check
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.verify import verify
from tests.neighbourhood import neighbourhood_case
from tests.shipped import ShippedCases
from tests.workbook.reading import read_sheets

CHAPTERS = ("served", "estate_options", "criteria", "pipeline", "disposals", "disposal_checks")
SHEET, SMALL = "Neighbourhood", "digital_diagnostics"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return neighbourhood_case(tmp_path_factory.mktemp("neighbourhood") / "case")


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return load_case(str(folder))


def values(case: Case, key: str, option: str = "centres") -> Any:
    """A line's values in an option, by its dimensions."""
    line = case.problem.by_key[key]
    return case.results.array(line)[0, case.problem.frame.option_ids.index(option)]


def printed(case: Case, option: str) -> str:
    """What the terminal says of an option's operations and money."""
    out = io.StringIO()
    print_operations(Console(file=out, width=100), case.results, option)
    return out.getvalue()


def net_value(case: Case) -> float:
    found = case.headlines["centres"].headlines["npsv"]
    assert found is not None
    return found


def test_the_whole_check_finds_no_fault_and_the_warnings_planted(case: Case) -> None:
    """A minimum missed, a surgery without date and owner, a flood plain, and an allocation gone before it."""
    assert whole_check(case).faults == ()
    mine = {check.key.split(".")[0] for check in case.checks.results} & set(CHAPTERS)
    assert mine == {"served", "estate_options", "criteria", "pipeline", "disposal_checks"}
    warned = [each.key for each in case.checks.warnings if each.key.split(".")[0] in CHAPTERS]
    assert sorted(warned) == [
        "criteria.minimum_met",
        "disposal_checks.dated_and_owned",
        "estate_options.chosen_meets_constraints",
        "pipeline.bid_fits",
        "pipeline.exceeded_before",
    ]


def test_people_served_are_those_nearest(case: Case) -> None:
    """Of the places within twenty minutes of Whitegate Drive those to which no other site is nearer."""
    frame = case.problem.frame
    site = frame.positions["site"]["whitegate_drive"]
    minutes, people = values(case, "access.minutes"), values(case, "access.people_deprived")
    mine = [
        place
        for place in range(len(frame.ids("place")))
        if minutes[place, site] == min(minutes[place]) and minutes[place, site] <= 20
    ]
    served = values(case, "served.people")[frame.positions["proposal"]["ours"]]
    assert len(mine) > 10
    assert served == pytest.approx(people[mine].sum(axis=0))
    assert values(case, "served.people", "bau").sum() == 0


def test_the_estate_option_chosen_costs_what_the_site_is_built_for(folder: Path) -> None:
    """At the rate quoted for the site and its share of standard building: all works with bias."""
    own = load_case(str(folder))
    site = own.problem.frame.positions["site"]["whitegate_drive"]
    parts = ("sub_total", "fees", "non_works", "contingency")
    expected = sum(values(own, f"capital.{part}")[site] for part in parts)
    expected *= 1 + values(own, "capital.bias_rate")[site]
    standard = own.problem.inputs.values["capital.standard_share"].base[("whitegate_drive",)].amount
    key = "estate_options.standard_share[whitegate_drive,refurbish]"
    rate = values(own, "capital.works_rate_base")[site] * (1 + values(own, "capital.on_costs_taken")[site])
    quoted = f"estate_options.quoted_rate[whitegate_drive,refurbish]={rate}"
    same = load_case(str(folder), [f"{key}={standard}", quoted])
    assert values(same, "estate_options.built")[site, 0] == pytest.approx(expected)


def test_disposals_are_worth_what_they_save_discounted(case: Case, folder: Path) -> None:
    """£80,000 a year less 20 % from the fourth year of fifteen; £150,000 and £960,000 less 30 %, at 3.5 %."""
    undated = load_case(str(folder), ["disposals.vacated[clinic]=0", "disposals.sold[clinic]=0"])
    running = sum(80_000 * 0.8 / 1.035**year for year in range(3, 15))
    once = 0.7 * (150_000 / 1.035**3 + 960_000 / 1.035**4)
    assert net_value(case) - net_value(undated) == pytest.approx(running + once)
    released = "headlines.cash_releasing_benefits_steady_state"
    saved = values(case, released) - values(undated, released)
    assert saved == pytest.approx(80_000 * values(case, "timeline.non_pay_index")[5])


def test_the_terminal_shows_its_sections(case: Case) -> None:
    """The proposal, its place, the allocations and the disposals, by name."""
    text = printed(case, "centres")
    for heading in ("Population served", "Fit to the pipeline", "Allocation of the pipeline", "Disposals"):
        assert heading in text
    assert "Old clinic" in text
    assert "First in the queue" not in text  # it is in no option of this case


def test_other_cases_have_none_of_it(shipped_cases: ShippedCases) -> None:
    """No line, no check, no section and no sheet."""
    other = shipped_cases.case(SMALL)
    kept = [line.key for line in other.problem.lines if line.chapter in CHAPTERS]
    assert kept == ["disposals.by_benefit"]  # the log reads it: a sum over no disposals
    assert values(other, "disposals.by_benefit", "bau").max() == 0
    assert not {check.key.split(".")[0] for check in other.checks.results} & set(CHAPTERS)
    assert "Population served" not in printed(other, other.problem.frame.option_ids[-1])
    assert SHEET not in shipped_cases.sheets(SMALL)


@pytest.mark.full
def test_its_workbook_is_proved(case: Case, tmp_path: Path) -> None:
    """Another engine agrees with every cell, and the page has the figures of the terminal."""
    path = tmp_path / "case.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    found = verify(path, "ironcalc")
    assert found.mismatches == []
    page = [cell.value for cell in read_sheets(path)[SHEET].cells.values()]
    assert "Scores with their evidence, Whitegate Drive" in page
    assert values(case, "served.people_all")[1] in page
