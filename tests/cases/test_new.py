"""Bids of different kinds made from a few answers: each is a case without a fault, and its own.

The answers in `bids/` are what a finance lead would know at the start: trusts in London, Cornwall and the
North East among them, a single trust, a trust whose hospital has no place in the data, thirteen trusts with
ten sites, and a large centre with endoscopy.
"""

from __future__ import annotations

import csv
import gzip
import re
import shutil
from pathlib import Path

import pytest
import yaml

from casebuilder.case import load_case
from casebuilder.errors import CaseError, InputError
from casebuilder.evaluate.checks import REASONS_HOLD
from casebuilder.evaluate.decision.grounds import grounds
from casebuilder.inputs.shape.calendar import month_number
from casebuilder.inputs.values import InputValues, Origin
from casebuilder.resources import resource
from casebuilder.tasks.add.run import add
from casebuilder.tasks.new.made import Made, make_from_answers, make_like
from casebuilder.workbook.build import build
from casebuilder.workbook.proof.verify import verify
from tests.cases.new_bids import ANSWERS, NAMES, made, made_case, silent
from tests.shipped import ShippedCases
from tests.short import SINGLE

MOST_LINES = {"thirteen": 150}
SMALL = SINGLE


def given(name: str) -> dict[str, object]:
    return yaml.safe_load((ANSWERS / f"{name}.yaml").read_text("utf-8"))


def origins(values: InputValues) -> list[Origin]:
    """Where every value of an input was given, in the base and in each option."""
    options = values.option_origins.values()
    others = [origin for of in values.option_others.values() for origin in of.values()]
    return [values.base_origin, *values.other_origins.values(), *options, *others]


@pytest.mark.parametrize("name", NAMES)
def test_a_bid_is_a_case_without_a_fault(name: str) -> None:
    """Nothing fails and everything can be worked out; what warns is the bid's, not the form's."""
    checks = made_case(name).checks
    assert not [of.key for of in checks.failed]
    assert not checks.no_values and not checks.cannot
    assert not checks.inputs_outside


@pytest.mark.parametrize("name", NAMES)
def test_no_option_of_a_bid_loses_or_earns_what_others_do_not(name: str) -> None:
    """Until commissioners say what they pay, no payment moves in any option, bought tests among them."""
    case = made_case(name)
    assert not [key for key, of in case.inputs.values.items() if key.startswith("income.") and of.options]
    lost = {
        case.results.value("income.income_lost", option, (year,))
        for option in case.problem.frame.option_ids
        for year in case.problem.frame.ids("year")
    }
    assert lost == {0}
    (asked,) = {value.to_do for value in case.inputs.values["income.commissioner_cap"].base.values()}
    assert "bought tests" in (asked or "")


@pytest.mark.parametrize("name", NAMES)
def test_reasons_that_new_writes_are_nobodys(name: str) -> None:
    """Each says so, is a thing to do, and is warned of until somebody makes it theirs."""
    case = made_case(name)
    of = grounds(case.results, case.headlines)
    assert all(reason.shown.draft and not reason.shown.text.endswith("yet: ") for reason in of.reasons)
    to_do = [each for each in case.inputs.to_do if each.key == "decision.reasons"]
    assert len(to_do) == len(of.reasons)
    assert of.not_shown == (0 if of.ranks_first else len(of.reasons))


def test_a_reason_that_somebody_makes_theirs_counts(tmp_path: Path) -> None:
    """The smallest bid with one reason in other words: the check holds."""
    folder = shutil.copytree(made(SMALL).folder, tmp_path / "bid")
    file = folder / "decision.yaml"
    text = file.read_text("utf-8")
    assert "Draft, nobody" in text
    file.write_text(re.sub(r"Draft, nobody'+s yet: ", "Ours: ", text, count=1), "utf-8")
    checks = {of.key: of for of in load_case(str(folder)).checks.results}
    before = {of.key: of for of in made_case(SMALL).checks.results}
    assert not before[REASONS_HOLD].passed and "a draft that new wrote" in before[REASONS_HOLD].label
    assert checks[REASONS_HOLD].passed


def test_rooms_far_beyond_what_trusts_lack_are_warned_of(tmp_path: Path) -> None:
    """Forty scanners of each kind where the trust lacks about one: a warning each, at the rooms."""
    answers = ANSWERS / f"{SMALL}.yaml"
    rooms = "place: Leeds, rooms: {mri: 40, ct: 40, xray: 1}}"
    text = answers.read_text("utf-8").replace("place: Leeds}", rooms)
    bid = make_from_answers(answers, text, tmp_path / "bid", None, silent)
    said = [fault.message for fault in bid.warnings]
    assert [message.split(":")[0] for message in said] == ["MRI", "CT"]
    assert all("40 rooms in all" in message and "more than 8 rooms" in message for message in said)
    number = next(n for n, line in enumerate(text.splitlines(), 1) if "mri: 40" in line)
    assert {fault.line for fault in bid.warnings} == {number}


@pytest.mark.parametrize("name", NAMES)
def test_what_its_author_writes_is_short(name: str) -> None:
    assert made(name).lines <= MOST_LINES.get(name, 60)


@pytest.mark.parametrize("name", NAMES)
def test_sites_open_when_answered(name: str) -> None:
    """Approval is counted back so that the model's own programme ends in the month that was asked for."""
    case = made_case(name)
    first = month_number(case.inputs.info.first_month)
    for site in given(name)["sites"]:  # type: ignore[attr-defined]
        if "opens" not in site:
            continue
        member = re.sub(r"[^a-z0-9]+", "_", site["name"].lower())
        opening = case.results.value("programme.opening_month", "preferred", (member,))
        assert opening == month_number(site["opens"]) - first + 1, site["name"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_cites_the_evidence_of_another_place(name: str) -> None:
    """No value says it is of another place, and no source in use is about one but the bid's own."""
    case = made_case(name)
    system = given(name).get("system", "")
    used = set()
    for key, values in case.inputs.values.items():
        for origin in origins(values):
            assert not origin.of, (key, origin.of)
            used.add(origin.source)
    for source in used - {""}:  # a value left to its default has none
        assert case.inputs.sources[source].about in ("", system), source


@pytest.mark.parametrize("name", NAMES)
def test_awards_are_what_was_answered(name: str) -> None:
    """The sum by fund to the pound, whatever was spread how."""
    case = made_case(name)
    capital = {"london": {"national_pdc": 14e6}, "north_east": {"national_pdc": 20e6, "trust_cash": 2e6}}
    capital["thirteen"] = {"national_pdc": 60e6}
    awards = case.inputs.values["funding.award"].base
    sums: dict[str, float] = {}
    for (fund, *_), value in awards.items():
        sums[fund] = sums.get(fund, 0.0) + float(value.amount)
    assert {fund: total for fund, total in sums.items() if total} == capital.get(name, {})


@pytest.mark.parametrize("name", NAMES)
def test_what_was_filled_in_is_listed(name: str) -> None:
    """Every thing that was not answered stands in the case, with where it is from."""
    page = (made(name).folder / "filled.md").read_text("utf-8")
    for each in made(name).filled:
        assert each.what in page
    assert "lists, waits and tests" in page


def test_lists_are_those_of_dm01() -> None:
    """Leeds' MRI list of March 2025, from the file that ships, by hand: the row of RR8."""
    case = made_case(SMALL)
    shipped = {}
    with gzip.open(resource("assumptions/reference/data/dm01_providers_2023_25.csv.gz"), "rt") as stream:
        for row in csv.DictReader(stream):
            if row["provider"] == "RR8" and row["month"] == "2025-03":
                shipped[row["test"]] = float(row["waiting_list"])
    lists = case.inputs.values["demand.baseline_list"].base
    for test in ("mri", "ct", "ultrasound", "echocardiography"):
        assert float(lists["rr8", test].amount) == shipped[test]


def test_rooms_are_suggested_from_the_gap() -> None:
    """A site that asks has one room of each test of its kind at least, and its author is told the gap."""
    rooms = made_case("north_east").inputs.values["estate.rooms"].base
    hub = {test: value.amount for (site, test), value in rooms.items() if site == "hartlepool"}
    assert min(hub.values()) == 1
    told = [each.where for each in made("north_east").filled if each.what == "Hartlepool, rooms"]
    assert len(told) == 1 and "gap in rooms" in told[0]


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The smallest bid with a plan of tests, from the year after the first that follows the data."""
    answers = ANSWERS / f"{SMALL}.yaml"
    text = answers.read_text("utf-8").replace("place: Leeds}", "place: Leeds, planned_tests: 60000}")
    text += "base_year: 2026/27\n"
    return make_from_answers(answers, text, tmp_path_factory.mktemp("planned") / "bid", None, silent)


def test_what_rooms_of_a_plan_do_is_what_the_case_says(planned: Made) -> None:
    """The sum told beside the plan is that of the tests delivered once full."""
    (told,) = [each.where for each in planned.filled if each.what == "Seacroft, tests"]
    case = load_case(str(planned.folder))
    tests = case.problem.frame.ids("test")
    done = sum(case.results.value("delivery.delivered_steady", "preferred", (test,)) or 0 for test in tests)
    assert told.startswith(f"{done:,.0f} a year once full, beside 60,000 planned")


def test_a_trust_that_joins_a_bid_has_its_own_lists_and_estimates(planned: Made, tmp_path: Path) -> None:
    """Bradford's, of the months that the bid's own lists are of, though its first year comes later.

    At the end of March 2025 its MRI list held so many by the shipped row; X-rays are the imaging dataset's.
    """
    folder = shutil.copytree(planned.folder, tmp_path / "bid")
    added = add("trust", "rae", "rr8", load_case(str(folder)), faults_of=lambda *_: ())
    assert added.notes[0] == "tests and lists of RAE from DM01, 2024-04 to 2025-03"
    with gzip.open(resource("assumptions/reference/data/dm01_providers_2023_25.csv.gz"), "rt") as stream:
        (listed,) = [
            float(row["waiting_list"])
            for row in csv.DictReader(stream)
            if (row["provider"], row["month"], row["test"]) == ("RAE", "2025-03", "mri")
        ]
    values = added.case.inputs.values
    assert values["demand.baseline_list"].base["rae", "mri"].amount == listed
    for key, test in (("baseline_list_activity", "xray"), ("baseline_estimated", "phlebotomy")):
        given = values[f"demand.{key}"].base
        assert given["rae", test].amount not in (0, given["rr8", test].amount)
    assert not [key for key, of in values.items() if key.startswith("demand.") and _copied(of, "rae")]


def _copied(of: InputValues, trust: str) -> bool:
    """Whether a value of a trust is marked as a copy."""
    return any(trust in members and "copied" in (value.to_do or "") for members, value in of.base.items())


def test_digital_measures_act_on_what_no_site_does() -> None:
    """Hospital imaging stands in the case without a room; the measures are taken alone and with the site."""
    case = made_case("digital")
    rooms = case.inputs.values["estate.rooms"].base
    assert {test for (_, test) in rooms}.isdisjoint({"mri", "ct", "ultrasound", "xray"})
    factor = {
        option: case.results.value("digital.reports_factor", option, ("2029-03",))
        for option in case.problem.frame.option_ids
    }
    assert factor == pytest.approx(
        {"bau": 1, "do_minimum": 1, "buy_tests": 1, "digital_alone": 1.13, "preferred": 1.13}
    )
    cost = {o: case.results.value("digital.capital_year", o, ("2025/26",)) for o in factor}
    assert cost == pytest.approx(
        {"bau": 0, "do_minimum": 0, "buy_tests": 0, "digital_alone": 870_000, "preferred": 870_000}
    )


def written(name: str, folder: Path) -> Path:
    """The workbook of a bid."""
    path, case = folder / f"{name}.xlsx", made_case(name)
    build(case.results, case.headlines, case.checks, case.findings, path, "0.1.0")
    return path


def test_a_bid_is_proved(shipped_cases: ShippedCases) -> None:
    """The smallest of them: every formula cell recalculated by the independent engine."""
    proof = shipped_cases.proof(SMALL)
    assert proof.compared == proof.formula_cells > 100_000
    assert not proof.mismatches and not proof.cannot


def test_nothing_is_written_over(tmp_path: Path) -> None:
    kept = tmp_path / "mine" / "notes.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    with pytest.raises(CaseError, match="not empty"):
        make_from_answers(ANSWERS / "single.yaml", None, kept.parent, None, silent)
    assert [path.name for path in kept.parent.iterdir()] == ["notes.txt"]


def test_what_is_wrong_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    """A misspelt trust, place, test, kind and host, an opening in the past: one run, six faults."""
    answers = tmp_path / "answers.yaml"
    answers.write_text(
        "title: Wrong\n"
        "kind: standart\n"
        "trusts: [RR8, Ledes Teaching Hospitals]\n"
        "sites:\n"
        "  - {name: A, place: Leedz, opens: 2019-04}\n"
        "  - {name: B, place: Leeds, opens: 2019-04, host: RM1, rooms: {mrj: 1}}\n"
    )
    with pytest.raises(InputError) as caught:
        make_from_answers(answers, None, tmp_path / "case", None, silent)
    said = {(fault.line, fault.message) for fault in caught.value.faults}
    lines = sorted(line for line, _ in said)
    assert lines == [2, 3, 5, 6, 6, 6]
    text = "\n".join(message for _, message in said)
    for hint in ("did you mean 'standard'", "Leeds", "did you mean 'mri'", "RM1", "2019-04"):
        assert hint in text
    assert not (tmp_path / "case").exists()


def test_a_copy_claims_nothing(tmp_path: Path) -> None:
    """`--like`: the same case under its own title, without what the other claims or is held to."""
    make_like("cmast_2025", tmp_path / "mine", "Mine: a bid", "", silent)
    case = load_case(str(tmp_path / "mine"))
    assert case.inputs.info.title == "Mine: a bid"
    assert not case.inputs.claims
    assert not (tmp_path / "mine" / "expected.yaml").exists()
    other = load_case("cmast_2025")
    assert case.headlines["preferred"].headlines == other.headlines["preferred"].headlines


@pytest.mark.full
@pytest.mark.parametrize("name", [name for name in NAMES if name != SMALL])
def test_every_bid_is_proved(name: str, tmp_path: Path) -> None:
    path = written(name, tmp_path)
    proof = verify(path)
    assert proof.compared == proof.formula_cells
    assert not proof.mismatches and not proof.cannot
    assert proof.formula_cells <= 900_000
    assert path.stat().st_size <= 22_000_000
