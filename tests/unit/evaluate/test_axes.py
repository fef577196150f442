"""Axes: dimensions that share one never meet in a formula."""

from __future__ import annotations

from casebuilder.algebra.terms import Named, walk
from casebuilder.case import load_model
from casebuilder.evaluate.axes import AXIS


def test_dimensions_that_share_an_axis_never_meet() -> None:
    """No formula of the model varies by two dimensions of one axis, not even inside a sum."""
    for line in load_model().lines:
        for term in (line.definition, line.opening):
            for part in walk(term) if term is not None else ():
                inside = {d for named in walk(part) if isinstance(named, Named) for d in named.over}
                axes = [AXIS[d] for d in inside]
                assert len(set(axes)) == len(axes), (line.key, sorted(inside))
