"""What a case has no members for: lines lost with their cause, and sums that are nought instead."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from casebuilder.algebra.absence import Cause, present
from casebuilder.algebra.chapters import Model, name_chapter
from casebuilder.algebra.dimensions import TIME
from casebuilder.algebra.operators import above, at, cumulative, largest, ratio, total, where
from casebuilder.algebra.terms import Call, Line, walk
from casebuilder.algebra.words import in_words
from casebuilder.case import load_model
from casebuilder.evaluate.engine import evaluate
from tests.declared import DECLARED
from tests.workbook.mini import Mini, Recalculated, cells, frame, write


@pytest.fixture(scope="module")
def model() -> Model:
    """The shipped chapters."""
    return load_model()


def programme(sites: list[str]) -> tuple[Mini, dict[str, Line]]:
    """Costs of sites beside a fixed cost, as a case has them."""
    mini = Mini(frame({"site": sites, "staff": ["nurse"]}))
    rate = mini.input("rate", "GBP_real / year", ("site", "staff"), 7.0)
    posts = mini.input("posts", "number", ("site", "staff"), 3.0)
    fixed = mini.input("fixed", "GBP_real / year", ("year",), 100.0)
    lines = {
        "of_site": mini.line("of_site", "GBP_real / year", ("site",), total(rate * posts, over="staff")),
        "of_all": mini.line("of_all", "GBP_real / year", (), total(rate * posts, over=("site", "staff"))),
        "posts_all": mini.line("posts_all", "number", ("staff",), total(posts, over="site")),
        "most": mini.line("most", "number", ("staff",), largest(posts, over="site")),
    }
    lines["mean"] = mini.line(
        "mean",
        "GBP_real / year",
        ("staff",),
        where(above(lines["posts_all"], 0), total(rate * posts, over="site") / total(posts, over="site"), 0),
    )
    lines["cost"] = mini.line("cost", "GBP_real / year", ("year",), fixed + lines["of_all"])
    lines["so_far"] = mini.line("so_far", "GBP_real", ("year",), cumulative(lines["cost"]))
    lines["share"] = mini.line("share", "share", (), ratio(lines["of_all"], lines["of_all"]))
    return mini, lines


def solved(mini: Mini) -> dict[str, list[float]]:
    """The values of every line of a mini case in which a programme may have no site."""
    problem = problem_of(mini)
    results = evaluate(problem)
    return {line.name: results.array(line)[0, 0].ravel().tolist() for line in problem.lines}


def problem_of(mini: Mini):
    """Bound, with sites that may be none."""
    from casebuilder.algebra.chapters import checked
    from casebuilder.evaluate.problem import bind
    from casebuilder.inputs.values import CaseInfo, CaseInputs

    chapter = name_chapter("mini", "Mini", {**mini.named, "DIMENSIONS": DECLARED})
    values = {mini.named[name].key: of for name, of in mini.values.items()}
    info = CaseInfo("mini", "Mini", "host", "2021/22", "2021-04", "", Path())
    return bind(checked([chapter]), CaseInputs(info, mini.shape, values, {}))


def test_sums_over_no_site_are_nought_and_the_rest_stays() -> None:
    """Two sites cost 2 × 7 × 3 = 42 on top of 100 a year; none cost nothing, and 100 stay."""
    assert solved(programme(["a", "b"])[0])["cost"] == [142, 142, 142]
    found = solved(programme([])[0])
    assert "of_site" not in found
    assert found["cost"] == [100, 100, 100] and found["so_far"] == [100, 200, 300]
    assert found["of_all"] == [0] and found["posts_all"] == [0] and found["most"] == [0]
    assert found["mean"] == [0] and math.isnan(found["share"][0])


def test_the_workbook_says_the_same_of_no_site(tmp_path: Path) -> None:
    """Every cell that is left, recalculated by another engine."""
    problem = problem_of(programme([])[0])
    written = write(evaluate(problem), tmp_path / "none.xlsx")
    engine = Recalculated(written.path)
    compared = 0
    for line in problem.lines:
        for sheet, address, value in cells(written, line):
            found = engine.value(sheet, address)
            assert found in ("", None) if math.isnan(value) else found == pytest.approx(value), line.key
            compared += 1
    assert compared > 10


def test_words_say_that_there_is_no_site() -> None:
    """A nought is told from a number that somebody wrote."""
    by_key = problem_of(programme([])[0]).by_key
    assert in_words(by_key["mini.of_all"].definition, str) == "0 (no site in this case)"


def test_only_the_rows_are_missing_where_a_dimension_may_be_empty() -> None:
    """The line over sites has no rows; nothing downstream is lost, and it is told."""
    problem = problem_of(programme([])[0])
    assert problem.lost == ()
    (rows,) = problem.without_rows
    assert rows.cause == "the case has no site" and rows.lines == ("mini.of_site",)
    assert problem.why_absent("mini.of_site") == "the case has no site"
    assert problem.why_absent("mini.cost") == ""


def test_a_line_is_lost_with_what_reads_it_and_says_why() -> None:
    """The member that one line picks is missing: two lines go, and both name it as the root."""
    mini = Mini(frame({"test": ["ct"], "staff": ["nurse"]}))
    price = mini.input("price", "GBP_real", ("test",), 5.0)
    of_mri = mini.line("of_mri", "GBP_real", (), at(price, test="mri"))
    mini.line("double", "GBP_real", (), of_mri * 2)
    mini.line("of_ct", "GBP_real", (), at(price, test="ct"))
    problem = mini.problem()
    (lost,) = problem.lost
    assert lost.causes == (Cause("test", "mri"),)
    assert lost.lines == ("mini.of_mri", "mini.double")
    assert "the case has no test 'mri', so that 2 lines are lost" in str(lost)
    assert [line.key for line in problem.lines] == ["mini.of_ct"]


def test_what_may_not_be_empty_takes_its_lines_with_it() -> None:
    """Nothing declares that a case may have no staff, so a sum over none is no nought."""
    mini = Mini(frame({"site": ["a"], "staff": []}))
    posts = mini.input("posts", "number", ("staff",), {})
    mini.line("all_posts", "number", (), total(posts, over="staff"))
    (lost,) = mini.problem().lost
    assert lost.lines == ("mini.all_posts",) and lost.cause == "the case has no staff role (staff)"


def test_chapters_declare_every_member_that_their_lines_pick(model: Model) -> None:
    """Beside what may be lost and is then named: the headlines of CT and MRI."""
    picked = {
        (part.settings["dimension"], part.settings["member"])
        for line in model.lines
        for term in [line.definition, *([line.opening] if line.opening is not None else [])]
        for part in walk(term)
        if isinstance(part, Call) and part.operator == "at" and part.settings["dimension"] != "option"
    }
    declared = {
        (dimension, member)
        for dimension in model.dimensions
        for member in model.dimensions[dimension].needs
        if member
    }
    by_member = {
        (term.settings["dimension"], member)
        for line in model.lines
        for term in walk(line.definition)
        if isinstance(term, Call) and term.operator == "by_member"
        for member in term.settings["members"]
    }
    assert picked - declared == {("test", "ct"), ("test", "mri")}
    assert declared <= picked | by_member


def test_no_shipped_line_changes_where_every_dimension_has_members(model: Model) -> None:
    """The lines themselves, not copies, where nothing is missing."""
    members = {d.name: [m for m in d.needs if m] or ["one"] for d in model.dimensions.values()}
    full = frame({d: ids for d, ids in members.items() if d not in TIME})
    found = present(model.lines, full, model.may_have_none)
    assert all(line is other for line, other in found.lines.items())
