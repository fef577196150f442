"""Random money of a case with a building that a private partner pays for: all properties, and its own."""

from __future__ import annotations

import numpy as np
import pytest

from tests.partnered import partnered
from tests.unit.model.random_money import Solved, close
from tests.unit.model.test_money_properties import FULL, NAME, QUICK, try_some


def private_buildings_are_charged_what_is_paid(found: Solved) -> None:
    """What is owed rises by the building and the finance cost, falls by what is paid, and ends at nothing.

    What is paid to partners is the unitary charge, on the balance sheet or off it; accounts bear the charge
    less what it repays, and the building once over its life.
    """
    begun, paid = found("private_finance.addition"), found("private_finance.on_sheet_payment")
    interest, owed = found("private_finance.interest"), found("private_finance.liability")
    assert close((begun + interest - paid).cumsum(axis=-1), owed, begun.cumsum(axis=-1))
    runs = found("private_finance.in_term") > 0
    assert (np.abs(owed[~runs]) < 1e-6).all()
    spread = found("private_finance.depreciation").sum(axis=-1) - begun.sum(axis=-1)
    assert (spread < 1e-3).all()
    everything_paid = paid + found("private_finance.expensed") - found("private_finance.vat")
    assert close(everything_paid, found("private_finance.unitary_charge"), begun.max(initial=1.0))


@pytest.fixture(scope="module")
def with_partner(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Norfolk and Waveney with a building that a private partner pays for."""
    return str(partnered(tmp_path_factory.mktemp("partner") / NAME))


def test_accounts_tie_with_private_finance(with_partner: str) -> None:
    """The same of a case with a private building, and what is owed for it."""
    try_some(QUICK, with_partner, derandomize=True, more=private_buildings_are_charged_what_is_paid)


@pytest.mark.full
def test_accounts_tie_with_private_finance_300(with_partner: str) -> None:
    """Three hundred of them."""
    try_some(FULL, with_partner, more=private_buildings_are_charged_what_is_paid)
