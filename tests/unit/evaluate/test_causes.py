"""The values behind a breached check: which, and in which line of which file they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.evaluate.causes import Cause, causes, first_breach

CASES = Path(__file__).parents[3] / "assumptions" / "cases"


def caused(case: Case, key: str) -> list[Cause]:
    (check,) = (line for line in case.problem.checks if line.key == key)
    return causes(case.results, check)


def line_of(path: Path, text: str) -> int:
    """The line, from 1, of a file in which some text first stands."""
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if text in line)


def test_phasing_that_does_not_sum_to_one_names_the_value_and_the_file() -> None:
    """What was set comes first, then the line of the file that the rest stands in."""
    case = load_case("cmast", ["capital.phasing[paddington,2021/22]=0.1"])

    found = caused(case, "checks.phasing_sums_to_one")

    assert [cause.key for cause in found[:2]] == [
        "capital.phasing[paddington,2021/22]",
        "capital.phasing[paddington,2022/23]",
    ]
    assert (found[0].amount, found[0].place.file) == (0.1, "--set")
    assert Path(found[1].place.file).resolve() == CASES / "cmast" / "capital.yaml"


def test_shares_of_the_network_are_found_in_the_cases_own_file() -> None:
    """Each value has its own line, not that of its key."""
    case = load_case("norfolk_waveney", ["hosting.network_share[rm1]=0.2"])

    found = caused(case, "money_checks.network_is_shared")

    places = {(Path(cause.place.file).name, cause.place.line) for cause in found}
    hosting = CASES / "norfolk_waveney" / "hosting.yaml"
    assert ("--set", 1) in places
    assert ("hosting.yaml", line_of(hosting, "network_share:")) not in places  # that is the key's line
    for cause in found:
        if cause.place.file != "--set" and "network_share" in cause.key:
            member = cause.key.split("[")[1].rstrip("]")
            assert member in hosting.read_text().splitlines()[cause.place.line - 1]


def test_the_option_whose_own_value_it_is_stands_before_the_key() -> None:
    """The key is as `--set` takes it, with the option whose value it is."""
    case = load_case("norfolk_waveney", ["separate:workforce.turnover=1"])

    found = caused(case, "checks.posts_filled_at_opening")

    assert any(cause.key.startswith("separate:") for cause in found)


def test_a_check_that_holds_has_no_causes() -> None:
    """Where nothing is breached, nothing is named."""
    case = load_case("digital_diagnostics")
    holding = [
        line
        for line, result in zip(case.problem.checks, case.checks.results, strict=False)
        if first_breach(case.results, line) is None
    ]

    assert holding
    assert not any(causes(case.results, line) for line in holding)


@pytest.mark.parametrize(
    "name", ["cmast", "cmast_2025", "norfolk_waveney", "lancashire_south_cumbria", "digital_diagnostics"]
)
def test_every_breached_check_of_a_shipped_case_has_a_cause(name: str) -> None:
    """No breach is told without a value behind it."""
    case = load_case(name)
    breached = [line for line in case.problem.checks if first_breach(case.results, line) is not None]

    assert breached
    for line in breached:
        assert caused(case, line.key), line.key
