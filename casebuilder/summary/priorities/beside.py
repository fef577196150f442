"""Beside the best plan of sites: the estimate that adds up, more capital, the next best, and the front."""

from __future__ import annotations

from collections.abc import Sequence

from casebuilder.analysis.sites.prioritise import Outcome
from casebuilder.analysis.sites.programme import OUT, Plan
from casebuilder.summary.figures import figure
from casebuilder.summary.priorities.words import PEOPLE, TESTS, UNITS, Words, listed, millions

MOST_SHOWN = 20


def beside(outcome: Outcome, words: Words) -> list[str]:
    """What else was found, a sentence each."""
    report = outcome.report
    found: list[str] = []
    if any(start != OUT for start in report.plan):
        added, whole = words.score(report.estimate), words.score(report.score)
        if added == whole:
            found.append(f"Added up site by site, and as a whole by the engine, the plan is worth {whole}.")
        else:
            found.append(
                f"Added up site by site the plan would be worth {added}; the engine, which works it out as a "
                f"whole, makes it {whole}."
            )
    added_up = report.estimate_plan
    if added_up is not None and added_up != report.plan and report.estimate_true is not None:
        over = "" if outcome.search.affordable(added_up) else ", and it passes a limit"
        found.append(
            f"Adding up would have chosen otherwise ({words.changes(added_up)}): "
            f"{words.score(report.estimate_true)} by the engine{over}."
        )
    for more in report.more:
        where = f"{millions(more.amount)} more capital in {more.limit}"
        same = more.plan == report.plan
        what = " changes nothing." if same else f": {words.change(more.gain)} ({words.changes(more.plan)})."
        found.append(where + what)
    for place, plan in enumerate(report.runners_up):
        gap = words.value(plan) - report.score
        shown = "as good, for no less capital" if words.is_nothing(gap) else words.change(gap)
        found.append(f"{'Then' if place else 'Next best'}: {shown} ({words.changes(plan)}).")
    dead = [name for name in outcome.ask.aims if not outcome.spread[list(UNITS).index(name)]]
    if dead:
        found.append(f"No site changes {listed(dead)}{'' if words.unit else ': its weight has no effect'}.")
    return found


def front_rows(outcome: Outcome, words: Words, plans: Sequence[Plan]) -> list[tuple[str, ...]]:
    """A row for each of some plans: sites, value, tests, people, capital, names."""
    rows: list[tuple[str, ...]] = []
    for plan in plans:
        worth = outcome.worth(plan)
        rows.append(
            (
                str(words.sites(plan)),
                millions(worth.npsv),
                figure(float(round(worth.tests)), TESTS),
                figure(float(round(worth.weighted)), PEOPLE),
                millions(float(worth.by_year.sum())),
                words.named(plan),
            )
        )
    return rows


def spread(plans: Sequence[Plan], most: int) -> list[Plan]:
    """At most so many of some plans, the first and the last among them."""
    if len(plans) <= most:
        return list(plans)
    places = {round(number * (len(plans) - 1) / (most - 1)) for number in range(most)}
    return [plan for place, plan in enumerate(plans) if place in places]
