"""The market forces factor of a case is the mean of its trusts', by tests."""

from __future__ import annotations

import pytest

from casebuilder.inputs.files.tables import numbers
from casebuilder.resources import resource
from casebuilder.tasks.england.market_forces import market_forces
from casebuilder.tasks.england.trusts import OTHER, find_trust, trusts

TABLE = resource("assumptions/reference/data") / "market_forces_2024_25.csv"


def test_every_nhs_trust_of_dm01_has_a_factor():
    """The scheme sets it so that the lowest, Torbay and South Devon, is 1."""
    found = numbers(TABLE, ("provider",), ("factor",))
    nhs = {trust.code for trust in trusts().values() if trust.kind != OTHER}
    assert nhs <= {code for (code,) in found}
    assert min(found.items(), key=lambda each: each[1]) == (("RA9",), (1.0,))
    assert max(factor for (factor,) in found.values()) < 1.25


def test_one_trust_has_its_own_and_two_have_the_mean_by_tests():
    assert market_forces([find_trust("RRV")]).factor == 1.2051
    two = market_forces([find_trust("REF"), find_trust("RRV")])
    cornwall, london = find_trust("REF").list_tests, find_trust("RRV").list_tests
    mean = (1.008588 * cornwall + 1.205116 * london) / (cornwall + london)
    assert two.factor == pytest.approx(mean, abs=5e-5)
    assert (two.low, two.high) == (1.008588, 1.205116)
    assert "2024/25" in two.notes[0]


def test_a_company_has_none_and_it_is_said():
    found = market_forces([find_trust("REF"), find_trust("NT405")])
    assert found.factor == 1.0086
    assert "Bishops Wood Hospital" in found.notes[1]
    alone = market_forces([find_trust("NT405")])
    assert alone.factor is None and "Bishops Wood Hospital" in alone.notes[0]
