"""The words of a choice of sites: scores with what they count, and how one plan differs from another."""

from __future__ import annotations

from collections.abc import Iterable

from casebuilder.analysis.sites.prioritise import Outcome
from casebuilder.analysis.sites.programme import OUT, Plan
from casebuilder.analysis.sites.refusal import BelowAnySite
from casebuilder.analysis.sites.report import LeftOut
from casebuilder.summary.figures import MINUS, difference, figure

MONEY, TESTS, PEOPLE = "GBP_real", "tests", "patients"
UNITS = {"npsv": MONEY, "tests": TESTS, "additional": TESTS, "people": PEOPLE}
_WORDS = {
    "npsv": "net present social value",
    "tests": "tests a year",
    "additional": "additional tests a year",
}


class Words:
    """The words of one outcome."""

    def __init__(self, outcome: Outcome) -> None:
        """Find what the score counts; a weighted sum has no unit."""
        self.outcome, self.search, self.best = outcome, outcome.search, outcome.report.plan
        aims = list(outcome.ask.aims)
        self.unit = UNITS[aims[0]] if len(aims) == 1 else ""

    @property
    def aim(self) -> str:
        """What counts."""
        aims = self.outcome.ask.aims
        words = _WORDS | {"people": f"people brought {self.near}"}
        if len(aims) == 1:
            return f"most {words[next(iter(aims))]}"
        return "best sum of " + listed(f"{words[name]} (weight {weight:g})" for name, weight in aims.items())

    @property
    def near(self) -> str:
        """`within 30 minutes of a centre or acute hospital`."""
        of = "a centre or acute hospital" if self.outcome.ask.near == "any" else "a centre"
        minutes = self.outcome.minutes
        return f"within {minutes:.0f} minutes of {of}" if minutes is not None else f"near {of}"

    def value(self, plan: Plan) -> float:
        """The score of a plan."""
        return float(self.outcome.weights @ self.outcome.worth(plan).measures)

    def score(self, value: float) -> str:
        """A score with what it counts."""
        if not self.unit:
            return f"{value:.3f}".replace("-", MINUS)
        if self.unit == MONEY:
            return millions(value)
        after = " people" if self.unit == PEOPLE else " tests a year"
        return figure(float(round(value)), self.unit) + after

    def change(self, value: float) -> str:
        """A difference of scores, with its sign."""
        if not self.unit:
            return f"{value + 0.0:+.3f}".replace("-", MINUS)
        if self.unit == MONEY:
            text = millions(value)
            return f"+{text}" if value > 0 and text != millions(0.0) else text
        return difference(float(round(value)), self.unit)

    def is_nothing(self, value: float) -> bool:
        """Whether a difference shows no digit but 0."""
        return not any(digit in "123456789" for digit in self.change(value))

    def sites(self, plan: Plan) -> int:
        """How many sites a plan has."""
        return sum(plan[site] != OUT for site in self.search.sites)

    def changes(self, plan: Plan) -> str:
        """How a plan differs from the best: `with A, without B and C, D 1 year late`."""
        gone, new, moved = [], [], []
        for candidate, own, other in zip(self.search.candidates, self.best, plan, strict=True):
            parent = candidate.parent
            if own == other or (parent is not None and OUT in (plan[parent], self.best[parent])):
                continue
            late = f" {years(other)} late" if other > 0 else ""
            if other == OUT:
                gone.append(candidate.label)
            elif own == OUT:
                new.append(candidate.label + ("" if parent is not None else late))
            elif parent is None:
                moved.append(f"{candidate.label}{late or ' on time'}")
        parts = (f"with {listed(new)}" if new else "", f"without {listed(gone)}" if gone else "")
        return ", ".join(part for part in (*parts, listed(moved)) if part)

    def named(self, plan: Plan) -> str:
        """The ids of a plan's sites, years late as `+1`, and kit that is left out."""
        parts = []
        for site in self.search.sites:
            if plan[site] == OUT:
                continue
            missing = [self.search.candidates[kit].test for kit in self.search.kit[site] if plan[kit] == OUT]
            late = f" +{plan[site]}" if plan[site] else ""
            without = f" without {listed(missing)}" if missing else ""
            parts.append(f"{self.search.candidates[site].site}{late}{without}")
        return ", ".join(parts) or "none"

    def why(self, each: LeftOut) -> str:
        """Why a candidate is left out."""
        needs = f" with {listed(each.needs)}, which it needs" if each.needs else ""
        if each.reason == "excluded":
            return f"cannot go with {each.detail}"
        if each.reason == "limit":
            return f"{millions(each.over)} over the limit of {each.detail}{needs}"
        return ("adds nothing and costs" if self.is_nothing(each.gain) else "lowers the value") + needs


def millions(amount: float) -> str:
    """Money in one unit down a column: £0.77m, −£36.83m; below a thousand pounds in pounds."""
    small = 0.5 <= abs(amount) < 1_000
    text = f"£{abs(amount):,.0f}" if small else f"£{abs(amount) / 1e6:,.2f}m"
    return f"{MINUS}{text}" if amount <= -5_000 or (small and amount < 0) else text


def too_little(each: BelowAnySite) -> str:
    """That a limit of capital is below what any site spends."""
    return (
        f"the limit of {millions(each.limit)} in {each.name} is below the capital of any site:"
        f" the least is {millions(each.least)}, {each.site}"
    )


def years(number: int) -> str:
    """`1 year`, `2 years`."""
    return "1 year" if number == 1 else f"{number} years"


def listed(words: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)
