"""Whose wait pooling lengthens: the same as setting the option's pooling to 0 by hand."""

from __future__ import annotations

import pytest

from casebuilder.analysis.options.pooling import LEAST, Pooling, pooling_effects
from casebuilder.case import Case, load_case

# In the case as it stands nobody waits longer for it: here slots are scarce, and hospitals do no more.
SCARCE = [
    *(f"relief.strength[{test}]=0" for test in ("mri", "ct", "ultrasound", "dexa", "echocardiography")),
    *(f"preferred:estate.included[{site}]=0" for site in ("st_helens", "paddington", "clatterbridge")),
]

# One list needs no building: every option but business as usual has it.
POOLING = ["do_minimum", "buy_tests", "mobile", "less_ambitious", "more_ambitious", "preferred"]


@pytest.fixture(scope="module")
def pooled() -> Case:
    return load_case("cmast", SCARCE)


@pytest.fixture(scope="module")
def apart() -> Case:
    return load_case("cmast", [*SCARCE, *(f"{option}:lists.pooling=0" for option in POOLING)])


@pytest.fixture(scope="module")
def effect(pooled: Case) -> Pooling:
    return pooling_effects(pooled.problem)["preferred"]


def test_only_options_that_pool_lists_have_an_effect(pooled: Case) -> None:
    assert list(pooling_effects(pooled.problem)) == POOLING


def test_no_option_pools_lists_no_effect(apart: Case) -> None:
    assert pooling_effects(apart.problem) == {}


def test_the_network_with_lists_apart_is_the_case_with_pooling_set_to_0(
    pooled: Case, apart: Case, effect: Pooling
) -> None:
    for case, waiting, share in (
        (pooled, effect.list_pooled, effect.share_pooled),
        (apart, effect.list_apart, effect.share_apart),
    ):
        headlines = case.headlines["preferred"].headlines
        assert waiting == pytest.approx(headlines["list_end"], rel=1e-12)
        assert share == pytest.approx(headlines["over_six_weeks_end"], rel=1e-12)


def test_who_waits_longer_is_every_trust_whose_cover_is_higher_when_pooled(
    pooled: Case, apart: Case, effect: Pooling
) -> None:
    frame = pooled.problem.frame
    longer = {}
    for pair in frame.combinations(("provider", "test")):
        members = (pair["provider"], pair["test"])
        weeks, weeks_apart = (
            case.results.value("performance.cover_at_end", "preferred", members) or 0.0
            for case in (pooled, apart)
        )
        if weeks - weeks_apart > LEAST:
            longer[members] = (weeks, weeks_apart)
    found = {(wait.provider, wait.test): (wait.pooled, wait.apart) for wait in effect.longer}
    assert found.keys() == longer.keys()
    assert found == {members: pytest.approx(weeks, rel=1e-12) for members, weeks in longer.items()}
    assert found, "in this case pooling does lengthen someone's wait"


def test_the_most_weeks_of_people_come_first(pooled: Case, effect: Pooling) -> None:
    """A longer wait of a handful stands below one of hundreds; people are those of the list at the end."""
    last = pooled.problem.frame.ids("month")[-1]
    rises = []
    for wait in effect.longer:
        people = pooled.results.value("lists.waiting_list", "preferred", (wait.provider, wait.test, last))
        assert wait.people == pytest.approx(people, rel=1e-12)
        rises.append((wait.pooled - wait.apart) * (people or 0))
    assert rises == sorted(rises, reverse=True)
