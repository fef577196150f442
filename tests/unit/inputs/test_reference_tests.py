"""The catalogue of reference tests, and the reference set's values for each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casebuilder.algebra.dimensions import Member
from casebuilder.case import load_model
from casebuilder.errors import InputError
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.in_memory import amounts_in_memory, frame_in_memory
from casebuilder.inputs.start.asked import imaging_a_month, read_rates
from casebuilder.inputs.start.tests import equipment_of, equipment_pairs, read_tests, staff_of, staff_pairs
from casebuilder.resources import resource

# What a bid itself says of its sites, its trusts and what they are asked for.
OF_THE_BID = {"estate.rooms", "workforce.site_posts"} | {
    f"demand.baseline_{name}"
    for name in (
        "list_activity", "list_change", "planned", "unscheduled", "list", "over_six_weeks", "mean_list",
        "young_band",
    )
}  # fmt: skip


def test_the_catalogue_has_what_a_centre_must_and_may_offer() -> None:
    """The tests of the national list of 2021 (source S250) and of the endoscopy suite, by name."""
    tests = read_tests()
    by_offer = {
        offer: {t.id for t in tests.values() if t.offer == offer} for offer in ("must", "large", "may")
    }
    assert by_offer["must"] == {
        "mri", "ct", "ultrasound", "xray", "echocardiography", "ecg", "ambulatory_ecg", "ambulatory_bp",
        "spirometry", "feno", "phlebotomy", "point_of_care",
    }  # fmt: skip
    assert by_offer["large"] == {"colonoscopy", "gastroscopy", "flexi_sigmoidoscopy"}
    assert by_offer["may"] == {
        "dexa", "audiology", "sleep_studies", "peripheral_neurophysiology", "cystoscopy",
    }  # fmt: skip


def test_tests_of_dm01_are_called_as_in_its_files() -> None:
    """By the table that reads DM01; the three that no centre offers are not in the catalogue."""
    names = read_names(resource("assumptions/reference/data"))
    tests = read_tests()
    assert {test.dm01: test.id for test in tests.values() if test.dm01}.items() <= names.tests.items()
    without = set(names.tests.values()) - {test.id for test in tests.values() if test.dm01}
    assert without == {"urodynamics", "barium_enema", "electrophysiology"}


def test_kit_and_roles_follow_from_tests() -> None:
    """In the catalogue's order, whatever order is asked for; pairs hold the tests asked for alone."""
    assert list(equipment_of(["xray", "ct"])) == ["ct", "xray", "contrast_injector", "reporting_workstation"]
    assert equipment_pairs(["xray", "ct"])["reporting_workstation"] == ("ct", "xray")
    assert staff_of(["spirometry"]) == {"respiratory_physiologist": "Respiratory physiologist"}
    assert staff_pairs(["gastroscopy", "audiology"]) == {
        "assistant": ("gastroscopy",),
        "audiologist": ("audiology",),
        "endoscopist": ("gastroscopy",),
        "endoscopy_nurse": ("gastroscopy",),
    }


def test_a_test_that_is_none_is_named_with_the_nearest() -> None:
    with pytest.raises(InputError, match="'colonscopy' is no reference test; did you mean 'colonoscopy'"):
        equipment_of(["mri", "colonscopy"])


def test_the_reference_set_has_every_value_that_a_test_needs() -> None:
    """For every input over tests, their kit or their roles, but for what the bid itself says."""
    model = load_model()
    tests = read_tests()
    members = {
        "test": tests,
        "equipment": equipment_of(tests),
        "staff": staff_of(tests),
        "site": ("hub",),
        "provider": ("trust",),
    }
    labelled = {of: [Member(each, each) for each in ids] for of, ids in members.items()}
    pairs = {
        (of, "test"): frozenset((each, test) for each, its in served.items() for test in its)
        for of, served in (("equipment", equipment_pairs(tests)), ("staff", staff_pairs(tests)))
    }
    frame = replace(frame_in_memory(model, labelled, "2025-04", 24), pairs=pairs)
    wanted = [
        item
        for item in model.inputs
        if set(item.over) & {"test", "equipment", "staff"} and item.optional is None
    ]
    assert {item.key for item in wanted} >= OF_THE_BID
    for item in wanted:
        if item.key not in OF_THE_BID and not item.choices:  # what a test needs are numbers
            amounts_in_memory(model, frame, item.key)


@pytest.mark.parametrize(("key", "flag"), [("lists.has_list", "dm01"), ("walk_in.is_walk_in", "walk_in")])
def test_the_catalogue_says_what_the_reference_set_says(key: str, flag: str) -> None:
    """Which tests have a list, and where patients come without an appointment."""
    model = load_model()
    tests = read_tests()
    frame = frame_in_memory(model, {"test": [Member(t, t) for t in tests]}, "2025-04", 12)
    amounts = amounts_in_memory(model, frame, key)
    assert {test for (test,), amount in amounts.items() if amount} == {
        test.id for test in tests.values() if getattr(test, flag)
    }


def test_what_no_list_counts_has_a_rate_by_the_head() -> None:
    """Each test without a DM01 list, within its range; the source is in the register."""
    rates = read_rates()
    assert set(rates) == {test.id for test in read_tests().values() if not test.dm01}
    register = (resource("assumptions/sources.yaml")).read_text(encoding="utf-8")
    for test, rate in rates.items():
        assert 0 < rate.low <= rate.per_1000 <= rate.high, test
        assert f"\n{rate.source}: " in register
        assert rate.state in ("published", "unverified") and rate.note


def test_imaging_by_provider_adds_up_to_england() -> None:
    """X-ray of 2024/25: England's 23,503,935 in the published table, each count rounded to five."""
    months = imaging_a_month()
    whole = sum(tests for (_, test), tests in months.items() if test == "xray")
    assert whole * 12 == pytest.approx(23_503_935, rel=0.03)  # some trusts returned some months alone
    assert months["RBL", "xray"] > 10_000
    assert {test for _, test in months} == {test.id for test in read_tests().values() if test.did}


def test_the_rate_of_xray_is_the_dataset_over_people() -> None:
    """Over the 57.69 million people of mid-2023 (Office for National Statistics)."""
    assert read_rates()["xray"].per_1000 == pytest.approx(23_503_935 / 57_690, abs=1)
