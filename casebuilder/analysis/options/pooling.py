"""Pooling: whose patients wait longer because lists are pooled, all else as the option has it.

The option is worked out a second time with every list kept apart. A sheet cannot do that without
a second set of lists, so this is worked out by the engine.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.problem import Problem

POOLING = "lists.pooling"
COVER = "performance.cover_at_end"
LIST = "waits.list_total"
OWN_LIST = "lists.waiting_list"
OVER_SIX_WEEKS = "waits.over_six_weeks_share"
LEAST = 0.05  # weeks, a third of a day: less is not called a longer wait


@dataclass(frozen=True)
class Wait:
    """A trust's weeks of cover for a test at the end, with lists pooled and with lists apart.

    `people` are those who wait, with lists pooled: weeks of a handful of people weigh little.
    """

    provider: str
    test: str
    pooled: float
    apart: float
    people: float

    @property
    def weeks_of_people(self) -> float:
        """How much longer it is, times those who wait."""
        return (self.pooled - self.apart) * self.people


@dataclass(frozen=True)
class Pooling:
    """What pooling does in one option, in the last month.

    Attributes
    ----------
    list_pooled, list_apart
        The network's list.
    share_pooled, share_apart
        Its share over six weeks.
    longer
        Trusts and tests whose own wait is longer for it, by weeks times people, the most first.
    shorter
        How many pairs of trust and test wait less.
    """

    list_pooled: float
    list_apart: float
    share_pooled: float
    share_apart: float
    longer: tuple[Wait, ...]
    shorter: int


def pooling_effects(problem: Problem) -> dict[str, Pooling]:
    """The effect of pooling in each option that pools lists; empty where none does.

    Raises
    ------
    CaseError
        A line has no value once lists are kept apart.
    """
    given = problem.inputs_by_key
    cover, waiting, share = (problem.by_key.get(key) for key in (COVER, LIST, OVER_SIX_WEEKS))
    own = problem.by_key.get(OWN_LIST)
    if POOLING not in given or cover is None or waiting is None or share is None or own is None:
        return {}
    pooling = given[POOLING]
    as_it_is = problem.axes.input_array(problem.values[pooling])
    if not as_it_is.any():
        return {}
    both = np.concatenate([as_it_is, np.zeros_like(as_it_is)])
    results = evaluate(problem, [cover, waiting, share, own], {pooling: both})
    weeks, people = results.array(cover), results.array(own)[..., -1]
    lists, shares = results.array(waiting)[..., -1], results.array(share)[..., -1]
    frame = problem.frame
    rows, columns = frame.positions["provider"], frame.positions["test"]
    pairs = [(pair["provider"], pair["test"]) for pair in frame.combinations(("provider", "test"))]
    found: dict[str, Pooling] = {}
    for place, option in enumerate(frame.option_ids):
        if not as_it_is[0, min(place, as_it_is.shape[1] - 1)].any():
            continue
        waits = []
        for provider, test in pairs:
            at = place, rows[provider], columns[test]
            pooled, apart = map(float, weeks[:, *at])
            waits.append(Wait(provider, test, pooled, apart, float(people[0, *at])))
        longer = [wait for wait in waits if wait.pooled - wait.apart > LEAST]
        found[option] = Pooling(
            float(lists[0, place]),
            float(lists[1, place]),
            float(shares[0, place]),
            float(shares[1, place]),
            tuple(sorted(longer, key=lambda wait: -wait.weeks_of_people)),
            sum(wait.apart - wait.pooled > LEAST for wait in waits),
        )
    return found
