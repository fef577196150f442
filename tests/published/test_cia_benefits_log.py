"""The second fault of the Comprehensive Investment Appraisal model: benefits that read one another's rows.

Societal benefits 6 to 8 stood under the names of others, and their discounted rows were taken from the
wrong rows (economics.md part 2). Here twenty benefits, fifteen of them societal as in that model, each have
figures of their own, so that no row can stand for another; and the workbook of a case with sixteen is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casebuilder.algebra.dimensions import Member
from casebuilder.algebra.operators import at, discount
from casebuilder.algebra.terms import Line, Term
from casebuilder.case import Case, load_case
from casebuilder.inputs.values import Value
from casebuilder.model.setting import timeline
from casebuilder.model.value import benefits, economics
from casebuilder.workbook.build import build
from casebuilder.workbook.layout.addresses import letter
from tests.planted import misread, planted
from tests.published.support import Answer, example_line, work_out
from tests.published.test_cia_faults import CLOSE, factor
from tests.published.test_green_book import bands
from tests.shipped import opened
from tests.workbook.live import Live
from tests.workbook.reading import Sheet, read_sheets

Read = Callable[..., Any]  # a line's figures by key, from the engine or from a workbook

YEARS, TESTS = 5, 1_000.0
SOCIETAL = [f"sb{number}" for number in range(1, 16)]
NAMES = ["crb1", "crb2", "ncrb1", "ncrb2", *SOCIETAL, "qaly1"]
# A price and a realisation of its own for each, so that no two rows hold the same figures.
PRICE = {name: 100.0 + 7 * place * place for place, name in enumerate(NAMES)}
REALISED = {name: 1 / (place + 1) for place, name in enumerate(NAMES)}
QALYS, QALY = 0.001, 70_000.0  # QALYs a test, and the Green Book's value of one


def by_hand(name: str, year: int) -> float:
    """What a benefit is worth in a year: tests × quantity × value, realised in full after the first year."""
    share = REALISED[name] if year == 0 else 1.0
    worth = QALYS * QALY if name.startswith("qaly") else PRICE[name]
    return TESTS * worth * share


def by_hand_discounted(name: str) -> float:
    """Its present value, health at 1.5 %."""
    first = 1.015 if name.startswith("qaly") else 1.035
    return sum(by_hand(name, year) * factor(year, first) for year in range(YEARS))


def discounted_rows() -> Line:
    """Each benefit's own discounted row, by the discount factors of the model."""
    rate = timeline.discount_factor_health * benefits.is_health + timeline.discount_factor * (
        1 - benefits.is_health
    )
    return example_line("present", "GBP_real / year", ("benefit", "year"), discount(benefits.value, rate))


def log(**changes: Any) -> Answer:
    """Twenty benefits: fifteen societal, as many as the CIA model has, and five others."""
    values, members = bands("discount_rate_standard", "discount_rate_health")
    kinds = {
        "is_cash_releasing": "crb",
        "is_societal": "sb",
        "is_health": "qaly",
    }
    values |= {
        f"benefits.{flag}": {n: float(n.startswith(kind)) for n in NAMES} for flag, kind in kinds.items()
    }
    values |= {
        "benefits.per_option_test": {n: QALYS if n.startswith("qaly") else 1.0 for n in NAMES},
        "benefits.per_additional_test": 0.0,
        "benefits.per_displaced_test": 0.0,
        "lump.pounds": 0.0,
        "disposals.by_benefit": 0.0,
        "lump.quantity": 0.0,
        "benefits.counts": 1.0,
        "benefits.unit_value": {n: 0.0 if n.startswith("qaly") else PRICE[n] for n in NAMES},
        "benefits.value_of_a_qaly": QALY,
        "benefits.attribution": 1.0,
        "benefits.optimism": 0.0,
        "benefits.ramp": [REALISED[n] if year == 0 else 1.0 for n in NAMES for year in range(YEARS)],
        "revenue.option_tests": TESTS,
        "activity.additional_tests_year": 0.0,
        "activity.displaced_tests_year": 0.0,
        "freed.capacity_left_year": 0.0,
        "activity.extended_hours_tests_year": 0.0,
        "activity.scheme_tests_year": 0.0,
        "benefits.release_year": 1.0,
        "benefits.journeys": 0.0,
        "benefits.staff_time": 0.0,
        "benefits.withdrawn_pay": 0.0,
        "benefits.freed_time": 0.0,
        "health.qalys": 0.0,
    } | changes
    return work_out(
        [
            discounted_rows(),
            "economics.present_other_benefits",
            "economics.present_health",
            "economics.present_value_benefits",
            "economics.cash_released",
        ],
        values,
        members=members | {"benefit": NAMES},
        years=YEARS,
    )


def parts_add_up(read: Read) -> None:
    """The present value of all benefits, of cash released and of health are those of their own rows."""
    groups = {"economics.present_value_benefits": NAMES, "economics.cash_released": NAMES[:2]}
    for key, names in groups.items():
        assert read(key) == pytest.approx(sum(map(by_hand_discounted, names)), rel=CLOSE), key
    assert sum(read("economics.present_health")) == pytest.approx(by_hand_discounted("qaly1"), rel=CLOSE)


def rows_are_their_own(live: Live) -> None:
    """Each benefit has one row of its name, with its own value, and its own discounted total."""
    sheet = live.sheets["Years bau"]
    for line in ("benefits.value", "example.present"):
        assert live.keys("Years bau", line) == [f"{line}[{name}]" for name in NAMES]
    column = sheet.columns()["benefit" if "benefit" in sheet.columns() else "Benefit"]
    for name in NAMES:
        key = f"benefits.value[{name}]"
        assert sheet.value(live.row("Years bau", key), column) == name
        found = live(key)
        assert found == pytest.approx([by_hand(name, year) for year in range(YEARS)], rel=CLOSE), name
        assert live.total(f"example.present[{name}]") == pytest.approx(by_hand_discounted(name), rel=CLOSE)


def test_each_benefit_is_its_own_on_the_lines() -> None:
    """Twenty benefits of three kinds, by the model's lines."""
    answer = log()
    parts_add_up(answer)
    for place, name in enumerate(NAMES):
        present = sum(answer("example.present")[place])
        assert present == pytest.approx(by_hand_discounted(name), rel=CLOSE), name


def test_each_benefit_has_its_own_row_in_a_workbook(tmp_path: Path) -> None:
    """Names, values and discounted totals of twenty rows, recalculated."""
    live = Live(log().results.problem, tmp_path / "log.xlsx")
    rows_are_their_own(live)
    parts_add_up(live)


@pytest.mark.parametrize("name", SOCIETAL[4:9])
def test_the_value_of_a_benefit_moves_its_own_row_only(name: str, tmp_path: Path) -> None:
    """Doubled in Inputs, under its own name: its row and its discounted total double, no other moves."""
    live = Live(log().results.problem, tmp_path / "log.xlsx")
    before = {other: live.total(f"example.present[{other}]") for other in NAMES}
    whole = live("economics.present_value_benefits")
    assert live.type_in(f"benefits.unit_value[{name}]", 2 * PRICE[name]) == PRICE[name]
    for other in NAMES:
        expected = before[other] * (2 if other == name else 1)
        assert live.total(f"example.present[{other}]") == pytest.approx(expected, rel=CLOSE), other
    assert live("economics.present_value_benefits") == pytest.approx(whole + before[name], rel=CLOSE)


@pytest.mark.parametrize(
    ("line", "row", "wrong"),
    [("benefits.value", "sb6", "sb7"), ("example.present", "sb6", "sb5"), ("example.present", "sb8", "sb9")],
)
def test_a_row_that_points_at_another_is_caught(line: str, row: str, wrong: str, tmp_path: Path) -> None:
    """The fault of the CIA model: a benefit, or a discounted row, taken from its neighbour."""
    live = Live(log().results.problem, tmp_path / "log.xlsx")
    live.miswire("Years bau", f"{line}[{row}]", f"{line}[{wrong}]")
    live.engine.calculate()
    with pytest.raises(AssertionError):
        rows_are_their_own(live)


BENEFIT_FAULTS: dict[str, tuple[Line, Term]] = {
    "every benefit at the value of one": (
        benefits.value_before_bias,
        misread(
            benefits.value_before_bias.definition,
            {benefits.value_of_one: at(benefits.value_of_one, benefit="sb6")},
        ),
    ),
    "health discounted with the others": (
        economics.present_health,
        discount(benefits.health, timeline.discount_factor),
    ),
    "cash released counted as societal too": (
        benefits.societal,
        misread(benefits.societal.definition, {benefits.is_societal: benefits.is_cash_releasing}),
    ),
}


@pytest.mark.parametrize("fault", BENEFIT_FAULTS)
def test_a_benefit_in_another_s_place_is_caught(fault: str) -> None:
    """A line that reads another benefit, another rate or another class."""
    line, wrong = BENEFIT_FAULTS[fault]
    with planted(line, wrong):
        answer = log()
    with pytest.raises(AssertionError):
        parts_add_up(answer)


# A case with sixteen benefits

SIXTEEN = [f"sb{number}" for number in range(1, 17)]
OPTION = "programme"


def value_of(name: str) -> float:
    """A unit value of its own for each of the sixteen."""
    return 1_000.0 + 37 * SIXTEEN.index(name)


def taken_off(name: str) -> float:
    """Optimism bias of its own for each of the sixteen."""
    return 0.01 * (1 + SIXTEEN.index(name))


@pytest.fixture(scope="module")
def sixteen() -> Case:
    """The case of digital diagnostics, its one benefit made into sixteen societal ones."""
    case = load_case("digital_diagnostics")
    frame, values = case.inputs.frame, dict(case.inputs.values)
    (only,) = frame.ids("benefit")
    members = dict(frame.members)
    members["benefit"] = tuple(Member(name, f"Societal benefit {name[2:]}") for name in SIXTEEN)
    own: dict[str, Callable[[str], float]] = {
        "benefits.unit_value": value_of,
        "benefits.optimism": taken_off,
        "benefits.per_additional_test": lambda _: 0.01,
        "benefits.per_displaced_test": lambda _: 0.0,
        "benefits.per_option_test": lambda _: 0.0,
        "benefits.is_cash_releasing": lambda _: 0.0,
        "benefits.is_societal": lambda _: 1.0,
    }
    for key, given in values.items():
        if "benefit" not in given.input.over:
            continue
        place = given.input.over.index("benefit")
        base = {}
        for old, value in given.base.items():
            assert old[place] == only
            for name in SIXTEEN:
                amount = own[key](name) if key in own else value.amount
                base[(*old[:place], name, *old[place + 1 :])] = Value(amount)
        values[key] = replace(given, base=base, options={}, option_origins={}, other_origins={})
    inputs = replace(case.inputs, frame=replace(frame, members=members), values=values, claims=())
    return Case(case.folder, case.model, inputs)


@pytest.fixture(scope="module")
def workbook(sixteen: Case, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sixteen") / "sixteen.xlsx"
    build(sixteen.results, sixteen.headlines, sixteen.checks, sixteen.findings, path, "test")
    return path


@pytest.fixture(scope="module")
def sheets(workbook: Path) -> dict[str, Sheet]:
    return read_sheets(workbook)


def keyed(sheet: Sheet, line: str) -> dict[str, int]:
    """The rows of a line, by benefit."""
    rows = {}
    for key, row in sheet.keyed():
        of, _, member = key.partition("[")
        if of == line and member.rstrip("]") in SIXTEEN:
            assert member.rstrip("]") not in rows, key
            rows[member.rstrip("]")] = row
    return rows


def test_sixteen_benefits_have_a_row_each_in_a_case(sixteen: Case, sheets: dict[str, Sheet]) -> None:
    """In Inputs, in calculations and on the page of the cost form each name stands beside its own figure."""
    inputs, years = sheets["Inputs"], sheets[f"Years {OPTION}"]
    base, total = inputs.columns()["Base"], years.columns()["Total"]
    rows, given = keyed(years, "benefits.value"), keyed(inputs, "benefits.unit_value")
    assert list(rows) == list(given) == SIXTEEN
    worth = {name: years.value(rows[name], total) for name in SIXTEEN}
    first = worth["sb1"]
    assert isinstance(first, float) and first != 0
    for name in SIXTEEN:
        assert inputs.value(given[name], base) == value_of(name)
        ratio = value_of(name) * (1 - taken_off(name)) / (value_of("sb1") * (1 - taken_off("sb1")))
        assert worth[name] == pytest.approx(first * ratio, rel=CLOSE), name
    page = sheets["Cost form"]
    start = next(row for row in page.rows if page.value(row, 1) == "Optimism bias taken off benefits")
    shown = {page.value(row, 1): page.value(row, 2) for row in page.rows if row > start}
    for name in SIXTEEN:
        assert shown[f"Societal benefit {name[2:]}"] == pytest.approx(taken_off(name)), name
    societal = sixteen.results.array(sixteen.problem.by_key["benefits.societal"])[0]
    place = sixteen.inputs.frame.option_ids.index(OPTION)
    journeys = sixteen.results.array(sixteen.problem.by_key["benefits.journeys"])[0]
    assert sum(worth.values()) == pytest.approx((societal - journeys)[place].sum(), rel=CLOSE)


def test_the_benefits_log_shows_each_benefit_under_its_own_name(sheets: dict[str, Sheet]) -> None:
    """On the page of the log, by year: a name, and the values of that benefit beside it."""
    page = sheets["Benefits"]
    title = "Value by year, base-year prices, after optimism bias"
    start = next(row for row in sorted(page.rows) if page.value(row, 1) == title)
    rows: dict[object, int] = {}
    for row in sorted(page.rows):
        if row > start:
            rows.setdefault(page.value(row, 1), row)

    def shown(name: str) -> list[float]:
        cells = page.rows[rows[f"Societal benefit {name[2:]}"]]
        return [cell.value for column, cell in cells.items() if column > 1 and isinstance(cell.value, float)]

    first = shown("sb1")
    assert any(first)
    for name in SIXTEEN:
        ratio = value_of(name) * (1 - taken_off(name)) / (value_of("sb1") * (1 - taken_off("sb1")))
        assert shown(name) == pytest.approx([ratio * one for one in first], rel=CLOSE), name


@pytest.mark.parametrize("name", ["sb6", "sb8"])
def test_a_value_typed_into_the_case_moves_its_own_benefit(
    name: str, workbook: Path, sheets: dict[str, Sheet]
) -> None:
    """Doubled in Inputs: its row doubles, no other row moves, and all benefits rise by what it was worth."""
    years, engine = sheets[f"Years {OPTION}"], opened(workbook)
    total = letter(years.columns()["Total"])
    rows = keyed(years, "benefits.value")
    row = keyed(sheets["Inputs"], "benefits.unit_value")[name]
    engine.put("Inputs", f"{letter(sheets['Inputs'].columns()['Base'])}{row}", 2 * value_of(name))
    engine.calculate()
    for other in SIXTEEN:
        before = years.value(rows[other], years.columns()["Total"])
        after = engine.value(f"Years {OPTION}", f"{total}{rows[other]}")
        assert after == pytest.approx(before * (2 if other == name else 1), rel=CLOSE), other
