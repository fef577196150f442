"""A case with a building that a private partner pays for: what moves, and that its checks hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from casebuilder.case import Case, load_case
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.verify import verify
from tests.partnered import partnered

OPTION = "preferred"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return partnered(tmp_path_factory.mktemp("cases") / "norfolk_waveney")


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return load_case(str(folder))


@pytest.fixture(scope="module")
def public() -> Case:
    """The same with public capital."""
    return load_case("norfolk_waveney")


def of(case: Case, key: str) -> np.ndarray[Any, Any]:
    """The values of a line for the option."""
    found = case.results.array(case.problem.by_key[key])
    values: np.ndarray[Any, Any] = found[0, case.inputs.frame.option_ids.index(OPTION)].squeeze()
    return values


def fails(case: Case) -> list[str]:
    """The checks that fail."""
    return [found.key for found in (*case.checks.failed, *case.checks.cannot)]


def test_no_check_fails_on_the_balance_sheet_or_off_it(folder: Path, case: Case) -> None:
    """Whatever accounts, budgets and the partner's quote say."""
    assert fails(case) == []
    for sets in (
        ["private_contracts.on_balance_sheet=0"],
        ["private_contracts.in_national_accounts=0"],
        ["private_contracts.on_balance_sheet=0", "private_contracts.in_national_accounts=0"],
        ["private_contracts.quoted_charge=3500000", "private_contracts.vat_recovered=0"],
    ):
        assert fails(load_case(str(folder), sets)) == [], sets


def test_the_building_leaves_capital_and_its_charge_takes_its_place(case: Case, public: Case) -> None:
    """Capital falls by the lines of the cost form with their VAT; kit and enabling works stay."""
    lines = case.inputs.frame.ids("capital_line")
    stays = [lines.index(line) for line in ("equipment", "enabling")]
    norwich = case.inputs.frame.ids("site").index("norwich")
    with_partner, without = (of(each, "capital.line_cost") for each in (case, public))
    assert with_partner[norwich].sum() == pytest.approx(without[norwich, stays].sum())
    assert with_partner[norwich + 1 :] == pytest.approx(without[norwich + 1 :])
    gone = without[norwich].sum() - with_partner[norwich].sum()
    assert of(case, "private_finance.building_real") == pytest.approx(gone)
    assert of(case, "capital.total_real") == pytest.approx(of(public, "capital.total_real"))  # the cost form
    more = of(case, "economics.running_cost") - of(public, "economics.running_cost")
    assert more == pytest.approx(of(case, "private_finance.charges_real"))


def test_budgets_follow_the_national_accounts(folder: Path, case: Case, public: Case) -> None:
    """Off them CDEL loses the building, RDEL bears the whole charge and no depreciation of it."""
    off = load_case(str(folder), ["private_contracts.in_national_accounts=0"])
    value = of(case, "private_finance.fair_value")
    assert (of(case, "finance.capital_limit_charge") - of(off, "finance.capital_limit_charge")).sum() == (
        pytest.approx(value)
    )
    charge, cost = of(off, "private_finance.payment"), of(off, "private_finance.interest")
    more = of(off, "finance.resource_charge") - of(case, "finance.resource_charge")
    assert more == pytest.approx(charge - cost, abs=1e-3)
    less = of(case, "finance.ring_fenced_charge") - of(off, "finance.ring_fenced_charge")
    assert less == pytest.approx(of(case, "private_finance.depreciation"), abs=1e-3)
    for key in ("position.surplus", "position.cash", "finance.surplus"):
        assert of(off, key) == pytest.approx(of(case, key), abs=1e-3), key  # accounts are the same


def test_a_contract_of_two_sites_or_of_none_is_a_fault(folder: Path) -> None:
    """Its charge could not begin; and a quote that leaves nothing for services is warned of."""
    two = load_case(str(folder), ["private_contracts.builds[kings_lynn,partner]=1"])
    none = load_case(str(folder), ["private_contracts.builds[norwich,partner]=0"])
    for case in (two, none):
        assert "private_finance.one_site" in fails(case)
    cheap = load_case(str(folder), ["private_contracts.quoted_charge=1000000"])
    assert "private_finance.repays" in [found.key for found in cheap.checks.warnings]


@pytest.mark.full
def test_its_workbook_is_proved(case: Case, tmp_path: Path) -> None:
    """Every formula cell, recalculated."""
    path = tmp_path / "partner.xlsx"
    build(case.results, case.headlines, case.checks, case.findings, path, "test")
    found = verify(path)
    assert found.agrees, (found.mismatches[:3], found.cannot[:3])
