"""The dimensions that chapters declare: their order is the order of rows and of the columns of an export."""

from __future__ import annotations

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import LANGUAGE, TIME, Frame

# As the first version had them: those who read an export or a workbook by place rely on it. New ones may
# stand anywhere between.
ORDER = [
    "provider",
    "site",
    "district",
    "place",
    "quintile",
    "staff",
    "pay_band",
    "relief",
    "route",
    "equipment",
    "tranche",
    "approver",
    "scheme",
    "fund",
    "department",
    "on_cost",
    "cost_line",
    "fee",
    "non_work",
    "vat_line",
    "bias_factor",
    "mitigation",
    "month_of_year",
    "component",
    "benefit",
    "decision",
    "long_option",
    "unmonetised",
    "condition",
    "shared_risk",
    "body",
    "framework",
    "success_factor",
    "risk",
    "outcome",
    "pathway",
    "milestone",
    "digital",
    "report_source",
    "standard",
    "test",
    "currency",
    "examination",
    "price_year",
    "edition",
    "stage",
    "band",
    "point",
    "tier",
    "month",
    "year",
    "statement",
]


def test_the_order_of_rows_and_columns_stays(model: Model) -> None:
    """Whatever is added between."""
    assert [name for name in model.dimensions if name in ORDER] == ORDER


def test_each_dimension_is_declared_by_the_first_chapter_that_uses_it(model: Model) -> None:
    """Beside its lines, and with a name for people; those of the language by none."""
    first: dict[str, str] = {}
    for chapter in model.chapters:
        for named in (*chapter.inputs, *chapter.lines):
            for dimension in named.over:
                first.setdefault(dimension, chapter.name)
    declared = {each.name: chapter.name for chapter in model.chapters for each in chapter.dimensions}
    language = {each.name for each in LANGUAGE}
    assert declared == {name: chapter for name, chapter in first.items() if name not in language}
    assert all(each.title and each.title != each.name for each in model.dimensions.values())
    assert not language & set(declared) and set(TIME) <= language


def test_a_frame_puts_names_in_the_order_of_the_dimensions(model: Model) -> None:
    """Rows and columns alike, whatever order they are asked for in."""
    frame = Frame({}, (), "bau", dimensions=model.dimensions)
    assert frame.in_order(["year", "test", "site"]) == ("site", "test", "year")
    assert frame.title("provider") == "Trust"
