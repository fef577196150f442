"""A simulation kept: the same bits without the work, and another as soon as anything that it rests on is."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from casebuilder.analysis.uncertainty.chance import kept
from casebuilder.analysis.uncertainty.chance.kept import simulation_kept
from casebuilder.analysis.uncertainty.chance.simulation import Simulation, simulate
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import Correlation, Uncertainty, Value
from tests.unit.analysis.uncertainty.drawn_case import linear, ranged


def case(b: Value | None = None, rank: float = 0.0) -> Problem:
    said = Uncertainty(correlations=(Correlation("headlines.a", "headlines.b", rank),) if rank else ())
    return linear({"a": 1.0, "b": 2.0}, {"a": ranged(0, 4, 10), "b": b or ranged(0, 5, 10)}, said)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CASEBUILDER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def bits(found: Simulation | None) -> bytes:
    assert found is not None
    return found.column("bau", "npsv").tobytes()


def test_what_is_kept_is_taken_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures, scores and what is told of them; nothing is drawn again."""
    first = simulation_kept(case(), 500, 3)
    monkeypatch.setattr(kept, "simulate", None)
    again = simulation_kept(case(), 500, 3)
    assert first is not None and again is not None
    assert bits(again) == bits(first) == bits(simulate(case(), range(500), 3))
    assert again.scores(1).tobytes() == first.scores(1).tobytes()
    assert replace(again, columns=first.columns, drawing=first.drawing) == replace(first, case=again.case)
    assert np.array_equal(again.case, first.case, equal_nan=True)


@pytest.mark.parametrize(
    "other",
    [
        lambda: simulation_kept(case(), 500, 4),
        lambda: simulation_kept(case(), 499, 3),
        lambda: simulation_kept(case(), 500, 3, "latin"),
        lambda: simulation_kept(case(ranged(0, 5, 11)), 500, 3),
        lambda: simulation_kept(case(ranged(0, 5, 10, "uniform")), 500, 3),
        lambda: simulation_kept(case(rank=0.5), 500, 3),
    ],
)
def test_another_seed_number_range_shape_or_correlation_is_another(other: object) -> None:
    first = bits(simulation_kept(case(), 500, 3))
    assert bits(other()) != first  # type: ignore[operator]


def test_a_file_that_is_cut_short_is_worked_out_again(cache: Path) -> None:
    first = bits(simulation_kept(case(), 500, 3))
    (numbers,) = cache.glob("*.f64")
    numbers.write_bytes(numbers.read_bytes()[:-8])
    assert bits(simulation_kept(case(), 500, 3)) == first


def test_nothing_is_kept_where_the_folder_is_empty(monkeypatch: pytest.MonkeyPatch, cache: Path) -> None:
    monkeypatch.setenv("CASEBUILDER_CACHE", "")
    assert simulation_kept(case(), 50, 3) is not None
    assert not cache.exists()


def test_memory_does_not_grow_with_the_number_of_draws() -> None:
    """Figures go to disk as they are worked out: ten times the draws, at most half as much memory again."""

    def most(draws: int) -> int:
        tracemalloc.start()
        simulate(case(), range(draws), 1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(600)
    assert most(20_000) <= 1.5 * most(2_000)
