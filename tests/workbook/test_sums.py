"""Sums in the workbook: one range where the rows allow it, a look-up where they do not, always short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from casebuilder.algebra.operators import above, exp, maximum, minimum, smallest, total, where
from casebuilder.algebra.terms import Line
from casebuilder.workbook.layout.addresses import lay_out
from casebuilder.workbook.proof.engines import LibreOffice, libreoffice
from casebuilder.workbook.readings.lengths import longest
from tests.workbook.mini import Mini, Recalculated, Written, cells, differences, formula_at, frame, write

SITES = tuple(f"s{number}" for number in range(9))
KITS = tuple(f"k{number}" for number in range(7))
QUINTILES = ("q1", "q2", "q3")
# A site has most classes of kit, no two sites the same; a site's people live in some of the quintiles.
PAIRS = {
    ("site", "equipment"): {(s, k) for i, s in enumerate(SITES) for j, k in enumerate(KITS) if (i + j) % 4},
    ("site", "quintile"): {(s, q) for i, s in enumerate(SITES) for j, q in enumerate(QUINTILES) if i % 3 - j},
}


def _values(*members: tuple[str, ...]) -> dict[tuple[str, ...], float]:
    """A value of its own for every combination, never 0."""
    keys: list[tuple[str, ...]] = [()]
    for of in members:
        keys = [(*key, member) for key in keys for member in of]
    return {key: 1.0 + (37 * number % 101) / 7 for number, key in enumerate(keys)}


def sums() -> Mini:
    """Sums over one dimension and two, of what has rows for all, for some, or for one of the two only."""
    shape = frame({"site": SITES, "equipment": KITS, "quintile": QUINTILES}, months=2, years=2, pairs=PAIRS)
    m = Mini(shape)
    held = {key: v for key, v in _values(SITES, KITS).items() if key in PAIRS["site", "equipment"]}
    live = {key: v for key, v in _values(SITES, QUINTILES).items() if key in PAIRS["site", "quintile"]}
    units = m.input("units", "number", ("site", "equipment"), held)
    people = m.input("people", "number", ("site", "quintile"), live)
    price = m.input("price", "number", ("equipment",), _values(KITS))
    near = m.input("near", "number", ("site",), _values(SITES))
    limit = m.input("limit", "number", (), 5.0)
    owned = m.line("owned", "number", ("site", "equipment"), units * 2)
    paid = m.line("paid", "number", ("equipment",), price + 1)
    reach = m.line("reach", "number", ("site",), near / 3)
    m.line("by_site", "number", ("site",), total(owned * paid, over="equipment"))
    m.line("by_kit", "number", ("equipment",), total(owned * reach, over="site"))
    m.line("drawn", "number", (), total(exp(-(reach / 3)) * near, over="site"))
    m.line("all", "number", (), total(owned * paid, over=("site", "equipment")))
    m.line("all_halved", "number", (), total(owned * paid / 2, over=("site", "equipment")))
    m.line("both", "number", (), total(owned * paid * reach, over=("site", "equipment")))
    m.line("in_quintile", "number", ("quintile",), total(people, over="site"))
    for number in range(4):  # read oftener by site, so that a quintile's rows do not lie together
        m.line(f"of_site_{number}", "number", ("site",), total(people, over="quintile"))
    m.line("people_near", "number", ("quintile",), total(people * reach, over="site"))
    m.line("near_all", "number", (), total(people * reach, over=("site", "quintile")))
    m.line("large", "number", ("site",), total(above(owned, limit), over="equipment"))
    m.line("large_only", "number", ("site",), total(where(above(owned, limit), owned, 0), over="equipment"))
    balance = m.line("balance", "number", ("site", "equipment"), units - limit)
    m.line("gains", "number", ("site",), total(maximum(balance, 0), over="equipment"))
    m.line("losses", "number", ("site",), total(maximum(-balance, 0), over="equipment"))
    m.line("below", "number", (), total(minimum(0, balance), over=("site", "equipment")))
    m.line("least", "number", (), smallest(where(above(reach, 1), reach, limit), over="site"))
    return m


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write(sums().solve(), tmp_path_factory.mktemp("sums") / "sums.xlsx")


def _lines(written: Written) -> list[Line]:
    return list(written.results.problem.lines)


def test_ironcalc_adds_up_what_numpy_does(written: Written) -> None:
    """Every form of a sum gives the same figure."""
    engine = Recalculated(written.path)
    wrong = {
        line.key: formula_at(written, line, engine)
        for line in _lines(written)
        if differences(engine, cells(written, line))
    }
    assert wrong == {}


@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed")
def test_libreoffice_adds_up_what_numpy_does(written: Written, tmp_path: Path) -> None:
    """And so in the second engine."""
    engine = LibreOffice(written.path, tmp_path)
    assert [d for line in _lines(written) for d in differences(engine, cells(written, line))] == []


def test_no_sum_is_written_out(written: Written) -> None:
    """Sixty-three combinations at most fit the length of a formula that one can follow, however they lie."""
    found = longest(written.layout)
    assert {line.key: of.longest for line, of in found.items() if of.longest > 160} == {}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("all", "SUMIF("),  # the price of each row by the class it names
        ("in_quintile", '"mini.people[*,'),  # the keys of the input, whatever the site
        ("people_near", '"mini.people["&'),
        ("near_all", ',*]"'),
        ("gains", ">0)*"),  # MAX would take one number of a range
        ("losses", ">0)*-"),
        ("below", "<0)*"),
        ("large", ">=5E-10"),
        ("least", "SUMPRODUCT(MIN("),
        ("drawn", "SUMPRODUCT(EXP("),
    ],
)
def test_each_form_is_in_use(name: str, form: str, written: Written) -> None:
    """The cases above do reach the forms that they are meant to try."""
    line = written.results.problem.by_key[f"mini.{name}"]
    assert form in formula_at(written, line, Recalculated(written.path)).replace("5e-10", "5E-10")


def test_rows_that_lie_alike_are_not_looked_up(tmp_path: Path) -> None:
    """Two lines of the same rows stand beside each other; only the line by site alone is looked up."""
    sites = tuple(f"s{number:02}" for number in range(40))
    m = Mini(frame({"site": sites, "quintile": QUINTILES}, months=1, years=1))
    people = m.input("people", "number", ("site", "quintile"), _values(sites, QUINTILES))
    near = m.line("near", "number", ("site", "quintile"), people * 2)
    far = m.line("far", "number", ("site", "quintile"), people + 1)
    reach = m.line("reach", "number", ("site",), m.input("x", "number", ("site",), _values(sites)) / 3)
    m.line("of_two", "number", ("quintile",), total(near * far * reach, over="site"))
    for number in range(4):  # read oftener by site, so that a quintile's rows do not lie together
        m.line(f"of_site_{number}", "number", ("site",), total(near * far, over="quintile"))
    written = write(m.solve(), tmp_path / "alike.xlsx")
    engine, line = Recalculated(written.path), written.results.problem.by_key["mini.of_two"]
    formula = formula_at(written, line, engine)
    assert "mini." not in formula
    assert formula.count("SUMIF(") == 1
    assert differences(engine, cells(written, line)) == []


def test_a_sum_looks_among_the_rows_it_is_about(tmp_path: Path) -> None:
    """By class and quintile over sites, the rows of a class together: among its rows and no others."""
    sites, kits = tuple(f"s{n:02}" for n in range(13)), tuple(f"k{n}" for n in range(10))
    m = Mini(frame({"site": sites, "equipment": kits, "quintile": QUINTILES}, months=1, years=1))
    joins = m.input("joins", "number", ("site", "equipment"), _values(sites, kits))
    each = m.input("each", "number", ("site", "equipment", "quintile"), _values(sites, kits, QUINTILES))
    cost = m.line("cost", "number", ("site", "equipment", "quintile"), each * 2)
    other = m.line("other", "number", ("site", "equipment", "quintile"), each + 1)
    line = m.line("paid", "number", ("equipment", "quintile"), total(joins * cost, over="site"))
    for number in range(4):  # read oftener by quintile, which is therefore the innermost of the rows
        m.line(f"of_{number}", "number", ("site", "equipment"), total(cost * other, over="quintile"))
    for number in range(4):
        m.line(f"by_site_{number}", "number", ("equipment",), total(joins * (number + 1), over="site"))
    written = write(m.solve(), tmp_path / "among.xlsx")
    engine = Recalculated(written.path)
    formula = formula_at(written, line, engine)
    spans = [
        int(last) - int(first) + 1 for first, last in re.findall(r"\$?[A-Z]+(\d+):\$?[A-Z]+(\d+)", formula)
    ]
    assert "SUMIF(" in formula and max(spans) <= len(sites) * len(QUINTILES), formula
    assert min(spans) <= len(sites)
    assert differences(engine, cells(written, line)) == []


def test_a_larger_network_has_no_longer_formulas() -> None:
    """The length of a sum does not grow with its members."""
    lengths = []
    for count in (20, 60):
        sites = tuple(f"s{number:02}" for number in range(count))
        pairs = {
            ("site", "quintile"): {
                (s, q) for i, s in enumerate(sites) for j, q in enumerate(QUINTILES) if (i + j) % 3
            }
        }
        m = Mini(frame({"site": sites, "quintile": QUINTILES}, months=1, years=1, pairs=pairs))
        live = {key: v for key, v in _values(sites, QUINTILES).items() if key in pairs["site", "quintile"]}
        people = m.input("people", "number", ("site", "quintile"), live)
        reach = m.line("reach", "number", ("site",), m.input("near", "number", ("site",), _values(sites)) / 3)
        m.line("people_near", "number", ("quintile",), total(people * reach, over="site"))
        m.line("in_quintile", "number", ("quintile",), total(people, over="site"))
        found = longest(lay_out(m.problem()))
        lengths.append(max(each.longest for each in found.values()))
    assert lengths[1] <= lengths[0] + 20  # a digit more in each address
