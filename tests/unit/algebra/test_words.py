"""The words reading: a formula as a sentence that a finance lead can check."""

from __future__ import annotations

import pytest

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    YEAR_NUMBER,
    YEAR_OF_MONTH,
    above,
    absolute,
    along_bends,
    at,
    bends,
    binomial_at_least,
    by_member,
    choose,
    cumulative,
    deflate,
    difference,
    discount,
    erlang_c,
    exp,
    first_period,
    inflate,
    internal_rate,
    interpolate,
    lagged,
    largest,
    lease_rate,
    maximum,
    minimum,
    normal_quantile,
    per_year,
    power,
    previous,
    quantity,
    ratio,
    recurring,
    rise,
    round_up,
    share_of,
    smallest,
    spread,
    stated,
    step,
    tier,
    total,
    where,
    which_smallest,
    window_total,
)
from casebuilder.algebra.terms import Call, Input, Line, Term, walk
from casebuilder.algebra.words import WORD_READINGS, in_words
from tests.declared import DIMENSIONS

a = Input("Tests", "tests / month", ("site", "month"))
b = Input("Slots", "tests / month", ("site", "month"))
y = Input("Rate", "factor", ("year",))
s = Line("List", "tests", ("month",), None, "b")
word = Input("Route", "choice", choices=("pool", "alone"))
saving = Input("Saving", "GBP_real / year", ("year",))
repaid = Line("Repaid", "GBP_real", ("year",), cumulative(saving), "b")
starts, prices = (Input(label, "1", ("tier",)) for label in ("Tier starts", "Tier prices"))
points, curve = (Input(label, "1", ("point",)) for label in ("Points", "Curve"))

SAID: list[tuple[Term, str]] = [
    (a + b, "Tests + Slots"),
    (a - b, "Tests − Slots"),
    (difference(a, b), "Tests − Slots"),
    (a * b, "Tests × Slots"),
    (a / b, "Tests ÷ Slots"),
    (-a, "minus Tests"),
    (by_member(site={"pad": a}, others=b), "by site (pad: Tests; otherwise: Slots)"),
    (absolute(a - b), "(Tests − Slots), whichever way"),
    (minimum(a, b, 12), "the least of Tests, Slots and 12"),
    (maximum(a, 0), "the greatest of Tests and 0"),
    (smallest(a, over="site"), "the least Tests over each site"),
    (largest(a, over="site"), "the greatest Tests over each site"),
    (which_smallest(a, b), "which is least of Tests and Slots"),
    (above(a, b), "Tests > Slots"),
    (where(above(a, b), b, 0), "Slots if (Tests > Slots), otherwise 0"),
    (choose(word, {"pool": a, "alone": b}), "by Route (if 'pool': Tests; if 'alone': Slots)"),
    (ratio(a, b), "Tests ÷ Slots"),
    (round_up(a), "Tests, rounded up to a whole number"),
    (power(y, 2), "Rate to the power 2"),
    (exp(y), "e to the power Rate"),
    (normal_quantile(y), "standard deviations above the mean for the share Rate"),
    (erlang_c(y, 2), "the probability of waiting (Erlang C) for one of 2 servers at a load of Rate"),
    (
        binomial_at_least(2, 4, y),
        "the probability that at least 2 of 4 are there, each with probability Rate",
    ),
    (total(a, over=("site", "month")), "the sum over each site and each month of Tests"),
    (share_of(a, over="site"), "Tests as a share of its sum over each site"),
    (at(a, site="halton"), "Tests for site halton"),
    (at(a, option=BASELINE), "Tests in the baseline option"),
    (at(a, option="pool"), "Tests in option pool"),
    (previous(s), "last period's List"),
    (lagged(a, 3), "Tests 3 periods earlier"),
    (cumulative(a), "Tests so far"),
    (window_total(a, 12), "Tests over the last 12 periods"),
    (recurring(a, 12), "Tests, again every 12 periods"),
    (stated(a), "Tests"),
    (internal_rate(repaid), "the internal rate of return of Saving"),
    (lease_rate(10, saving, saving * 8), "the rate at which 10 payments of Saving are worth (Saving × 8)"),
    (
        lease_rate(y, saving, saving, saving, y),
        "the rate at which Rate payments of Saving (in advance where Rate) and Saving at the end are worth "
        "Saving",
    ),
    (first_period(a), "the first period in which Tests holds"),
    (first_period(a, 3), "the first period in which Tests holds, counted from 3"),
    (step(a), "one period's Tests"),
    (per_year(a), "the year's sum of Tests"),
    (per_year(a, "mean"), "the year's mean of Tests"),
    (per_year(a, "last"), "the year-end Tests"),
    (spread(y), "Rate of the year"),
    (spread(y, "evenly"), "a twelfth of Rate"),
    (
        tier(y, starts, prices, kind="all_unit"),
        "Rate priced by Tier prices from Tier starts, all at the price of the tier reached",
    ),
    (
        tier(y, starts, prices, kind="incremental"),
        "Rate priced by Tier prices from Tier starts, each part at the price of its own tier",
    ),
    (interpolate(y, points, curve), "Curve read at Rate on the curve over Points"),
    (bends(points, curve), "the bends at Points of the curve through Curve"),
    (rise(prices, along="tier"), "Tier prices less that of the tier before"),
    (along_bends(y, points, curve), "the rise up to Rate of the curve that bends by Curve at Points"),
    (inflate(a, y), "Tests at the prices of the year (× Rate)"),
    (deflate(a, y), "Tests at base-year prices (÷ Rate)"),
    (discount(a, y), "Tests discounted × Rate"),
]


def title(dimension: str) -> str:
    """As the real model has it."""
    return DIMENSIONS[dimension].title


@pytest.mark.parametrize(("term", "text"), SAID, ids=[text for _, text in SAID])
def test_a_formula_in_words(term: Term, text: str) -> None:
    """The sentence names lines and inputs by their labels."""
    assert in_words(term, title) == text


def test_every_operator_is_said() -> None:
    """No operator is without its words."""
    said = {part.operator for term, _ in SAID for part in walk(term) if isinstance(part, Call)}
    assert said == set(WORD_READINGS)


def test_brackets_stand_where_they_are_needed() -> None:
    """A sum within a product is told from a product within a sum."""
    assert in_words((a + b) * 2, title) == "(Tests + Slots) × 2"
    assert in_words(-(a + b), title) == "minus (Tests + Slots)"
    assert in_words(a + b * 2, title) == "Tests + (Slots × 2)"


def test_numbers_are_shown_as_people_write_them() -> None:
    """Thousands have commas; a period's number has a name."""
    assert in_words(quantity(1_234_567.5, "tests"), title) == "1,234,567.5"
    words = [in_words(n, title) for n in (MONTH_NUMBER, YEAR_NUMBER, YEAR_OF_MONTH)]
    assert words == ["number of the month", "number of the year", "number of the month's year"]
