"""Published schemes made by `casebuilder new` from the answers in `schemes/`, beside what was published.

Decision 187 says which schemes and how they are answered. Each is made twice: as answered, and with the
tests that it is planned for answered too, from which more rooms follow. `python -m
tests.published.new_schemes` prints the table of docs/new_schemes.md.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from casebuilder.case import load_case
from casebuilder.tasks.built_centres import Published, published
from casebuilder.tasks.new.made import make_from_answers
from tests.cases.new_bids import silent
from tests.published.built_centres_page import KINDS, millions, times

ANSWERS = Path(__file__).parent / "schemes"
NAMES = tuple(sorted(path.stem for path in ANSWERS.glob("*.yaml")))
OPTION = "preferred"
CLASS_CHECK = "reference_class.outside_class"
# Of Nottingham's first phase, with one scanner of each; 140,000 at full capacity (nuh.nhs.uk).
FIRST_PHASE = {"nottingham": 100_000.0}


@dataclass(frozen=True)
class Came:
    """What the case of a scheme gives.

    Attributes
    ----------
    tests
        A year at steady state, blood tests and walk-ins too.
    capital
        Of its centre, at prices of 2025/26.
    inside
        Whether it lies inside the class of published centres on every basis.
    """

    tests: float
    capital: float
    inside: bool


def scheme(name: str) -> Published:
    """Its row of built_centres.csv."""
    return next(each for each in published() if each.row["centre"] == name)


def plan(name: str) -> float:
    """Tests a year as published."""
    tests = FIRST_PHASE.get(name) or scheme(name).number("tests")
    assert tests is not None
    return tests


@cache
def came(name: str, planned: bool = False) -> Came:
    """A scheme made from its answers; `planned`: with the tests that it is planned for."""
    path = ANSWERS / f"{name}.yaml"
    text = path.read_text("utf-8")
    if planned:
        text += f"    planned_tests: {plan(name):.0f}\n"
    with tempfile.TemporaryDirectory(prefix="casebuilder-schemes-") as folder:
        made = make_from_answers(path, text, Path(folder) / name, None, silent)
        case = load_case(str(made.folder))
    tests = case.headlines[OPTION].headlines["tests_steady_state"]
    capital = case.results.value("reference_class.option_cost", OPTION, ())
    assert tests is not None and capital is not None
    return Came(tests, capital, CLASS_CHECK not in {each.key for each in case.checks.warnings})


def row(name: str, first: Came, second: Came) -> list[str]:
    """Its row of the table."""
    of, asked = scheme(name), plan(name)
    cost = of.cost
    assert cost is not None
    return [
        of.row["name"], KINDS[of.row["kind"]], of.row["rooms_from"], f"{asked:,.0f}",
        f"{first.tests:,.0f}", times(first.tests / asked),
        f"{second.tests:,.0f}", times(second.tests / asked),
        millions(cost), times(first.capital / cost), times(second.capital / cost),
        "yes" if first.inside else "no", "yes" if second.inside else "no",
    ]  # fmt: skip


if __name__ == "__main__":
    for each in NAMES:
        print(f"| {' | '.join(row(each, came(each), came(each, planned=True)))} |", flush=True)
