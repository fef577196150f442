"""Which sheet holds a line: the option's own, or the baseline's where no override reaches it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import at, total
from casebuilder.algebra.order import needed
from casebuilder.algebra.terms import Input, Line
from casebuilder.errors import InputError, ModelError
from casebuilder.workbook.layout.addresses import lay_out
from casebuilder.workbook.layout.holders import own_lines
from casebuilder.workbook.readings.lengths import counted
from casebuilder.workbook.readings.nearby import FOLLOWED, lay_out_near
from casebuilder.workbook.readings.nearby import cells as cells_of
from tests.shipped import ShippedCases
from tests.workbook.mini import Mini, Recalculated, cells, differences, frame, write

SMALL = "digital_diagnostics"


def chain() -> Mini:
    """`far` reads what the option overrides through two lines; `apart` and `fixed` do not."""
    m = Mini(frame({"site": ["a", "b"]}))
    x = m.input("x", "number", ("site",), 2.0, {"preferred": {"a": 5.0}})
    y = m.input("y", "number", ("site",), 3.0)
    near = m.line("near", "number", ("site",), x * y)
    m.line("apart", "number", ("site",), y + 1)
    far = m.line("far", "number", (), total(near, over="site"))
    m.line("fixed", "number", (), at(far, option=BASELINE) + total(m.named["apart"], over="site"))  # type: ignore[arg-type]
    m.line("both", "number", (), far + m.named["fixed"])  # type: ignore[operator]
    return m


def test_a_line_stands_on_its_own_sheet_where_an_override_reaches_it(tmp_path: Path) -> None:
    """Through other lines too; what reads the baseline's own value is the same for all."""
    written = write(chain().solve(), tmp_path / "chain.xlsx")
    own = {line.name for line in written.layout.own["preferred"]}
    assert own == {"near", "far", "both"}
    assert {line.name for line in written.layout.own["bau"]} == {"near", "apart", "far", "fixed", "both"}
    engine = Recalculated(written.path)
    for line in written.results.problem.lines:
        assert differences(engine, cells(written, line)) == []


def test_what_the_baseline_changes_is_not_shared() -> None:
    """An option that changes nothing reads Base, and the baseline its own value."""
    m = Mini(frame({}))
    x = m.input("x", "number", (), 2.0, {"bau": 5.0})
    m.line("twice", "number", (), x * 2)
    assert {line.name for line in own_lines(m.problem())["preferred"]} == {"twice"}


def test_every_line_of_a_case_is_held_once_by_each_option(shipped_cases: ShippedCases) -> None:
    """A key stands on the option's own sheet or else on the baseline's, in the same row of the same kind."""
    problem = shipped_cases.case(SMALL).problem
    layout, sheets = lay_out_near(problem), shipped_cases.sheets(SMALL)
    rows = {name: dict(sheet.keyed()) for name, sheet in sheets.items() if name.split()[0] in layout.sheets}
    for kind in layout.kinds:
        baseline = rows[layout.sheet_name(kind, problem.frame.baseline)]
        for option in layout.options:
            mine = rows[layout.sheet_name(kind, option)]
            assert mine.items() <= baseline.items()
            keys = {
                line.key for line in layout.blocks_on(kind, option) if layout.sheets[kind].blocks[line].rows
            }
            assert {key.partition("[")[0] for key in mine} == keys
    assert min(len(layout.own[option]) for option in layout.options) < 0.7 * len(problem.lines)


def test_values_of_a_line_not_reached_are_those_of_the_baseline(shipped_cases: ShippedCases) -> None:
    """By the engine, which knows nothing of sheets: to the last bit, in every option of a case."""
    case = shipped_cases.case(SMALL)
    own, ids = own_lines(case.problem), case.problem.frame.option_ids
    for line in case.problem.lines:
        values = case.results.array(line)[0]
        for option in ids:
            if line not in own[option]:
                baseline = values[ids.index(case.problem.frame.baseline)]
                alike = np.array_equal(values[ids.index(option)], baseline, equal_nan=True)
                assert alike or line.unit == "share", line.key


def test_what_long_formulas_read_is_held_beside_them(shipped_cases: ShippedCases) -> None:
    """The name of the baseline's sheet makes some formulas long: few cells on the option's sheet mend it."""
    problem = shipped_cases.case("norfolk_waveney").problem
    far, near = lay_out(problem), lay_out_near(problem)
    assert near.own[problem.frame.baseline] == far.own[problem.frame.baseline]
    added = sum(
        cells_of(near, line) for option in near.options for line in near.own[option] - far.own[option]
    )
    shortened = counted(far, FOLLOWED) - counted(near, FOLLOWED)
    assert 0 < 3 * added < shortened


def test_where_rows_are_missing_a_text_says_where_they_stand(shipped_cases: ShippedCases) -> None:
    """Nothing vanishes: the sheet, and the rows there."""
    layout, sheets = lay_out_near(shipped_cases.case(SMALL).problem), shipped_cases.sheets(SMALL)
    option = layout.options[-1]
    sheet = sheets[layout.sheet_name("Years", option)]
    blocks = layout.sheets["Years"].blocks
    said = [str(sheet.value(row, 2)) for row in sheet.rows if "are read from" in str(sheet.value(row, 2))]
    counted = 0
    for text in said:
        words = text.split()
        first, last = int(words[1]), int(words[3])
        assert "Years bau" in text
        counted += sum(first <= row <= last for block in blocks.values() for row in block.rows.values())
    absent = [line for line in blocks if line not in layout.own[option]]
    assert counted == sum(len(blocks[line].rows) for line in absent) > 0


def test_setting_a_value_of_an_option_gives_it_the_lines_that_need_it(shipped_cases: ShippedCases) -> None:
    """`--set OPTION:KEY` may enlarge what is laid out."""
    before = own_lines(shipped_cases.case(SMALL).problem)["programme"]
    case = shipped_cases.case(SMALL, "programme:lists.freed_slots_used=0.5")
    after = own_lines(case.problem)["programme"]
    reached = {line for line in after if "lists.freed_slots_used" in _inputs(line)}
    assert reached and not any(line.key == "lists.list_capacity" for line in after if line not in reached)
    assert len(after) >= len(before)


def _inputs(line: Line) -> set[str]:
    from casebuilder.algebra.order import references

    return {named.key for of in needed([line]) for named, _ in references(of) if isinstance(named, Input)}


# Rows that a fixed flag settles


def held() -> Mini:
    """A list that one of three tests has."""
    m = Mini(frame({"test": ["ct", "mri", "xray"]}, months=3))
    kept = m.input("kept", "flag", ("test",), {"ct": 1.0, "mri": 0.0, "xray": 1.0}, whole=True, fixed=True)
    flow = m.input("flow", "number", ("test", "month"), 2.0)
    waiting = m.line("waiting", "number", ("test", "month"), flow * kept, held=kept)
    m.line("network", "number", ("month",), total(waiting, over="test"))
    m.line("weighted", "number", ("month",), total(waiting * flow, over="test"))
    m.line("each", "number", ("test", "month"), waiting + 1)
    return m


def test_a_line_has_no_row_where_it_is_nought_by_a_fixed_flag(tmp_path: Path) -> None:
    """What reads it counts nothing there, in sums of all shapes and alone."""
    written = write(held().solve(), tmp_path / "held.xlsx")
    problem = written.results.problem
    block = written.layout.sheets["Months"].blocks[problem.by_key["mini.waiting"]]
    assert list(block.rows) == [("ct",), ("xray",)]
    engine = Recalculated(written.path)
    for line in problem.lines:
        if line.name != "waiting":
            assert differences(engine, cells(written, line)) == [], line.name


def test_a_held_line_is_nought_by_its_own_formula(shipped_cases: ShippedCases) -> None:
    """In every shipped case and option, whatever the other inputs are."""
    seen = 0
    for name in ("digital_diagnostics", "norfolk_waveney"):
        case = shipped_cases.case(name)
        for line in case.problem.lines:
            if line.held is None:
                continue
            flags = case.problem.values[line.held].base
            values = case.results.array(line)
            axis = 2 + line.over.index("test")
            off = [place for place, value in enumerate(flags.values()) if value.amount == 0]
            assert not values.take(off, axis=axis).any(), line.key
            seen += bool(off)
    assert seen


def test_only_a_fixed_input_over_the_lines_own_dimensions_holds_it() -> None:
    """An option could otherwise need a row that is not there."""
    loose = Input("Loose", "flag", ("test",), "For the test.")
    fixed = Input("Fixed", "flag", ("site",), "For the test.", fixed=True)
    for flag in (loose, fixed):
        with pytest.raises(ModelError, match="is held by"):
            Line("A line", "number", ("test",), 1, "For the test.", held=flag)


@pytest.mark.parametrize("text", ["programme:lists.has_list[ct]=0", "image_sharing:lists.has_list=1"])
def test_no_option_changes_what_settles_rows(text: str) -> None:
    """The fault says what to do instead."""
    from casebuilder.case import load_case

    with pytest.raises(InputError) as raised:
        load_case(SMALL, [text])
    assert "settles which rows the case has" in str(raised.value)


def test_a_workbook_keeps_what_settles_its_rows(shipped_cases: ShippedCases) -> None:
    """Another value typed over it counts as unusable: the case is built again."""
    sheets, engine = shipped_cases.sheets(SMALL), shipped_cases.engine(SMALL)
    inputs = sheets["Inputs"]
    (row,) = [row for key, row in inputs.keyed() if key == "lists.has_list[xray]"]
    least, most = (inputs.value(row, inputs.columns()[name]) for name in ("Least", "Most"))
    assert least == most == 0
    before = engine.value("Inputs", "B3")
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[inputs.columns()["Base"] - 1]
    engine.put("Inputs", f"{column}{row}", 1)
    assert (before, engine.value("Inputs", "B3")) == (0, 1)
