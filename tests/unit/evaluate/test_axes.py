"""Axes: dimensions that meet stand apart, in their order, and numpy's limit is told before it bites."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.dimensions import LANGUAGE, TIME, Dimension, in_order
from casebuilder.algebra.terms import Named, walk
from casebuilder.errors import ModelError
from casebuilder.evaluate.axes import packed

LONGEST = 32


def made(*names: str) -> dict[str, Dimension]:
    """Dimensions in the order given, before those of the language."""
    return in_order(Dimension(name, name, rank) for rank, name in enumerate(names))


def test_dimensions_that_share_an_axis_never_meet(model: Model) -> None:
    """No formula of the model varies by two dimensions of one axis, not even inside a sum."""
    place = packed(model.dimensions, model.meetings)
    for line in model.lines:
        for term in (line.definition, line.opening):
            for part in walk(term) if term is not None else ():
                inside = {d for named in walk(part) if isinstance(named, Named) for d in named.over}
                inside |= set(line.over)
                axes = [place[d] for d in inside]
                assert len(set(axes)) == len(axes), (line.key, sorted(inside))


def test_axes_lie_in_the_order_of_the_dimensions_that_meet(model: Model) -> None:
    """So that sums add up in one order, whatever else the model has; what stands apart comes last."""
    place = packed(model.dimensions, model.meetings)
    language = {dimension.name for dimension in LANGUAGE}
    order = [d for d in model.dimensions if d not in language and not model.dimensions[d].apart]
    order += [d for d in model.dimensions if model.dimensions[d].apart]
    order += [d for d in model.dimensions if d in language]
    for meeting in model.meetings:
        met = [place[d] for d in order if d in meeting]
        assert met == sorted(set(met)), meeting
    assert set(place) == set(model.dimensions) and min(place.values()) == 2
    assert max(place.values()) < len(model.dimensions) // 2


def test_what_never_meets_shares_an_axis() -> None:
    """Three chapters of their own take as many axes as the largest of them."""
    names = [f"{chapter}_{number}" for chapter in "abc" for number in range(3)]
    meetings = [frozenset(n for n in names if n.startswith(chapter)) for chapter in "abc"]
    place = packed(made(*names), meetings)
    assert [place[name] for name in names] == [2, 3, 4] * 3
    assert {place[name] for name in ("month", "point")} == {2}


def test_the_same_meetings_give_the_same_axes() -> None:
    """In whatever order they are named."""
    names = list("abcdef")
    meetings = [frozenset(pair) for pair in combinations(names, 2) if pair != ("a", "f")]
    assert packed(made(*names), meetings) == packed(made(*names), reversed(meetings))


def test_a_chain_beyond_what_numpy_takes_is_refused_with_what_to_do() -> None:
    """Each dimension meets the next: 30 fit beside the draw and the option, 31 do not."""
    names = [f"d{number:02d}" for number in range(LONGEST - 1)]
    meetings = [frozenset(pair) for pair in pairwise(names)]
    assert max(packed(made(*names[:-1]), meetings[:-1]).values()) == LONGEST - 1
    with pytest.raises(ModelError, match=r"numpy takes 32 axes.*need 33.*d00, d01, .*d30; add up over one"):
        packed(made(*names), meetings)


def test_no_dimension_stands_after_time_and_none_is_declared_twice() -> None:
    """The order of rows and columns is whole, and time is its end."""
    assert [*made("b", "a")] == ["b", "a", "point", "tier", *TIME]
    with pytest.raises(ModelError, match="site is declared twice"):
        made("site", "site")
    for name in ("year", "option"):
        with pytest.raises(ModelError, match="declared twice"):
            made(name)
    with pytest.raises(ModelError, match="give late a rank below"):
        in_order([Dimension("late", "Late", 1_000_000)])
