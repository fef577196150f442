"""Five faults in the history of DHSC's Comprehensive Investment Appraisal model, none of which we have.

Its change log of versions 1 to 3 (economics.md part 2) says what was once wrong: (1) no discount rates for
risks in years 66 to 70; (2) societal benefits 6 to 8 under the names of others, and their discounted rows
taken from the wrong rows; (3) optimism bias that ignored mitigation; (4) a wrong rate for the cost of
option 1; (5) risks not counted against business as usual. Each is tried on the model's own lines, and where
it was a fault of a workbook's wiring also on a workbook; the second stands in `test_cia_benefits_log`. Each
test is shown to catch the fault.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import YEAR_NUMBER, above, at, discount, total
from casebuilder.algebra.terms import Line, Term
from casebuilder.model.capital import capital
from casebuilder.model.setting import bias, risks, timeline
from casebuilder.model.value import economics, value
from casebuilder.workbook.layout.addresses import letter
from tests.planted import misread, planted
from tests.published.support import Answer, work_out
from tests.published.test_green_book import bands
from tests.workbook.live import Live

CLOSE = 1e-9
Read = Callable[..., Any]  # a line's figures by key and option, from the engine or from a workbook


def factor(year: int, first: float = 1.035, then: float = 1.03) -> float:
    """The Green Book's factor of a year, by hand: 3.5 % to year 30 and 3 % to year 75."""
    return float(first ** -min(year, 30) * then ** -max(year - 30, 0))


# Fault 1: rates for risks missing in years 66 to 70

HORIZON = 75
LATE = range(66, 71)
RISK = {"loss": 4_000_000.0, "likely": 1_000_000.0, "gain": -2_000_000.0}
CHANCE = {"loss": 0.25, "likely": 0.5, "gain": 0.125}
EXPECTED = 1_250_000.0  # 0.25 × £4m + 0.5 × £1m - 0.125 × £2m


def late_risks(**changes: Any) -> Answer:
    """One risk that costs £1.25m in every year from 0 to 75, and no other cost."""
    years = HORIZON + 1
    values, members = bands("discount_rate_standard")
    values |= {
        "risks.probability": list(CHANCE.values()),
        "risks.impact": [of * years for of in RISK.values()],
        "risks.profile": [1 / years] * years,
        "risks.applies": 1.0,
        "risks.covered": 0.0,
        "economics.capital_cost": 0.0,
        "economics.running_cost": 0.0,
        "economics.exit_cost": 0.0,
        "economics.residual_value": 0.0,
    } | changes
    members |= {"risk": ["late"], "outcome": list(RISK)}
    return work_out(
        ["economics.present_cost", "value.risk_value", "economics.net_present_cost"],
        values,
        members=members,
        years=years,
    )


def every_year_of_risk_is_discounted(read: Read) -> None:
    """Each year by its own factor, years 66 to 70 among them, and no year left out of the sum."""
    found = read("economics.present_cost")
    assert len(found) == HORIZON + 1
    for year, present in enumerate(found):
        assert present == pytest.approx(EXPECTED * factor(year), rel=CLOSE), year
    whole = sum(EXPECTED * factor(year) for year in range(HORIZON + 1))
    for key in ("value.risk_value", "economics.net_present_cost"):
        assert read(key) == pytest.approx(whole, rel=CLOSE), key


def test_risks_are_discounted_to_year_75(tmp_path: Path) -> None:
    """On the model's lines and in a workbook of 76 years."""
    answer = late_risks()
    every_year_of_risk_is_discounted(answer)
    every_year_of_risk_is_discounted(Live(answer.results.problem, tmp_path / "risks.xlsx"))


IN_LATE_YEARS = above(YEAR_NUMBER, LATE[0]) * above(LATE[-1] + 2, YEAR_NUMBER)
LATE_FAULTS: dict[str, tuple[Line, Term]] = {
    "no rate in years 66 to 70": (
        timeline.discount_rate,
        timeline.discount_rate.definition * (1 - IN_LATE_YEARS),
    ),
    "no factor in years 66 to 70": (
        economics.present_cost,
        discount(economics.cost, timeline.discount_factor * (1 - IN_LATE_YEARS)),
    ),
    "risks left out of the sum in years 66 to 70": (
        value.risk_value,
        total(discount(risks.cost, timeline.discount_factor * (1 - IN_LATE_YEARS)), over="year"),
    ),
    "risks not discounted in years 66 to 70": (
        value.risk_value,
        total(
            discount(risks.cost, timeline.discount_factor * (1 - IN_LATE_YEARS) + IN_LATE_YEARS), over="year"
        ),
    ),
}


@pytest.mark.parametrize("fault", LATE_FAULTS)
def test_a_late_year_without_its_rate_is_caught(fault: str) -> None:
    """The fault of the CIA model, planted in four ways."""
    line, wrong = LATE_FAULTS[fault]
    with planted(line, wrong):
        answer = late_risks()
    with pytest.raises(AssertionError):
        every_year_of_risk_is_discounted(answer)


def test_bands_that_leave_out_late_years_are_caught() -> None:
    """A table of rates that ends at year 65 and goes on at 71."""
    starts = {"from_0": 0, "from_31": 31, "from_76": 71, "from_126": 126, "from_201": 201, "from_301": 301}
    ends = {"from_0": 30, "from_31": 65, "from_76": 125, "from_126": 200, "from_201": 300, "from_301": 1000}
    shipped = bands("discount_rate_standard")[0]["timeline.band_start"]
    changes = {
        "timeline.band_start": dict(zip(shipped, starts.values(), strict=True)),
        "timeline.band_end": dict(zip(shipped, ends.values(), strict=True)),
    }
    with pytest.raises(AssertionError):
        every_year_of_risk_is_discounted(late_risks(**changes))


@pytest.mark.parametrize("year", LATE)
def test_a_late_cell_that_lost_its_factor_is_caught(year: int, tmp_path: Path) -> None:
    """One cell of the workbook that reads the risk without its factor."""
    live = Live(late_risks().results.problem, tmp_path / "risks.xlsx")
    row = live.row("Years bau", "economics.present_cost")
    column = live.years(live.sheets["Years bau"])[year]
    cost = live.row("Years bau", "economics.cost")
    live.formula("Years bau", row, column, f"{letter(column)}{cost}")
    live.engine.calculate()
    with pytest.raises(AssertionError):
        every_year_of_risk_is_discounted(live)


# Fault 3: optimism bias that ignores mitigation

WORKS, UPPER = 10_000_000.0, 0.40
FACTORS = {"planning": (0.5, 0.2), "design": (0.3, 1.0), "contractor": (0.2, 0.0)}  # weight, mitigated
LEFT = 0.5 * 0.8 + 0.3 * 0.0 + 0.2 * 1.0
STAGES = ("soc", "obc", "fbc")


def biased(method: str, mitigated: float = 0.75, stage: str = "obc") -> float:
    """Optimism bias on £10m of works at an upper bound of 40 %, in pounds; factors mitigated at outline."""
    answer = work_out(
        ["capital.optimism_bias"],
        {
            "capital.bias_base": WORKS,
            "capital.total_for_approval": WORKS,
            "bias.basis": "optimism_bias",
            "bias.class_uplift_p50": 0.0,
            "bias.class_uplift_p80": 0.0,
            "bias.rests_on_rooms": 0.0,
            "bias.rooms_known": 1.0,
            "capital.bias_upper_bound": UPPER,
            "capital.bias_mitigated": mitigated,
            "bias.method": method,
            "bias.own_record": 0.0,
            "bias.stage": stage,
            "bias.weight": {name: of[0] for name, of in FACTORS.items()},
            "bias.mitigated": {
                (name, s): of[1] if s == "obc" else 0.0 for name, of in FACTORS.items() for s in STAGES
            },
        },
        members={"bias_factor": list(FACTORS), "stage": STAGES},
        unused_allowed=True,
    )
    return float(answer("capital.optimism_bias"))


def mitigation_counts() -> None:
    """By either method what is mitigated is taken off: none of it, a part, and all of it."""
    for share in (0.0, 0.25, 0.75, 1.0):
        assert biased("project_mix", share) == pytest.approx(WORKS * UPPER * (1 - share), abs=1e-6), share
    assert biased("contributory_factors") == pytest.approx(WORKS * UPPER * LEFT, rel=CLOSE)
    assert biased("contributory_factors", stage="soc") == pytest.approx(WORKS * UPPER, rel=CLOSE)


def test_optimism_bias_is_what_mitigation_leaves() -> None:
    """£4m before mitigation; a quarter of it with 75 % mitigated, and 60 % of it by the factors."""
    mitigation_counts()


BIAS_FAULTS: dict[str, tuple[Line, Term]] = {
    "project mix without mitigation": (
        capital.bias_rate,
        misread(capital.bias_rate.definition, {capital.bias_mitigated: 0 * bias.own_record}),
    ),
    "factors without mitigation": (bias.left, total(bias.weight, over="bias_factor")),
    "mitigation of another stage": (bias.mitigated_now, at(bias.mitigated, stage="soc")),
    "what is mitigated in place of what is left": (
        bias.factor_left,
        bias.weight * bias.mitigated_now,
    ),
    "bias at its upper bound": (
        capital.optimism_bias,
        (capital.sub_total + capital.non_works) * capital.bias_upper_bound,
    ),
}


@pytest.mark.parametrize("fault", BIAS_FAULTS)
def test_bias_that_ignores_mitigation_is_caught(fault: str) -> None:
    """The fault of the CIA model, in the rate, in a factor, by the stage and in the amount."""
    line, wrong = BIAS_FAULTS[fault]
    with planted(line, wrong), pytest.raises(AssertionError):
        mitigation_counts()


# Fault 4: one option's cost at another rate

STREAM = [6_000_000.0, 2_000_000.0, *[750_000.0] * 38]
OPTIONS = ("do_minimum", "option_1", "option_2", "preferred")


def alike(**by_option: Any) -> Answer:
    """Five options with one stream of cost over forty years."""
    values, members = bands("discount_rate_standard", "discount_rate_health")
    values |= {"economics.cost": STREAM, "economics.other_benefits": 0.0, "benefits.health": 0.0}
    return work_out(
        ["economics.present_cost", "economics.net_present_cost", "economics.npsv"],
        values,
        members=members,
        years=len(STREAM),
        by_option={option: by_option.get(option, {}) for option in OPTIONS},
    )


def every_option_has_one_rate(read: Read) -> None:
    """The same cost is worth the same in every option, by year and in all, and no option gains."""
    expected = [cost * factor(year) for year, cost in enumerate(STREAM)]
    for option in ("bau", *OPTIONS):
        assert read("economics.present_cost", option) == pytest.approx(expected, rel=CLOSE), option
        assert read("economics.net_present_cost", option) == pytest.approx(sum(expected), rel=CLOSE), option
        assert read("economics.npsv", option) == pytest.approx(0, abs=1e-6), option


def test_every_option_discounts_the_same_cost_alike(tmp_path: Path) -> None:
    """On the model's lines, and on the sheets of five options."""
    answer = alike()
    every_option_has_one_rate(answer)
    every_option_has_one_rate(Live(answer.results.problem, tmp_path / "options.xlsx"))


def test_sheets_of_options_discount_by_the_same_formulas(tmp_path: Path) -> None:
    """In every year the option's cost is taken times the factor above it, and the rates are those of all."""
    live = Live(alike().results.problem, tmp_path / "options.xlsx")
    inputs = live.sheets["Inputs"].columns()

    def formulas(option: str, line: str) -> list[str]:
        """A line's formulas, with the option's own column of Inputs under one name."""
        sheet = live.sheets[f"Years {option}"]
        own = "$" + letter(inputs["In use" if option == "bau" else f"In use {option}"])
        return [
            str(cell.formula)
            .replace(f"Inputs!{own}", "Inputs!own")
            .replace(f":{own}", ":own")
            .replace("'Years bau'!", "")
            for key in live.keys(f"Years {option}", line)
            for cell in sheet.rows[live.row(f"Years {option}", key)].values()
            if cell.formula
        ]

    for option in ("bau", *OPTIONS):
        for line in ("timeline.rate_standard", "timeline.discount_rate", "timeline.discount_factor"):
            assert formulas(option, line) == formulas("bau", line) != [], (option, line)
        sheet = live.sheets[f"Years {option}"]
        above_it = live.row(f"Years {option}", "timeline.discount_factor")
        row = live.row(f"Years {option}", "economics.present_cost")
        for column in live.years(sheet):
            assert f"{letter(column)}{above_it}" in str(sheet.cells[row, column].formula), (option, column)


def test_a_rate_of_its_own_for_one_option_is_caught(tmp_path: Path) -> None:
    """The fault of the CIA model: option 1 at 3 %, on the lines, and one cell of its sheet in a workbook."""
    name = "timeline.discount_rate_standard"
    shipped = bands("discount_rate_standard")[0][name]
    answer = alike(option_1={name: dict.fromkeys(shipped, 0.03)})
    with pytest.raises(AssertionError):
        every_option_has_one_rate(answer)
    live = Live(alike().results.problem, tmp_path / "options.xlsx")
    sheet = "Years option_1"
    row, column = live.row(sheet, "economics.present_cost"), live.years(live.sheets[sheet])[12]
    right = live.sheets[sheet].cells[row, column].formula
    live.formula(sheet, row, column, f"({right})*1.035^12/1.03^12")
    live.engine.calculate()
    with pytest.raises(AssertionError):
        every_option_has_one_rate(live)


# Fault 5: risks not counted against business as usual

FALLS = [0.0, 0.5, 0.5]
BACKLOG = 8_000_000.0  # a risk that business as usual runs in full, and the preferred option in part
SCHEME = 3_000_000.0  # a risk that only the scheme brings
KEEPS = 0.25


def with_risks() -> Answer:
    """Two risks, equally likely to happen as not, falling half in year 1 and half in year 2."""
    values, members = bands("discount_rate_standard", "discount_rate_health")
    values |= {
        "risks.probability": 0.5,
        "risks.impact": {("backlog", "it_happens"): BACKLOG, ("scheme", "it_happens"): SCHEME},
        "risks.profile": FALLS * 2,
        "risks.covered": 0.0,
        "risks.applies": {"backlog": 1.0, "scheme": 0.0},
        "economics.capital_cost": 0.0,
        "economics.running_cost": 0.0,
        "economics.exit_cost": 0.0,
        "economics.residual_value": 0.0,
        "economics.other_benefits": 0.0,
        "benefits.health": 0.0,
    }
    return work_out(
        ["risks.cost", "value.risk_increment", "economics.incremental_cost", "economics.npsv"],
        values,
        members=members | {"risk": ["backlog", "scheme"], "outcome": ["it_happens"]},
        years=len(FALLS),
        by_option={"as_bau": {}, "preferred": {"risks.applies": {"backlog": KEEPS, "scheme": 1.0}}},
        unused_allowed=True,
    )


def risks_are_against_the_baseline(read: Read) -> None:
    """The scheme's risk, less what it spares of the backlog's: £1.5m against £3m saved."""
    discounted = sum(share * factor(year) for year, share in enumerate(FALLS))
    change = 0.5 * (SCHEME - (1 - KEEPS) * BACKLOG) * discounted
    assert change < 0
    assert sum(read("risks.cost")) == pytest.approx(0.5 * BACKLOG, rel=CLOSE)
    signs = {"value.risk_increment": 1, "economics.incremental_cost": 1, "economics.npsv": -1}
    for option, expected in (("bau", 0), ("as_bau", 0), ("preferred", change)):
        for key, sign in signs.items():
            assert read(key, option) == pytest.approx(sign * expected, rel=CLOSE, abs=1e-6), (key, option)


def test_risks_are_counted_against_business_as_usual(tmp_path: Path) -> None:
    """On the model's lines, and on the sheets of three options."""
    answer = with_risks()
    risks_are_against_the_baseline(answer)
    risks_are_against_the_baseline(Live(answer.results.problem, tmp_path / "risks.xlsx"))


RISK_FAULTS: dict[str, tuple[Line, Term]] = {
    "increment not taken": (value.risk_increment, 1 * value.risk_value),
    "cost of the option with all its risks": (
        economics.incremental_cost,
        economics.net_present_cost - at(economics.net_present_cost - value.risk_value, option=BASELINE),
    ),
    "every risk run in full": (
        risks.counted,
        misread(risks.counted.definition, {risks.applies: 1 + 0 * risks.applies}),
    ),
}


@pytest.mark.parametrize("fault", RISK_FAULTS)
def test_risks_that_are_not_incremental_are_caught(fault: str) -> None:
    """The fault of the CIA model, in the increment, in the cost and in the register."""
    line, wrong = RISK_FAULTS[fault]
    with planted(line, wrong):
        answer = with_risks()
    with pytest.raises(AssertionError):
        risks_are_against_the_baseline(answer)
