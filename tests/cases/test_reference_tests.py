"""Each reference test alone in a case of one site, all of them together, and a test of one's own."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from casebuilder.case import Case, load_case
from casebuilder.inputs.start.shared_rooms import parts_of
from casebuilder.inputs.start.tests import read_tests
from tests.one_site import SITE, OneSite, OwnTest

BLADDER_SCAN = OwnTest(
    "bladder_scan", "Bladder scan", minutes=20, kit_price=8_000, price=60, bought_price=60, asked=400
)
# What this small case is not asked to show: other ways than a centre, and a reason for it.
NOT_ASKED = {"checks.existing_kit_compared", "checks.buying_compared", "decision.reasons_given"}


def works(case: Case) -> dict[str, float | None]:
    """The headlines of the centre, once it is shown that it is evaluated whole and does tests at a cost."""
    figures = case.headlines["preferred"].headlines
    assert {check.key for check in case.checks.failed} <= NOT_ASKED
    assert not case.checks.cannot and not case.checks.inputs_outside
    for name in ("tests_steady_state", "capital_outturn", "revenue_cost_steady_state"):
        assert (figures[name] or 0) > 0, name
    return dict(figures)


def value_of(case: Case, key: str, *members: str) -> float:
    """A line's value in the option that takes the site in."""
    line, frame = case.problem.by_key[key], case.problem.frame
    rows = case.results.array(line)[0]
    own = rows[frame.option_ids.index("preferred") if len(rows) > 1 else 0]
    places = [frame.ids(of).index(member) for of, member in zip(line.over, members, strict=True)]
    return float(own[tuple(place if own.shape[i] > 1 else 0 for i, place in enumerate(places))])


@pytest.mark.parametrize("test", list(read_tests()))
def test_a_reference_test_alone(test: str, tmp_path: Path) -> None:
    """With nothing but the reference set's values of it, its kit and its staff."""
    case = load_case(str(OneSite([test]).write(tmp_path / "case")))
    figures = works(case)
    listed = bool(read_tests()[test].dm01)
    assert ((figures["list_start"] or 0) > 0) == listed


def test_all_reference_tests_together(tmp_path: Path) -> None:
    """They do as many tests as they do alone, or fewer where they share staff."""
    case = load_case(str(OneSite(list(read_tests())).write(tmp_path / "case")))
    assert (works(case)["tests_steady_state"] or 0) > 50_000


def test_a_test_of_ones_own_needs_five_values(tmp_path: Path) -> None:
    """Minutes, the price of its kit, what is paid, what it costs elsewhere, and how many are asked for."""
    alone = works(load_case(str(OneSite([], [BLADDER_SCAN]).write(tmp_path / "alone"))))
    beside = works(load_case(str(OneSite(["mri"], [BLADDER_SCAN]).write(tmp_path / "beside"))))
    # 400 a month, of which 0.8 suit a centre and 0.8 of these take it, at 2 % more a year from October 2024.
    assert alone["tests_steady_state"] == pytest.approx(400 * 12 * 0.64 * 1.02**3, rel=0.02)
    assert beside["tests_steady_state"] > alone["tests_steady_state"]


@pytest.fixture(scope="module")
def endoscopy(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Case]:
    """A site with an MRI scanner and two rooms of endoscopy, which three tests share."""
    scopes = ["colonoscopy", "gastroscopy", "flexi_sigmoidoscopy"]

    def made(**parts: float) -> Case:
        shared = {
            "unit": "rooms",
            "over": ["site", "test"],
            "values": {SITE: {**parts, "others": 0}},
            "source": "L1",
            "state": "chosen",
        }
        site = OneSite(["mri", *scopes], rooms=dict.fromkeys(scopes, 0), values={"estate.part_rooms": shared})
        return load_case(str(site.write(tmp_path_factory.mktemp("endoscopy") / "case")))

    return made


def test_endoscopy_goes_by_points_and_keeps_its_own_week(endoscopy: Callable[..., Case]) -> None:
    """Twelve points in four hours, two lists a day on five days, in a site open twelve hours on seven.

    Reckoned by hand: a point is 20 minutes, so that a room does 12 colonoscopies or 24 gastroscopies a day.
    Two rooms of 40 hours are 80 of the site's 84 hours a week.
    """
    case = endoscopy(colonoscopy=1.2, gastroscopy=0.5, flexi_sigmoidoscopy=0.3)
    works(case)

    value = partial(value_of, case)
    assert value("throughput.gross_slots", SITE, "colonoscopy") == pytest.approx(1.2 * 12 * 5)
    assert value("throughput.gross_slots", SITE, "gastroscopy") == pytest.approx(0.5 * 24 * 5)
    assert value("throughput.gross_slots", SITE, "flexi_sigmoidoscopy") == pytest.approx(0.3 * 24 * 5)
    # Eleven hours on seven days, at 0.3, 0.5 and 0.2 of 20, 30 and 45 minutes: as a site without endoscopy.
    assert value("throughput.gross_slots", SITE, "mri") == pytest.approx(11 * 7 * 60 / 30)
    assert value("equipment.units_needed", SITE, "endoscopy_room") == 2
    assert value("workforce.posts", SITE, "endoscopist") == pytest.approx(2 * 40 / 84)
    assert value("workforce.posts", SITE, "endoscopy_nurse") == pytest.approx(4 * 40 / 84)
    # 72 m2 and 76 m2 for MRI; 36 m2 and 113 m2 for each of two rooms of endoscopy.
    assert value("estate.rooms_net_area", SITE) == pytest.approx(72 + 76 + 2 * (36 + 113))


def test_parts_of_rooms_have_to_add_up(endoscopy: Callable[..., Case]) -> None:
    """A tenth of a room that no test takes is neither built nor paid for whole."""
    case = endoscopy(colonoscopy=1.2, gastroscopy=0.5, flexi_sigmoidoscopy=0.2)
    assert "operating_checks.shared_rooms_are_whole" in [check.key for check in case.checks.failed]


def test_a_room_of_endoscopy_does_what_two_added_rooms_were_to_do(endoscopy: Callable[..., Case]) -> None:
    """Two rooms more at Burnley were planned for 14,000 endoscopies in 24 months (source S255).

    Parts by what each test needs, tests times points: England's DM01 of 2024/25 had 701,844 colonoscopies,
    807,051 gastroscopies and 205,365 flexible sigmoidoscopies.
    """
    needs = {"colonoscopy": 701_844 * 2, "gastroscopy": 807_051, "flexi_sigmoidoscopy": 205_365}
    parts = parts_of(1, needs)
    case = endoscopy(**parts)
    weeks = (365 - 8) / 7
    a_year = sum(
        value_of(case, "throughput.gross_slots", SITE, test)
        * value_of(case, "throughput.availability", test)
        * value_of(case, "throughput.tests_per_slot", test)
        * weeks
        for test in parts
    )
    assert a_year == pytest.approx(14_000 / 2 / 2, rel=0.1)
    assert round(a_year, -2) == 3_400
