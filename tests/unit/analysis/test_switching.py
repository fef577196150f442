"""Switching values between options: what must change for another option to be best."""

from __future__ import annotations

import pytest

from casebuilder.analysis.options.switching import PARTS, VALUE, standings, switch
from casebuilder.case import Case, load_case

CASES = ("digital_diagnostics", "lancashire_south_cumbria")


@pytest.fixture(scope="module", params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return load_case(request.param)


@pytest.mark.parametrize(
    ("gap", "worth", "share"),
    [
        (50.0, 100.0, 0.5),  # half as much again closes it
        (50.0, -100.0, -0.5),  # a cost must fall by half
        (50.0, -50.0, -1.0),  # to nothing, and that just does
        (50.0, -40.0, None),  # below nothing: it cannot
        (50.0, 0.0, None),  # options alike in the part
        (0.0, 10.0, 0.0),  # equal already
    ],
)
def test_a_switching_value_reckoned_by_hand(gap: float, worth: float, share: float | None) -> None:
    """The share of a part that closes a gap."""
    assert switch(gap, worth) == share


def test_the_parts_make_up_the_value(case: Case) -> None:
    """Benefits less costs are the net present social value, so that no part is left out or twice."""
    results = case.results
    for option in case.problem.frame.option_ids:
        parts = sum(part.sign * (results.value(part.key, option) or 0.0) for part in PARTS)
        assert parts == pytest.approx(results.value(VALUE, option), rel=1e-9, abs=1e-3), option


def test_ranks_are_those_of_the_headlines(case: Case) -> None:
    """One ranking, by net present social value."""
    for option, own in standings(case.results).items():
        assert own.rank == case.headlines[option].rank
        assert (own.behind == 0) == (own.rank == 1)


def test_lives_that_end_with_the_appraisal_rank_as_the_value_does(case: Case) -> None:
    """Where no option ends earlier, the value a year gives the same order."""
    for own in standings(case.results).values():
        assert own.annual_rank == own.rank


def test_at_its_switching_value_an_option_equals_the_best(case: Case) -> None:
    """The case is worked out again with another value of a QALY: health changes in all options alike."""
    found = standings(case.results)
    best = next(option for option, own in found.items() if own.rank == 1)
    edition = case.inputs.values["timeline.edition"].base[()].amount
    value = case.inputs.values["benefits.qaly_value"].base[(str(edition),)].amount
    assert isinstance(value, float | int)
    switched = 0
    for option, own in found.items():
        for share, other in ((own.to_best["health"], best), (own.to_nothing["health"], None)):
            if option == best or share is None or not -0.999 < share < 5:
                continue
            changed = standings(
                load_case(case.name, [f"benefits.qaly_value[{edition}]={value * (1 + share)!r}"]).results
            )
            apart = changed[option].value - (changed[other].value if other else 0.0)
            assert abs(apart) <= 1e-6 * max(abs(x.value) for x in found.values()), (option, other)
            switched += 1
    assert switched >= 2
