"""Every operator in the workbook: recalculated by other engines, it gives what numpy gives."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from casebuilder.algebra.derive import UNIT_READINGS
from casebuilder.algebra.dimensions import BASELINE, without_time
from casebuilder.algebra.operator_table import OPERATORS
from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    above,
    absolute,
    at,
    choose,
    exp,
    interpolate,
    largest,
    maximum,
    minimum,
    per_year,
    power,
    quantity,
    round_up,
    share_of,
    smallest,
    spread,
    step,
    tier,
    total,
    where,
    which_smallest,
)
from casebuilder.algebra.terms import Input, Line, Term
from casebuilder.algebra.words import WORD_READINGS
from casebuilder.analysis.explain.readings import READERS
from casebuilder.errors import LayoutError
from casebuilder.evaluate.engine import evaluate
from casebuilder.evaluate.numbers import NUMBER_READINGS
from casebuilder.inputs.values import Value
from casebuilder.workbook.layout.addresses import lay_out
from casebuilder.workbook.readings.formulas import EXCEL_READINGS, formula
from casebuilder.workbook.readings.references import Place
from tests.declared import DECLARED
from tests.workbook.mini import (
    Mini,
    Recalculated,
    Written,
    cells,
    differences,
    formula_at,
    frame,
    header_cells,
    write,
)
from tests.workbook.operator_lines import SITE_TESTS, SITES, TESTS, operator_lines


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The workbook of all operators."""
    results = operator_lines().solve()
    return write(results, tmp_path_factory.mktemp("operators") / "operators.xlsx")


@pytest.fixture(scope="module")
def recalculated(written: Written) -> Recalculated:
    """What IronCalc makes of it."""
    return Recalculated(written.path)


def lines_about(operator: str, written: Written) -> list[Line]:
    """The lines named after an operator, not after one whose name is longer."""
    longer = [o for o in OPERATORS if o != operator and o.startswith(operator)]
    return [
        line
        for line in written.results.problem.lines
        if line.name.startswith(f"{operator}_") and not any(line.name.startswith(f"{o}_") for o in longer)
    ]


def formulas_of(line: Line, written: Written) -> list[str]:
    """The formula of each row of a line, and of its opening."""
    layout, frame = written.layout, written.results.problem.frame
    kind = layout.sheet_of[line]
    found = []
    for members, row in layout.sheets[kind].blocks[line].rows.items():
        named = dict(zip(without_time(line.over), members, strict=True))
        place = Place(layout, kind, frame.baseline, frame.baseline, named, row, named)
        found += [formula(term, place) for term in (line.definition, line.opening) if term is not None]
    return found


def disagreements(lines: list[Line], written: Written, engine: object) -> list[str]:
    """For each line that differs: its name, its formula and its first cell that differs."""
    wrong = []
    for line in lines:
        found = differences(engine, cells(written, line))
        if found:
            text = formula_at(written, line, engine) if isinstance(engine, Recalculated) else ""
            wrong.append(f"{line.name} {text[:200]} {found[0]} and {len(found) - 1} more")
    return wrong


def test_every_operator_has_its_readings() -> None:
    """An operator has units, words, numbers and Excel text, and a tree of its own where the table says so."""
    readings = (UNIT_READINGS, WORD_READINGS, NUMBER_READINGS, EXCEL_READINGS)
    assert [set(each) ^ set(OPERATORS) for each in readings] == [set()] * len(readings)
    assert set(READERS) == {row.name for row in OPERATORS.values() if row.traced}


@pytest.mark.parametrize("operator", OPERATORS)
def test_the_table_names_the_functions_of_the_formula(operator: str, written: Written) -> None:
    """What the table says an operator is in Excel stands in formulas of lines about it."""
    texts = [text for line in lines_about(operator, written) for text in formulas_of(line, written)]
    missing = [word for word in OPERATORS[operator].excel.split() if not any(word in text for text in texts)]
    assert texts and not missing, texts[:2]


@pytest.mark.parametrize("operator", OPERATORS)
def test_ironcalc_agrees_with_numpy(operator: str, written: Written, recalculated: Recalculated) -> None:
    """Every cell of every line about an operator, in every option, is the same to 1e-9."""
    lines = lines_about(operator, written)
    assert lines, f"no line is about {operator}"
    assert disagreements(lines, written, recalculated) == []


def test_ironcalc_counts_periods_as_the_calendar_does(written: Written, recalculated: Recalculated) -> None:
    """The numbers of months and years in the headers are those of the case."""
    assert differences(recalculated, header_cells(written)) == []


@pytest.mark.libreoffice
def test_libreoffice_agrees_with_numpy(written: Written, tmp_path: Path) -> None:
    """LibreOffice, told to recalculate, gives the same in every cell."""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed")
    from casebuilder.workbook.proof.engines import LibreOffice

    engine = LibreOffice(written.path, tmp_path)
    assert differences(engine, header_cells(written)) == []
    assert disagreements(list(written.results.problem.lines), written, engine) == []


def test_a_changed_input_moves_every_engine_alike(written: Written) -> None:
    """A number typed over on the Inputs sheet gives what the same change gives in numpy."""
    engine, layout = Recalculated(written.path), written.layout
    row, column = layout.inputs.rows["mini.q"].base.first, layout.inputs.typed_column(None)
    engine.model.update_cell_with_number(engine.sheets["Inputs"], row, column, 1.75)
    engine.model.evaluate()
    mini = operator_lines()
    dict_of_base = mini.values["q"].base
    assert isinstance(dict_of_base, dict)
    dict_of_base[()] = Value(1.75)
    changed = mini.solve()
    after = Written(written.path, lay_out(changed.problem), changed)
    assert disagreements(list(changed.problem.lines), after, engine) == []
    assert disagreements(list(written.results.problem.lines), written, engine) != []


def test_time_axes_that_start_late_and_tables_of_one_row(tmp_path: Path) -> None:
    """Months that start in any month of any year, or end in one, a single tier and a single point."""
    for number, (first, months) in enumerate(
        (("2022-06", 22), ("2021-12", 4), ("2022-04", 12), ("2021-04", 24), ("2021-04", 20))
    ):
        m = Mini(frame({"tier": ["t"], "point": ["p"]}, first_month=first, months=months, years=4))
        flow = m.input("flow", "tests / month", ("month",), [float(i * i + 1) for i in range(months)])
        stock = m.line("stock", "tests", ("month",), step(flow))
        m.line("summed", "tests / year", ("year",), per_year(flow))
        m.line("mean", "tests", ("year",), per_year(stock, "mean"))
        m.line("last", "tests", ("year",), per_year(stock, "last"))
        m.line(
            "held", "index", ("month",), spread(m.input("level", "index", ("year",), [1.0, 2.0, 3.0, 4.0]))
        )
        units = m.input("units", "items", (), 3.0)
        table = (
            m.input("starts", "items", ("tier",), 1.0),
            m.input("prices", "GBP_real / item", ("tier",), 5.0),
        )
        m.line("all_unit", "GBP_real", (), tier(units, *table, kind="all_unit"))
        m.line("incremental", "GBP_real", (), tier(units, *table, kind="incremental"))
        points = (m.input("at_x", "items", ("point",), 1.0), m.input("curve", "share", ("point",), 0.7))
        m.line("level_curve", "share", (), interpolate(units, *points))
        done = write(m.solve(), tmp_path / f"late{number}.xlsx")
        engine = Recalculated(done.path)
        assert differences(engine, header_cells(done)) == [], first
        assert disagreements(list(done.results.problem.lines), done, engine) == [], first


def test_a_price_of_another_year_is_rebased_by_a_live_formula(tmp_path: Path) -> None:
    """The workbook shows the quoted price, and the formula that takes it to the base year."""
    m = Mini(frame({"price_year": ("2021/22", "2025/26"), "site": ("a", "b")}))
    price = m.input("price", "GBP_real / item", ("site",), {"a": 120.0, "b": 60.0}, prices_of="2025/26")
    m.input("gdp_deflator", "index", ("price_year",), {"2021/22": 80.0, "2025/26": 100.0})
    m.line("spent", "GBP_real", ("site",), price * quantity(2, "item"))
    m.line("spent_in_all", "GBP_real", (), total(price * quantity(2, "item"), over="site"))
    results = _with_deflator(m)
    done = write(results, tmp_path / "rebased.xlsx")
    by_name = {line.name: line for line in results.problem.lines}
    assert results.array(by_name["spent"])[0, 0].tolist() == [192.0, 96.0]
    engine = Recalculated(done.path)
    assert disagreements(list(results.problem.lines), done, engine) == []
    row, column = done.layout.inputs.rows[price.key].base.first, done.layout.inputs.typed_column(None)
    assert engine.model.get_cell_value(engine.sheets["Inputs"], row, column) == 120


def _with_deflator(m: Mini):  # type: ignore[no-untyped-def]
    """Bind with the deflator in the chapter where rebasing looks for it."""
    from casebuilder.algebra.chapters import checked, name_chapter
    from casebuilder.evaluate.problem import bind
    from casebuilder.inputs.values import CaseInfo, CaseInputs

    deflator = m.named.pop("gdp_deflator")
    chapters = [
        name_chapter("timeline", "Timeline", {"gdp_deflator": deflator, "DIMENSIONS": DECLARED}),
        name_chapter("mini", "Mini", m.named),
    ]
    values = {of.input.key: of for of in m.values.values()}
    info = CaseInfo("mini", "Mini", "host", "2021/22", "2021-04", "", Path())
    return evaluate(bind(checked(chapters), CaseInputs(info, m.shape, values, {})))


REFUSED = {
    "a yearly line read by month": lambda m: m.line(
        "bad", "index", ("month",), spread(m.line("level", "index", ("year",), 1 + 0 * m.named["yearly"]))
    ),
    "a month picked by at": lambda m: m.line(
        "bad", "tests / month", (), at(m.named["monthly"], month="2021-05")
    ),
    "the least of a formula over time": lambda m: m.line(
        "bad", "number", (), smallest(round_up(MONTH_NUMBER / 2), over="month")
    ),
    "the year's mean of a formula": lambda m: m.line(
        "bad", "tests", ("year",), per_year(step(m.named["monthly"]), "mean")
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_no_formula_says_is_refused_with_the_line_named(what: str, tmp_path: Path) -> None:
    """The writer never guesses: the fault names the line and what to write first."""
    m = Mini(frame())
    m.input("monthly", "tests / month", ("month",), 2.0)
    m.input("yearly", "index", ("year",), 2.0)
    REFUSED[what](m)
    results = m.solve()
    with pytest.raises(LayoutError, match=r"mini\.bad"):
        write(results, tmp_path / "refused.xlsx")


class Expressions:
    """Random formulas of plain numbers over sites, tests and months."""

    def __init__(self, seed: int) -> None:
        """Declare inputs whose values have every sign, whole numbers and zeros among them."""
        self.random = random.Random(seed)
        self.m = m = Mini(
            frame(
                {"site": SITES, "test": TESTS},
                first_month="2021-09",
                months=7,
                years=2,
                pairs={("site", "test"): SITE_TESTS},
            )
        )
        pick = self.random.choice
        values = (-7.5, -2.0, -1.0, -0.1, 0.0, 0.1, 0.2, 0.3, 1.0, 1.5, 2.0, 3.0000000000000004, 12.25)
        self.inputs: dict[tuple[str, ...], list[Input]] = {}
        for over in ((), ("site",), ("test",), ("site", "test"), ("month",), ("site", "month")):
            self.inputs[over] = []
            for number in range(2):
                name = f"i{number}_{'_'.join(over)}"
                item = m.input(name, "number", over, 0.0)
                base = {key: type(v)(pick(values)) for key, v in m.values[name].base.items()}
                object.__setattr__(m.values[name], "base", base)
                self.inputs[over].append(item)
        self.word = m.input("word", "choice", (), pick(("red", "blue")), choices=("red", "blue"))

    def term(self, over: tuple[str, ...], depth: int) -> Term:
        """A formula that varies by no more than some dimensions."""
        pick = self.random.choice
        fitting = [item for of, items in self.inputs.items() if set(of) <= set(over) for item in items]
        if depth == 0:
            return pick(fitting)

        def inner() -> Term:
            return self.term(over, depth - 1)

        makers = [
            lambda: inner() + inner(),
            lambda: inner() - inner(),
            lambda: inner() * inner(),
            lambda: 3 - inner(),
            lambda: -inner(),
            lambda: absolute(inner()),
            lambda: inner() * -2.5,
            lambda: inner() / (power(inner(), 2) + 1),
            lambda: minimum(inner(), inner(), 2),
            lambda: maximum(inner(), inner()),
            lambda: where(above(inner(), inner()), inner(), inner()),
            lambda: where(1 - above(inner(), 0), inner(), inner()),
            lambda: round_up(inner()),
            lambda: power(maximum(inner(), 0.5), inner() / 20),
            lambda: exp(minimum(inner(), 2)),
            lambda: which_smallest(inner(), inner(), inner()),
            lambda: choose(self.word, {"blue": inner(), "red": inner()}),
        ]
        if over in ((), ("site",)):
            more = (*over, "test")

            def wider() -> Term:
                return pick(self.inputs[more]) * self.term(more, depth - 1)

            makers += [
                lambda: total(wider(), over="test"),
                lambda: smallest(wider(), over="test"),
                lambda: largest(wider(), over="test"),
                lambda: at(wider(), test="ct"),
                lambda: at(share_of(power(wider(), 2), over="test"), test="us"),
                lambda: at(inner(), option=BASELINE),
            ]
        if "month" in over:
            makers.append(lambda: inner() + MONTH_NUMBER)
        return pick(makers)()


@pytest.mark.parametrize("seed", [1, 2])
def test_random_formulas_agree(seed: int, tmp_path: Path) -> None:
    """A hundred random formulas give the same in IronCalc and in numpy."""
    made = Expressions(seed)
    shapes = [(), ("site",), ("site", "test"), ("month",), ("site", "month")]
    for number in range(100):
        over = shapes[number % len(shapes)]
        made.m.line(f"f{number}", "number", over, made.term(over, 3))
    done = write(made.m.solve(), tmp_path / "random.xlsx")
    assert disagreements(list(done.results.problem.lines), done, Recalculated(done.path)) == []
