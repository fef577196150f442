"""Faults found by trying the product (docs/acceptance.md), each by its own example if none else has it."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from casebuilder.case import load_case
from casebuilder.errors import InputError
from casebuilder.summary.case.operations import print_operations
from tests.edited import edited_case
from tests.shipped import ShippedCases

NORFOLK, DIGITAL = "norfolk_waveney", "digital_diagnostics"
Edited = Callable[[str, str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edited:
    """A copy of a shipped case with one text of one file replaced."""

    def make(name: str, file: str, old: str, new: str) -> Path:
        return edited_case(tmp_path / name, name, file, old, new)

    return make


def faults(name: str | Path, *sets: str) -> list[str]:
    """What is at fault, without the path of the case."""
    with pytest.raises(InputError) as caught:
        load_case(str(name), sets)
    return [str(fault).removeprefix(f"{name}/") for fault in caught.value.faults]


def test_warnings_colour_the_band_and_stand_by_what_is_at_stake(shipped_cases: ShippedCases) -> None:
    """Fault 2: CMAST's unfunded capital and what its hosts cannot afford are no green light."""
    checks = shipped_cases.case("cmast").checks
    assert checks.status.colour == "amber" and f"{len(checks.warnings)} warnings" in checks.status.text
    stakes = {warning.key: warning.most_at_stake for warning in checks.warnings}
    assert {
        "checks.capital_is_funded",
        "money_checks.hosts_can_afford",
        "governance.nobody_gains_by_leaving",
    } <= set(stakes)
    pounds = [stake for stake in stakes.values() if stake is not None]
    assert list(stakes.values())[: len(pounds)] == sorted(pounds, reverse=True)
    assert all(warning.owner for warning in checks.warnings)


@pytest.mark.parametrize(
    ("setting", "right"),
    [
        ("throughput.uptime=1.5", "150 %"),
        ("demand.suited=5", "write 0.05"),
        ("throughput.booking_utilisation=-0.5", "0 is the least"),
        ("workforce.headroom=3", "write 0.03"),
        ("equipment.unit_price[reporting_workstation]=-900000", "0 is the least"),
        ("demand.national_growth[ct,2024/25]=50", "write 0.5"),
    ],
)
def test_a_value_beyond_its_bounds_is_refused_with_the_right_hint(setting: str, right: str) -> None:
    """Faults 4 and 5, on reading: the same bounds as in the workbook."""
    (fault,) = faults(DIGITAL, setting)
    assert right in fault and "0.015" not in fault


def test_a_setting_that_an_option_overrides_says_so() -> None:
    """Fault 7: Base is set, and the option of separate trusts keeps its own."""
    (note,) = load_case(NORFOLK, ["throughput.booking_utilisation=0.5"]).inputs.notes
    assert "separate keeps its own" in str(note)
    assert "--set separate:throughput.booking_utilisation=0.5" in str(note)


def test_a_host_without_a_plan_is_shown_without_one(shipped_cases: ShippedCases) -> None:
    """Fault 13: Norfolk's hosts state no plan; what rests on one is no figure."""
    case = shipped_cases.case(NORFOLK)
    console = Console(file=StringIO(), width=200, record=True)
    print_operations(console, case.results, "preferred")
    shown = console.export_text()
    host = "James Paget University Hospitals"
    (row,) = [line for line in shown.splitlines() if host in line and "plan" in line]
    assert row.count("no plan stated") == 1  # the envelope; the others are changes by the scheme
    assert "plans.plan_is_stated" in [note.key for note in case.checks.notes]


def test_a_whole_number_may_be_written_with_a_point(edited: Edited) -> None:
    """Fault 27: 60.0 months are 60."""
    folder = edited(DIGITAL, "case.yaml", "operating_months: 60", "operating_months: 60.0")
    assert load_case(str(folder)).inputs.frame.ids("month")[59:] == ("2026-03",)


def test_a_new_site_is_told_what_it_lacks(edited: Edited) -> None:
    """Fault 29: a site without its dilapidations, and not the prices of a mixture of sets."""
    folder = edited(
        "cmast",
        "case.yaml",
        "    warrington_halton: Warrington and Halton\n",
        "    warrington_halton: Warrington and Halton\n    runcorn: Runcorn\n",
    )
    found = faults(folder)
    assert any("leases.dilapidations_rate" in fault and "runcorn" in fault for fault in found)
    assert not any("values it lies over" in fault for fault in found)


def test_a_test_outside_the_reference_set_is_named_alone(edited: Edited) -> None:
    """Fault 29: of two new tests the reference set has one, and only the other lacks a value."""
    xray = "    xray: X-ray\n"
    folder = edited(DIGITAL, "case.yaml", xray, f"{xray}    dexa: DEXA\n    bladder_scan: Bladder scan\n")
    missing = [fault for fault in faults(folder) if "is missing for" in fault]
    assert missing and all("bladder_scan" in fault and "dexa" not in fault for fault in missing)


def test_pounds_a_square_metre_are_told_by_their_name(edited: Edited) -> None:
    """Fault 29: a unit with a pound sign says what pounds are called."""
    folder = edited(
        DIGITAL, "leases.yaml", "rent_rate: {unit: GBP_real / m2 / year,", "rent_rate: {unit: £/m2,"
    )
    assert any("pounds are GBP_real" in fault for fault in faults(folder))
