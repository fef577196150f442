"""Offers of the shipped cases: what is printed is what is exported, and adds up to the pool."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner, Result

from casebuilder.analysis.sharing.offered import Offered, offered
from casebuilder.analysis.sharing.pool_shares import pool_shares
from casebuilder.case import Case, load_case
from casebuilder.cli.app import app

LINES = {
    "alone": "pool.alone",
    "charge": "offers.charge",
    "saves": "offers.saves",
    "own_purchase": "offers.own_purchase",
    "to_funder": "offers.to_funder",
    "side_payment": "offers.side_payment",
    "recurrent": "offers.recurrent",
    "competition": "offers.competition",
    "staff_time": "offers.staff_time",
    "lost_by_leaving": "offers.lost_by_leaving",
    "leaving_before": "offers.leaving_before",
    "leaving_after": "offers.leaving_after",
}
ADD_UP = {
    "alone": None,
    "charge": "pool.together",
    "saves": "pool.saving",
    "own_purchase": "pool.bill",
    "to_funder": "pool.to_funder",
}


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["procure", "norfolk_waveney", *words])


@pytest.fixture(scope="module")
def norfolk() -> Case:
    return load_case("norfolk_waveney")


@pytest.fixture(scope="module")
def cmast() -> Offered:
    shares = pool_shares(load_case("cmast").results)
    assert shares is not None
    found = offered(shares)
    assert found is not None
    return found


def test_every_figure_of_an_offer_is_that_of_a_line(norfolk: Case) -> None:
    """`--json` gives what `export` gives, and the offers add up to the pool."""
    result = run("--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)["offers"]
    value = norfolk.results.value
    for member, offer in found["members"].items():
        for name, key in LINES.items():
            assert offer[name] == pytest.approx(value(key, "preferred", (member,)), abs=1e-6), name
        for year, cash in offer["cash"].items():
            assert cash == pytest.approx(value("offers.cash_year", "preferred", (member, year)), abs=1e-6)
        for tranche, amount in offer["capital"].items():
            key = (member, tranche)
            assert amount == pytest.approx(value("offers.capital_tranche", "preferred", key), abs=1e-6)
        assert offer["own_purchase"] + offer["to_funder"] + offer["side_payment"] == pytest.approx(
            offer["charge"]
        )
    for name, key in ADD_UP.items():
        if key is not None:
            total = sum(offer[name] for offer in found["members"].values())
            assert total == pytest.approx(value(key, "preferred"), abs=1e-6), name
    assert sum(offer["side_payment"] for offer in found["members"].values()) == pytest.approx(0, abs=1e-6)


def test_what_is_settled_moves_cash_of_one_year(norfolk: Case) -> None:
    """Under another rule a member's cash differs in the year of the last delivery, by its side payment.

    Over that year's discount factor, in its prices; present value is the side payment again.
    """
    again = load_case("norfolk_waveney", ["offers.rule=eca"])
    frame = norfolk.problem.frame
    delivered = norfolk.inputs.values["routes.delivery_year"].base[("first",)].amount
    first = frame.ids("year")[int(delivered) - 1]
    discount = norfolk.results.value("timeline.discount_factor", "preferred", (first,))
    prices = norfolk.results.value("timeline.gdp_index", "preferred", (first,))
    assert discount is not None and prices is not None
    moved = 0.0
    for member in frame.ids("provider"):
        more = {
            year: (again.results.value("offers.cash_year", "preferred", (member, year)) or 0)
            - (norfolk.results.value("offers.cash_year", "preferred", (member, year)) or 0)
            for year in frame.ids("statement")
        }
        paid = [
            (found.results.value(f"offers.{name}", "preferred", (member,)) or 0) * sign
            for found, sign in ((again, 1), (norfolk, -1))
            for name in ("side_payment", "to_funder")
        ]
        assert more.pop(first) == pytest.approx(sum(paid) / discount * prices, abs=1e-3), member
        assert set(more.values()) == {0.0}, member
        moved += abs(sum(paid))
    assert moved > 1_000


def test_cash_and_capital_of_members_are_the_pools() -> None:
    """Where every class is bought together: the pool's cash less its members' own time, and its capital."""
    # Without a framework for them, and with no time for coordination, all classes are cheaper together.
    sets = ["procurement.coordination_cost[pool]=0"]
    sets += [f"routes.serves[framework,{kind}]=0" for kind in ("ultrasound", "reporting_workstation")]
    again = load_case("norfolk_waveney", sets)
    value, frame = again.results.value, again.problem.frame
    pooled = [kind for kind in frame.ids("equipment") if value("pool.bought_together", "preferred", (kind,))]
    bought = [
        kind for kind in frame.ids("equipment") if value("procurement.joined_units_all", "preferred", (kind,))
    ]
    assert pooled == bought
    members = frame.ids("provider")
    for year in frame.ids("statement"):
        cash = sum(value("offers.cash_year", "preferred", (m, year)) or 0 for m in members)
        assert cash == pytest.approx(value("route_years.cash_year", "preferred", ("pool", year)), abs=1e-3)
    for tranche in frame.ids("tranche"):
        capital = sum(value("offers.capital_tranche", "preferred", (m, tranche)) or 0 for m in members)
        expected = value("route_years.capital_tranche", "preferred", ("pool", tranche))
        assert capital == pytest.approx(expected, abs=1e-3)


@pytest.mark.parametrize("width", ["80", "140"])
def test_offers_fit_the_terminal(width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    result = run("--offers", "--offer", "RGP")
    assert result.exit_code == 0, result.stderr
    assert max(map(len, result.stdout.splitlines())) <= int(width)
    assert "…" not in result.stdout
    said = " ".join(result.stdout.split())
    for words in (
        "What do I pay?",
        "What do I save?",
        "If I sign and leave before the order I pay the others",
        "If I leave after the order I pay",
        "give up my saving of",
        "By when do I sign? the end of 2022-09",
        "(RM1)",
        "Signed by the director of finance of each member",
        "The smallest group that saves by itself",
    ):
        assert words in said, words


def test_several_leave_at_once() -> None:
    result = run("--without", "rgp,rcx")
    assert result.exit_code == 0, result.stderr
    assert "as a pool of their own" in " ".join(result.stdout.split())


def test_another_rule_is_put_forward_by_a_word() -> None:
    """Set to a word, the rule moves every charge; the sum stays."""
    charges = []
    for rule in ("one_price", "equal_saving"):
        result = run("--json", "--set", f"offers.rule={rule}")
        assert result.exit_code == 0, result.stderr
        members = json.loads(result.stdout)["offers"]["members"]
        charges.append([offer["charge"] for offer in members.values()])
    assert sum(charges[0]) == pytest.approx(sum(charges[1]))
    assert all(abs(a - b) > 1 for a, b in zip(*charges, strict=True))


def test_what_the_womens_hospital_is_to_the_others_is_a_decision(cmast: Offered) -> None:
    """As docs/procurement.md has it: others gain without it, and it would still save after a payment."""
    (said,) = cmast.decisions
    offer = cmast.offer("rep")
    assert said == (
        "The others are £181,000 better off without Liverpool Women's Hospital, which under the rule put "
        "forward (one price) is offered £265,000: let it leave, or let it pay the others £181,000 on the "
        "side, and it still saves £85,000."
    )
    assert offer.leaving_before == 0
    assert cmast.if_others_leave("rep")
    assert sum(each.side_payment for each in cmast.offers) == pytest.approx(0, abs=1e-4)


def test_who_the_tiers_of_cmast_hang_on(cmast: Offered) -> None:
    """Ten MRI scanners in the second order against a tier from ten: nobody who orders one can leave."""
    part = cmast.participation
    mri = next(need for need in part.tiers if (need.equipment, need.tranche) == ("mri", "second"))
    assert mri.units == mri.threshold == 10
    assert set(mri.lost_without) == set(mri.fewest)
    assert part.fewest == ("rem", "rww")
    assert part.nothing_without == ()
