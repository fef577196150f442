"""`check` is the whole check: what `summary` and `build` would refuse it tells before, with file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder.case import load_case
from casebuilder.errors import CaseError, InputError
from casebuilder.inputs.assumed import amounts
from casebuilder.resources import resource
from casebuilder.tasks.whole_check import WholeCheck, whole_check
from casebuilder.workbook.build import build
from casebuilder.workbook.layout import limits
from tests.edited import replace_once
from tests.short import short_case, short_pool

DIGITAL = "digital_diagnostics"


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str, str], Path]:
    """A copy of the Norfolk bid, shortened, with some text of one file replaced."""

    def make(file: str, old: str, new: str) -> Path:
        folder = shutil.copytree(short_pool(), tmp_path / "edited")
        replace_once(folder / file, old, new)
        return folder

    return make


def checked(name: str | Path, *sets: str) -> WholeCheck:
    return whole_check(load_case(str(name), sets))


def line_of(folder: Path, file: str, text: str) -> int:
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("capital.yaml", "2023/24: 0.4, 2024/25: 0.5,", "2023/24: 0.3, 2024/25: 0.5,", "phasing_sums_to_one"),
        (
            "lists.yaml",
            "norwich: {rm1: 1, others: 0}",
            "norwich: {rm1: 1, rgp: 0.3, others: 0}",
            "catchment_sums_to_one",
        ),
        (
            "hosting.yaml",
            "{rm1: 0.5, rgp: 0.24, rcx: 0.26}",
            "{rm1: 0.7, rgp: 0.2, rcx: 0}",
            "network_is_shared",
        ),
    ],
)
def test_what_must_sum_to_one_is_told_with_the_line_it_stands_in(
    edited: Callable[[str, str, str], Path], file: str, old: str, new: str, key: str
) -> None:
    folder = edited(file, old, new)

    told = [fault for fault in checked(folder).faults if key in fault.message]

    assert [(Path(fault.file).name, fault.line) for fault in told] == [(file, line_of(folder, file, new))]


@pytest.mark.parametrize(
    ("setting", "right"),
    [
        ("throughput.uptime=0", "more than 0"),
        ("throughput.booking_utilisation=0", "more than 0"),
        ("access.people=0", "more than 0"),
        ("operating_checks.england_people=0", "more than 0"),
        ("timeline.income_efficiency=1", "less than 1"),
        ("waits.share_allowed=1", "less than 1"),
        ("estate.rooms=2.5", "whole number"),
    ],
)
def test_a_bound_that_something_is_divided_by_is_open(setting: str, right: str) -> None:
    with pytest.raises(InputError, match=right):
        load_case(DIGITAL, [setting])


@pytest.mark.full
@pytest.mark.parametrize("part", range(8))
def test_no_input_at_a_bound_leaves_a_line_without_a_value(part: int) -> None:
    """Every input of the digital programme that has bounds, all its members at once."""
    case = load_case(DIGITAL)
    tried = [
        (item, bound)
        for item in case.problem.inputs_by_key.values()
        if not item.choices
        for bound in (item.low, item.high)
        if bound is not None
    ][part::8]

    unknown = []
    for item, bound in tried:
        try:
            results = load_case(DIGITAL, [f"{item.key}={bound!r}"]).results
        except InputError:
            continue
        unknown += [(item.key, bound, str(each)) for each in results.no_values]
    assert len(tried) > 50
    assert unknown == []


def test_a_member_of_the_pool_that_buys_nothing_is_told_with_the_build_it_stops() -> None:
    found = checked("cmast", "procurement.own_units[rbq]=0")

    told = {fault.message.partition(":")[0]: fault for fault in found.faults}
    assert "idle_member" in told["check failed"].message
    assert "set procurement.joins[rbq] to 0" in told["the workbook cannot be built"].message


def test_a_value_that_cannot_be_worked_out_is_told_once_where_it_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(amounts, "LARGEST", 1e308)  # what overflows is refused on reading
    found = checked(DIGITAL, "equipment.unit_price=1e308")

    (fault,) = found.faults
    assert (fault.file, found.composed) == ("--set", False)
    assert "checks cannot be worked out: it rests on equipment.unit_price" in fault.message


def test_a_decision_without_reasons_is_at_fault_in_its_own_file(tmp_path: Path) -> None:
    folder = shutil.copytree(resource("assumptions/cases/cmast_2025"), tmp_path / "undecided")
    decision = folder / "decision.yaml"
    text = decision.read_text(encoding="utf-8")
    decision.write_text(text[: text.index("reasons:")], encoding="utf-8")

    (fault,) = whole_check(load_case(str(folder))).faults

    assert Path(fault.file) == decision
    assert (
        "decision.yaml gives a reason that its line shows (decision.reasons_given; preferred 1)"
        in fault.message
    )


def test_what_stops_the_build_stops_the_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    case = load_case(str(short_case()))
    monkeypatch.setattr(limits, "LONGEST_FORMULA", 120)

    (fault,) = whole_check(case).faults

    assert "Excel would not take this workbook" in fault.message
    assert "characters, 120 at most" in fault.message
    with pytest.raises(CaseError, match="120 at most"):
        build(case.results, case.headlines, case.checks, case.findings, tmp_path / "short.xlsx", "test")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", [DIGITAL, "lancashire_south_cumbria", "cmast_2025"])
def test_a_shipped_case_has_no_fault(name: str) -> None:
    assert checked(name).faults == ()


@pytest.mark.parametrize("change", ["estate.included[no_centre]=1", "programme:estate.included[no_centre]=1"])
def test_a_site_taken_in_without_a_part_fails_as_in_the_workbook(change: str) -> None:
    """Set on the command line it is no fault of the files; the check that is live in the workbook says it."""
    checks = load_case("digital_diagnostics", [change]).checks
    assert [found.key for found in checks.failed] == ["operating_checks.sites_have_a_part"]
