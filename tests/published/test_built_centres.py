"""Built centres: what the model builds up for published schemes from public facts alone, beside their cost.

A scheme is given rooms (or tests, from which rooms follow), its kind of building, its region, whether a host
lends it space, and its gross area where that is public, for its cost; never its cost. By rooms alone stands
beside it, and the area by rooms beside the published one. Asked for: two thirds within 35 %, none beyond a
factor of two, area within a fifth. What is not so is named here and in docs/reference_class.md; no rate is
changed for it.
"""

from __future__ import annotations

import csv
import re
from statistics import median, quantiles

import pytest

from casebuilder.case import load_case
from casebuilder.errors import CaseError
from casebuilder.resources import resource
from casebuilder.tasks.built_centres import (
    COST,
    Compared,
    Facts,
    build_up,
    class_rows,
    compared,
    rooms_of,
    uplifts,
)
from tests.published.built_centres_page import (
    AREA_NEAR,
    PAGE,
    beyond,
    in_class,
    near,
    schemes,
    tables,
    with_area,
    written,
)
from tests.published.support import reference

# Beyond 35 % of the published cost, and which way.
DEARER = {"scunthorpe", "walton", "qvh"}
CHEAPER = {"stoke", "grimsby", "northgate", "braintree"}
BEYOND_TWO = {"nottingham"}
AREA_MISSED = {"stoke", "clatterbridge", "oldham", "metrocentre", "ealing", "cannock", "woking"}


def name(of: Compared) -> str:
    """Its id."""
    return of.scheme.row["centre"]


def read(file: str) -> list[dict[str, str]]:
    """A table of the reference set."""
    with resource(f"assumptions/reference/data/{file}").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


# What is asked of the build-up


def test_two_thirds_lie_within_a_third_or_so() -> None:
    """28 of the 36 schemes of the class are within 35 % of what was published; by rooms alone 27."""
    inside = [of for of in in_class() if near(of.ratio_public)]
    assert (len(inside), len(in_class())) == (28, 36)
    assert len(inside) / len(in_class()) >= 2 / 3
    assert sum(near(of.ratio) for of in in_class()) == 27


def test_those_that_miss_are_named() -> None:
    """Seven beyond 35 %, three of them dearer than published, and one beyond a factor of two: not met."""
    missed = {name(of): of.ratio_public for of in in_class() if not near(of.ratio_public)}
    assert {each for each, ratio in missed.items() if beyond(ratio)} == BEYOND_TWO
    assert {each for each, ratio in missed.items() if (ratio or 0) > 1} == DEARER
    assert set(missed) == DEARER | CHEAPER | BEYOND_TWO
    assert missed["nottingham"] == pytest.approx(0.43, abs=0.005)
    assert missed["stoke"] == pytest.approx(0.52, abs=0.005)


def test_by_rooms_alone_two_are_beyond_a_factor_of_two() -> None:
    """Stoke-on-Trent's rooms need half of its supermarket."""
    found = {name(of): of.ratio for of in in_class() if beyond(of.ratio)}
    assert set(found) == {"stoke", "nottingham"}
    assert found["stoke"] == pytest.approx(0.34, abs=0.005)


def test_where_rooms_are_public_by_number_nine_of_eleven_lie_within_it() -> None:
    """Chesterfield and Nottingham do not."""
    counted = [of for of in in_class() if of.scheme.row["rooms_from"] == "public"]
    assert len(counted) == 11
    assert {name(of) for of in counted if not near(of.ratio_public)} == {"walton", "nottingham"}


def test_gross_area_lies_within_a_fifth_for_nine_of_sixteen() -> None:
    """Area by the schedule of rooms beside the published one; seven miss and are named."""
    assert len(with_area()) == 16
    assert {name(of) for of in with_area() if not near(of.ratio_area, AREA_NEAR)} == AREA_MISSED


def test_those_left_out_for_their_scope_do_not_flatter() -> None:
    """With the eight whose scope is unclear 33 of 44 lie within 35 %, and three are beyond two."""
    known = [of for of in schemes() if of.ratio is not None]
    assert sum(near(of.ratio_public) for of in known) == 33
    assert {name(of) for of in known if beyond(of.ratio_public)} == {"nottingham", "epping", "armley"}
    assert len(known) == 44


# How it is reckoned


def test_a_scheme_is_not_given_its_cost_nor_for_its_area_its_area() -> None:
    """The facts of every scheme hold rooms, kind, region, host and tests, by which its area is foretold."""
    known = {"name", "kind", "region", "rooms", "host_provides", "tests", "area", "plant_outside"}
    for of in schemes():
        facts = of.scheme.facts
        assert facts.area == 0
        assert set(vars(facts)) == known


def test_plant_outside_an_area_is_added_to_it() -> None:
    """580 m² without plant are 580 × (1 + 15 % + 10 %) ÷ (1 + 10 %) with it; so is the schedule read."""
    facts = Facts("a", "modular", "west_midlands", {"mri": 2, "ct": 2}, 0.5, area=580.0, plant_outside=True)
    built = build_up([facts])["a"]
    assert built.area == pytest.approx(580 * 1.25 / 1.10)
    assert built.area_without_plant == pytest.approx(580)
    (cannock,) = [of for of in schemes() if name(of) == "cannock"]
    assert cannock.ratio_area == pytest.approx(cannock.built.area * 1.10 / 1.25 / 580)
    assert cannock.area_of_class == pytest.approx(580 * 1.25 / 1.10)


def test_a_centre_by_hand() -> None:
    """Barrow's MRI suite, line by line from the reference set's values, at full business case.

    Net: 72 + 76 of the room, half of a core of 320. Gross: × 1.41 × 1.25. Works: modular at £4,700 and 25 %,
    in the North West 9 % below. Kit: an MRI, an injector and half a workstation (one).
    """
    net = 72 + 76 + 320 / 2
    gross = net * (1 + 0.05 + 0.03 + 0.33) * (1 + 0.15 + 0.10)
    works = gross * 4_700 * 1.25 * 0.91
    cost = published_lines(works)
    found = build_up([Facts("barrow", "modular", "north_west", {"mri": 1}, 0.5)])["barrow"]
    assert found.area == pytest.approx(gross)
    assert found.room_area == 72 + 76
    assert found.bare == pytest.approx(cost, rel=1e-9)


def published_lines(works: float) -> float:
    """Works and what goes with them for one MRI scanner, with VAT, by the values of the reference set."""
    values = {
        key: reference_value(key)
        for key in ("capital.fees_share", "capital.non_works_share", "capital.recovery")
    }
    fees, non_works = (sum(values[f"capital.{key}_share"].values()) for key in ("fees", "non_works"))
    back = values["capital.recovery"]
    kit = {
        "mri": 1,
        "contrast_injector": 1,
        "reporting_workstation": 1,
    }
    price, enabling, ancillary = (
        sum(reference_value(f"equipment.{key}")[unit] * number for unit, number in kit.items())
        for key in ("unit_price", "enabling_works", "ancillary_kit")
    )
    lines = {
        "works": works,
        "fees": works * fees,
        "non_works": works * non_works,
        "equipment": price + enabling + ancillary,
    }
    return sum(amount * (1 + 0.2 * (1 - back[line])) for line, amount in lines.items())


def reference_value(key: str) -> dict[str, float]:
    """The values of an input of the reference set, by member."""
    chapter, _, item = key.partition(".")
    found: dict[str, float] = reference(chapter)[item]["values"]
    return found


def test_rooms_follow_from_tests() -> None:
    """150,000 tests at 9.7 % MRI, 2.25 an hour for 4,284 hours at 85 %: 1.8, two rooms; at least as named."""
    facts = Facts("a", "modular", "south_east", {"mri": 1, "dexa": 1, "endoscopy": 2}, tests=150_000)
    needed = 150_000 * 0.097 / (2.25 * 4_284 * 0.85)
    assert 1 < needed <= 2
    assert rooms_of(facts) == {"mri": 2, "dexa": 1, "endoscopy": 2}


def test_a_measured_area_wins() -> None:
    """1,000 m², whatever the rooms."""
    facts = Facts("a", "new_build", "north_west", {"mri": 1}, area=1_000.0)
    assert build_up([facts])["a"].area == pytest.approx(1_000)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (Facts("a", "castle", "north_west", {"mri": 1}), "'castle' is no kind of building"),
        (Facts("a", "modular", "wales", {"mri": 1}), "'wales' is no region"),
        (Facts("a", "modular", "north_west", {"pet": 1}), "no rooms are known for pet"),
    ],
)
def test_what_the_tables_have_not_is_said(facts: Facts, said: str) -> None:
    """With the names that there are."""
    with pytest.raises(CaseError, match=re.escape(said)):
        build_up([facts])


# What the model reads of it


def test_the_class_of_the_model_is_the_schemes_of_the_table() -> None:
    """class_of_centres.csv, as worked out again."""
    assert read("class_of_centres.csv") == class_rows()


def test_uplifts_are_the_percentiles_of_the_class() -> None:
    """P50 and P80 of published cost over the build-up without contingency and bias, as shipped to 0.001."""
    ratios = [(of.scheme.cost or 0) / of.built.bare for of in in_class()]
    assert 1 + uplifts()[0] == pytest.approx(median(ratios))
    assert 1 + uplifts()[1] == pytest.approx(quantiles(ratios, n=5, method="inclusive")[3])
    case = load_case("cmast")
    for place, key in enumerate(("bias.class_uplift_p50", "bias.class_uplift_p80")):
        shipped = float(case.problem.values[case.problem.inputs_by_key[key]].base[()].amount)
        assert shipped == pytest.approx(uplifts()[place], abs=0.001)


def test_every_scheme_has_a_source_and_says_what_was_assumed() -> None:
    """An id of sources.yaml, what the cost holds, and what is not public of rooms or site."""
    text = resource("assumptions/sources.yaml").read_text(encoding="utf-8")
    for of in schemes():
        row = of.scheme.row
        assert f"\n{row['source']}: " in text, row["centre"]
        assert row["scope"] and row["assumed"], row["centre"]


def test_prices_are_those_of_the_year() -> None:
    """Tender prices by the growth that the reference set gives: 2024/25 to 2025/26 by 2.4 %."""
    (newmarket,) = [of for of in compared() if name(of) == "newmarket"]
    assert newmarket.scheme.cost == pytest.approx(15e6 * 1.024, rel=1e-4)
    assert COST == "capital.outturn_site"


# The page


def test_the_page_has_the_figures() -> None:
    """Every table, as worked out again; `python -m tests.published.built_centres_page` writes them."""
    assert written() == tables()


def test_the_page_says_in_words_what_its_tables_say() -> None:
    """The sentences with a figure that no table has in the same form."""
    page = re.sub(r"\s+", " ", PAGE.read_text(encoding="utf-8"))
    assert "28 of 36 within 35 %; one, Nottingham, is out by more than a factor of two (0.43)" in page
    assert "By rooms alone 27 are, and Stoke-on-Trent is beyond two as well (0.34)" in page
    assert "eleven schemes whose rooms are public by number nine lie within 35 %" in page
    assert "nine of sixteen" in page
    assert "33 of 44" in page
    assert "50 schemes stand" in page and "the other fourteen" in page
    assert (len(schemes()), len(schemes()) - len(in_class())) == (50, 14)
    middle = {row[0]: row[4] for row in [line.strip("| ").split(" | ") for line in tables()[0]][2:]}
    assert f"Conversions ({middle['retail or offices converted']} in the middle)" in page
    assert f"refurbishments ({middle['refurbished']})" in page
    assert (
        f"New buildings come to {middle['new building']} in the middle, modular ones to {middle['modular']}"
        in page
    )
    for each in DEARER | CHEAPER | BEYOND_TWO | AREA_MISSED:
        (of,) = [one for one in schemes() if name(one) == each]
        assert f"**{of.scheme.row['name']}**" in page, each
