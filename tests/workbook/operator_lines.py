"""Lines that use every operator in several ways, over a frame with edges.

The case starts in June, so that its first financial year is short; a site offers only some
tests, a trust holds only some lists; an option overrides values. Lines are named by the
operator they are about: `total_sparse` is about `total`.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    MONTH_NUMBER,
    YEAR_NUMBER,
    above,
    absolute,
    along_bends,
    at,
    bends,
    binomial_at_least,
    by_member,
    choose,
    deflate,
    difference,
    discount,
    erlang_c,
    exp,
    inflate,
    interpolate,
    largest,
    maximum,
    minimum,
    normal_quantile,
    power,
    quantity,
    ratio,
    rise,
    round_up,
    share_of,
    smallest,
    tier,
    total,
    where,
    which_smallest,
)
from casebuilder.algebra.terms import Input, Line
from tests.workbook.mini import Mini, frame
from tests.workbook.rate_lines import rates
from tests.workbook.time_lines import over_time

SITES, TESTS, TRUSTS = ("a", "b", "c"), ("ct", "mri", "us"), ("x", "y")
SITE_TESTS = {("a", "ct"), ("a", "us"), ("b", "mri"), ("b", "us"), ("c", "ct"), ("c", "mri"), ("c", "us")}
TRUST_TESTS = {("x", "ct"), ("x", "mri"), ("y", "us"), ("y", "ct")}


def operator_lines() -> Mini:
    """The inputs and the lines."""
    m = Mini(
        frame(
            {"provider": TRUSTS, "site": SITES, "test": TESTS, "tier": ("t1", "t2", "t3"),
             "point": ("p1", "p2", "p3")},
            first_month="2021-06", months=22, years=4, options=("bau", "less", "more"),
            pairs={("site", "test"): SITE_TESTS, ("provider", "test"): TRUST_TESTS},
        )
    )  # fmt: skip
    _arithmetic(m)
    _probability(m)
    _choices(m)
    _sums(m)
    over_time(m)
    _tables(m)
    _money(m)
    rates(m)
    return m


def _arithmetic(m: Mini) -> None:
    p = m.input("p", "number", ("site",), {"a": 2.5, "b": -1.25, "c": 4.0}, {"more": {"b": 8.0}})
    q = m.input("q", "number", (), -3.0, {"less": 0.5})
    pt = m.input("pt", "number", ("site", "test"),
                 {pair: 1.5 + i for i, pair in enumerate(sorted(SITE_TESTS))},
                 {"more": {("c", "ct"): 0.0}})  # fmt: skip
    m.line("add_alone", "number", ("site",), p + 1)
    m.line("add_in_product", "number", ("site",), (p + q) * (p + 2))
    m.line("subtract_nested", "number", ("site",), p - (q - p) - (1 - q))
    m.line("subtract_number_first", "number", ("site",), 1 - p)
    m.line("multiply_of_quotient", "number", ("site",), q * (p / q) * (p / (q * 2)))
    m.line("multiply_negative_number", "number", ("site",), p * -2 - -3)
    m.line("divide_nested", "number", ("site",), p / (q / 2) / (p * q))
    m.line("divide_small_number", "number", ("site",), p / 1e-5)
    m.line("negate_in_power", "number", ("site",), power(-p, 2 * q / q))
    m.line("negate_twice", "number", ("site",), p - (-q) + (-(p + q)) * -(q - p))
    m.line("absolute_alone", "number", ("site",), absolute(p - q) - absolute(q * p))
    m.line("absolute_in_total", "number", ("site",), total(absolute(pt - 3) * 2, over="test"))
    m.line("absolute_in_lookup", "number", (), total(absolute(pt) * p, over=("site", "test")))
    m.line("minimum_three", "number", ("site", "test"), minimum(pt, p, q + 4))
    m.line("maximum_three", "number", ("site", "test"), maximum(pt, p, 2))
    m.line("power_root", "number", ("site", "test"), power(pt + 1, 0.5))
    m.line("power_negative", "number", ("site",), power(p, -2))
    m.line("exp_of_range", "number", ("site",), total(exp(pt) * 2, over="test"))
    m.line("exp_at_most", "number", ("site",), largest(exp(-pt), over="test"))
    m.line("exp_alone", "number", ("site",), exp(-p / 3))
    m.line("round_up_plain", "number", ("site", "test"), round_up(pt * 0.7))
    m.line("round_up_below_zero", "number", ("site",), round_up(-p * 1.1))
    m.line("difference_alone", "number", ("site",), difference(p + 1, q - p) * 2)
    m.line("difference_own_total", "number", ("site",), difference(total(pt, over="test"), p))
    m.line("ratio_of_sparse", "number", ("site", "test"), ratio(p, pt))
    empty = m.line("ratio_empty", "number", ("site",), ratio(p, q - q))
    known = m.line("ratio_known", "number", ("site",), ratio(p, q))
    m.line("subtract_from_empty", "number", ("site",), empty - p)
    m.line("subtract_from_known", "number", ("site",), known - p)
    m.line("maximum_of_difference", "number", ("site",), maximum(difference(p + 1, q - p), 0) * 2)
    up = m.line("whole_up", "number", ("site", "test"), round_up(pt * 0.7))
    m.line("above_of_whole", "flag", ("site", "test"), above(up * 2 - 3, round_up(p)) + above(up, 2))
    m.line("above_of_whole_in_total", "number", ("site",), total(above(up, 2) * pt, over="test"))
    m.line("largest_in_total", "number", ("site",), total((largest(pt, over="test") - pt) * up, over="test"))
    tenth, fifth, three_tenths = (m.input(n, "number", (), v) for n, v in
                                  (("tenth", 0.1), ("fifth", 0.2), ("three_tenths", 0.3)))  # fmt: skip
    m.line("difference_binary_dust", "number", (), difference((tenth + fifth) * 1e7, three_tenths * 1e7))
    m.line("difference_tenth_digit", "number", (), difference(three_tenths * 1.000000002, three_tenths))
    m.line("above_binary_dust", "flag", (), above(tenth + fifth, three_tenths))
    m.line("above_ninth_decimal", "flag", (), above(three_tenths + 1e-9, three_tenths))
    m.line("above_tenth_decimal", "flag", (), above(three_tenths + 4e-10, three_tenths))
    m.line("above_half_ninth", "flag", (), above(three_tenths + 6e-10, three_tenths))
    m.line("above_sparse", "flag", ("site", "test"), above(pt, p + 1))
    m.line("round_up_binary_dust", "number", (), round_up((tenth + fifth) * 10))
    m.line("round_up_above_dust", "number", (), round_up(three_tenths * 10 + 2e-9))
    m.line("round_up_whole_large", "number", (), round_up(three_tenths * 1e9))
    half = m.input("half", "number", (), 2.5e-9)
    m.line("above_half_away_from_zero", "flag", (), above(half - quantity(2e-9, "1"), 0))
    m.line("above_half_below_zero", "flag", (), above(0, quantity(-5e-10, "1") * (half / half)))


def _probability(m: Mini) -> None:
    square, pt = m.named["p"] * m.named["p"], m.named["pt"]  # the square is above nothing
    m.line("normal_quantile_inside", "number", ("site",), normal_quantile(square / 100 + 0.1))
    m.line("erlang_c_busy", "number", ("site", "test"), erlang_c(square / 8, pt + 2))
    m.line("erlang_c_full", "number", ("site",), erlang_c(square, square))
    m.line("erlang_c_idle", "number", ("site",), erlang_c(square - square, square))
    m.line("erlang_c_many", "number", ("site",), erlang_c(square * 8, square * 9))
    m.line("binomial_at_least_some", "number", ("site", "test"), binomial_at_least(pt, pt * 2 + 1, 0.78))
    m.line("binomial_at_least_none", "number", ("site",), binomial_at_least(square - square, square, 0.78))
    m.line("binomial_at_least_few", "number", ("site",), binomial_at_least(square + 1, square, 0.78))


def _choices(m: Mini) -> None:
    word = m.input("word", "choice", (), "alone", {"more": "pool"}, choices=("alone", "pool", "lease"))
    p, q, pt = m.named["p"], m.named["q"], m.named["pt"]
    zero = m.input("zero", "number", (), 0.0, {"more": 4.0})
    m.line("choose_word", "number", ("site",), choose(word, {"alone": p, "pool": q, "lease": 7}))
    m.line("choose_in_product", "number", ("site",),
           2 * choose(word, {"lease": 1, "pool": p + 1, "alone": q}) - 1)  # fmt: skip
    m.line("choose_nought", "number", ("site",), choose(word, {"alone": 0, "pool": p, "lease": 0}))
    m.line("choose_only_nought", "number", (), choose(word, {"alone": 0, "pool": 0, "lease": 0}) * q)
    m.line("where_not_taken", "number", ("site",), where(above(zero, 0), p / zero, p))
    m.line("where_of_flag", "number", ("site", "test"), where(m.named["above_sparse"], pt, -p))
    m.line("where_nested", "number", ("site",), where(above(p, q), where(above(q, 0), 1, 2), 3))
    m.line("which_smallest_three", "number", ("site", "test"), which_smallest(pt, p, q + 5))
    m.line("which_smallest_tie", "number", (), which_smallest(q + 1, q, q + zero - zero))
    m.line(
        "which_smallest_dust",
        "number",
        (),
        which_smallest(m.named["tenth"] + m.named["fifth"], m.named["three_tenths"]),
    )


def _sums(m: Mini) -> None:
    p, pt = m.named["p"], m.named["pt"]
    r = m.input("r", "number", ("provider", "test"),
                {pair: 10.0 * (i + 1) for i, pair in enumerate(sorted(TRUST_TESTS))})  # fmt: skip
    w = m.input("w", "number", ("test",), {"ct": 0.5, "mri": 2.0, "us": -1.0}, {"less": {"us": 3.0}})
    line = m.line("held", "number", ("site", "test"), pt * 2)
    short = m.line("short", "number", ("test",), w + 1)
    m.line("total_innermost", "number", ("site",), total(line, over="test"))
    m.line("total_innermost_input", "number", ("site",), total(pt, over="test"))
    m.line("total_sparse", "number", ("test",), total(line, over="site"))
    m.line("total_sparse_input", "number", ("test",), total(pt, over="site"))
    m.line("total_both", "number", (), total(line, over=("site", "test")))
    m.line("total_both_other_order", "number", (), total(line, over=("test", "site")))
    m.line("total_both_input_other_order", "number", (), total(pt, over=("test", "site")))
    m.line("total_product", "number", ("site",), total(line * pt, over="test"))
    m.line("total_product_not_aligned", "number", ("site",), total(line * w, over="test"))
    m.line("total_product_of_lines_not_aligned", "number", ("site",), total(line * short, over="test"))
    m.line("total_product_across", "number", ("test",), total(line * p, over="site"))
    m.line("total_of_rest", "number", ("provider", "site"), total(r * line, over="test"))
    m.line("total_with_scalar", "number", ("site",), total(line * m.named["q"] - pt / 4, over="test"))
    m.line("total_of_minimum", "number", ("site",), total(minimum(line, w), over="test"))
    m.line("total_in_total", "number", (), total(line * total(w, over="test"), over=("site", "test")))
    m.line("total_own_member", "number", ("site", "test"), line / total(line, over="test"))
    m.line("total_negated", "number", ("site",), -total(-line, over="test"))
    m.line("total_outer", "number", (), total(p * w, over=("site", "test")))
    m.line("share_of_sparse", "share", ("site", "test"), share_of(line, over="test"))
    m.line("share_of_across", "share", ("site", "test"), share_of(line, over="site"))
    m.line("share_of_nothing", "share", ("site", "test"), share_of(line - line, over="test"))
    m.line("share_of_product", "share", ("site", "test"), share_of(line * w, over="site"))
    of_trust = m.input("of_trust", "number", ("provider",), {"x": 3.0, "y": 5.0})
    m.line("share_of_totals", "share", ("provider",),
           share_of(total(p * of_trust, over="site"), over="provider"))  # fmt: skip
    m.line("smallest_innermost", "number", ("site",), smallest(line, over="test"))
    m.line("smallest_sparse", "number", ("test",), smallest(line, over="site"))
    m.line("smallest_of_product", "number", ("test",), smallest(line * w, over="site"))
    m.line("largest_innermost", "number", ("site",), largest(line, over="test"))
    m.line("largest_whichever_way", "number", ("site",), largest(absolute(-line), over="test"))
    m.line("largest_whichever_way_of_line", "number", ("site",), largest(absolute(line), over="test"))
    m.line("largest_whichever_way_sparse", "number", ("test",), largest(absolute(line), over="site"))
    m.line("smallest_whichever_way", "number", ("site",), smallest(absolute(line - 3), over="test"))
    m.line("largest_sparse", "number", ("test",), largest(-line, over="site"))
    m.line("largest_of_product", "number", ("test",), largest(line * w, over="site"))
    m.line("smallest_greatest", "number", (), -smallest(-p, over="site"))
    _rows_of_members(m, p, w, line)
    m.line("at_member", "number", ("site",), at(line, test="us"))
    m.line("at_member_not_there", "number", ("site",), at(line, test="ct"))
    m.line("at_input_not_there", "number", ("site",), at(pt, test="mri"))
    m.line("at_baseline", "number", ("site",), p - at(p, option=BASELINE))
    m.line("at_baseline_of_line", "number", ("site", "test"), line - at(line, option=BASELINE))
    m.line("at_option_and_member", "number", ("test",), at(at(line, site="c"), option="more"))
    m.line("at_in_total", "number", (), total(at(line, test="ct") * p, over="site"))
    m.line("at_in_total_own_member", "number", ("site",), p * total(at(line, test="ct"), over="site"))
    m.line("at_within_its_total", "number", (), total(p * at(p, site="c"), over="site"))
    m.line("at_baseline_in_total", "number", ("test",), total(at(line, option=BASELINE), over="site"))
    m.line("at_baseline_of_total", "number", ("test",), at(total(line * p, over="site"), option=BASELINE))


def _rows_of_members(m: Mini, p: Input, w: Input, line: Line) -> None:
    q = m.named["q"]
    of_site = by_member(site={"a": total(line * w, over="test"), "b": q - 1}, others=p)
    rows = m.line("by_member_rows", "number", ("site",), of_site)
    m.line("by_member_sparse", "number", ("site", "test"), by_member(test={"ct": line, "mri": p, "us": 2}))
    m.line("by_member_within", "number", ("site",), absolute(-of_site) + by_member(site={"c": q}, others=0))
    of_some = by_member(site={"a": p * q, "b": 0}, others=p)
    m.line("by_member_in_total", "number", (), total(of_some, over="site"))
    of_test = by_member(test={"ct": total(p * line, over="site")}, others=total(line, over="site"))
    m.line("by_member_of_total", "number", ("test",), of_test)
    of_two = by_member(
        site={"a": by_member(test={"us": q}, others=p)}, others=by_member(test={"ct": line}, others=1)
    )
    m.line("by_member_of_two", "number", ("site", "test"), of_two)
    m.line("by_member_added_up", "number", (), total(rows, over="site") - at(rows, site="b"))
    m.line("by_member_share", "share", ("site",), share_of(rows * rows, over="site"))
    m.line("by_member_share_of_it", "share", ("site",), share_of(of_some, over="site"))
    some = m.line("by_member_without_rows", "number", ("site", "test"), by_member(site={"b": line}, others=0))
    m.line("by_member_of_those", "number", ("test",), total(some * p, over="site") + at(some, site="c"))
    m.line("by_member_of_all", "number", (), total(some, over=("site", "test")))
    m.line("by_member_at", "number", (), at(of_some, site="a") - at(of_some * p, site="c"))


def _tables(m: Mini) -> None:
    starts = m.input("starts", "items", ("tier",), {"t1": 0.0, "t2": 5.0, "t3": 10.0})
    prices = m.input("prices", "GBP_real / item", ("tier",), {"t1": 1.0, "t2": 0.95, "t3": 0.8},
                     {"more": {"t3": 0.75}})  # fmt: skip
    by_site = m.input("by_site", "GBP_real / item", ("site", "tier"),
                      {(s, t): 2.0 - i / 10 - j / 4 for i, s in enumerate(SITES)
                       for j, t in enumerate(("t1", "t2", "t3"))})  # fmt: skip
    for number, units in enumerate((0.0, 4.0, 4.9999999999, 5.0, 8.0, 9.0, 10.0, 11.0)):
        bought = m.input(f"bought{number}", "items", (), units, {"less": units / 2})
        m.line(f"tier_all_unit_{number}", "GBP_real", (), tier(bought, starts, prices, kind="all_unit"))
        m.line(f"tier_incremental_{number}", "GBP_real", (), tier(bought, starts, prices, kind="incremental"))
    from_one = m.input("from_one", "items", ("tier",), {"t1": 1.0, "t2": 5.0, "t3": 10.0})
    for number, few in enumerate((0.0, 0.4, 1.0)):  # below the first start, and at it
        bought = m.input(f"few{number}", "items", (), few)
        for flag in (0, 1):
            m.line(f"tier_of_few_{number}_{flag}", "GBP_real", (), where(
                above(quantity(flag, "flag"), 0),
                tier(bought, from_one, prices, kind="all_unit"),
                tier(bought + quantity(1, "item"), from_one, prices, kind="incremental"),
            ))  # fmt: skip
    units = m.line("units", "items", ("site", "year"),
                   m.named["p"] * m.named["p"] * YEAR_NUMBER * quantity(1, "item"))  # fmt: skip
    m.line("tier_by_site", "GBP_real", ("site", "year"), tier(units, starts, by_site, kind="all_unit"))
    parts = tier(units, starts, by_site, kind="incremental")
    m.line("tier_parts_by_site", "GBP_real", ("site", "year"), parts)
    in_total = total(tier(units, starts, prices, kind="incremental"), over="site")
    m.line("tier_in_total", "GBP_real", ("year",), in_total)
    line_starts = m.line("line_starts", "items", ("tier",), starts * 2)
    m.line(
        "tier_of_lines",
        "GBP_real",
        ("site", "year"),
        tier(units + quantity(1, "item"), line_starts, prices, kind="all_unit"),
    )
    m.line("rise_by_site", "GBP_real / item", ("site", "tier"), rise(by_site, along="tier"))
    m.line("rise_of_sum", "GBP_real / item", ("site", "tier"), 2 * rise(prices - by_site * 2, along="tier"))
    at_x = m.input("at_x", "months", ("point",), {"p1": -2.0, "p2": 3.0, "p3": 4.5})
    curve = m.input("curve", "share", ("point",), {"p1": 0.2, "p2": 0.9, "p3": -0.4}, {"more": {"p2": 0.5}})
    bent = m.line("bends_of_curve", "share / month", ("point",), bends(at_x, curve))
    m.line("bends_of_sum", "share / month", ("point",), bends(at_x - quantity(1, "month"), 1 - curve))
    for number, place in enumerate((-9.0, -2.0, 0.0, 3.0, 3.75, 4.5, 20.0)):
        x = m.input(f"x{number}", "months", (), place)
        m.line(f"interpolate_{number}", "share", (), interpolate(x, at_x, curve))
        m.line(f"tier_bent_{number}", "share", (), along_bends(x, at_x, bent) * 2 - 1)
    m.line(
        "interpolate_months",
        "share",
        ("month",),
        1 - interpolate(MONTH_NUMBER * quantity(0.25, "months") - quantity(1, "month"), at_x, curve),
    )


def _money(m: Mini) -> None:
    index = m.input("index", "index", ("year",), [1.0, 1.02, 1.05, 1.1])
    factor = m.input("factor", "factor", ("year",), [1.0, 0.97, 0.94, 0.9])
    money = m.named["money"]
    cash = m.line("inflate_line", "GBP_nominal / year", ("site", "year"), inflate(money, index))
    m.line("inflate_sum", "GBP_nominal / year", ("site", "year"), inflate(money + money, index * 2 - 1))
    m.line("deflate_line", "GBP_real / year", ("site", "year"), deflate(cash, index))
    m.line("deflate_product", "GBP_real / year", ("site", "year"), deflate(cash, index * factor))
    m.line("discount_line", "GBP_real / year", ("site", "year"), discount(money, factor))
    m.line("discount_total", "GBP_real", (), total(discount(money, factor), over=("site", "year")))
