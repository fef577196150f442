"""What goes together: the correlation asked for is the correlation got, and nothing else moves."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import kstest, spearmanr

from casebuilder.analysis.uncertainty.chance.dependence import nearest
from casebuilder.analysis.uncertainty.chance.drawn import drawing
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.values import Correlation, Uncertainty
from tests.unit.analysis.uncertainty.drawn_case import Drawn, linear, ranged, without

NAMES = ("a", "b", "c", "d")
DRAWS = 8_192
# Of a rank correlation of so many draws that know nothing of each other.
ERROR = 1 / np.sqrt(DRAWS)


def case(uncertainty: Uncertainty | None = None, names: tuple[str, ...] = NAMES) -> Problem:
    values = {name: ranged(0, 2 + place, 10) for place, name in enumerate(names)}
    return linear(dict.fromkeys(names, 1.0), values, uncertainty)


def correlated(*pairs: tuple[str, str, float]) -> Uncertainty:
    return Uncertainty(
        correlations=tuple(Correlation(f"headlines.{a}", f"headlines.{b}", r) for a, b, r in pairs)
    )


def ranks(problem: Problem, sampling: str = "sobol") -> np.ndarray:
    drawn = drawing(problem, 5, sampling, DRAWS)
    samples = drawn.samples(range(DRAWS))
    return np.array([samples[each.item].ravel() for each in drawn.inputs])


@pytest.mark.parametrize("sampling", ["sobol", "latin"])
@pytest.mark.parametrize("rank", [-0.9, -0.4, 0.0, 0.3, 0.7, 0.95])
def test_the_correlation_asked_for_is_got(rank: float, sampling: str) -> None:
    """Of the ranks of the values drawn, within three errors of sampling; the ranges stay as they were."""
    values = ranks(case(correlated(("a", "b", rank))), sampling)
    assert spearmanr(values[0], values[1]).statistic == pytest.approx(rank, abs=3 * ERROR)
    alone = ranks(case(), sampling)
    for place in range(len(NAMES)):
        assert np.sort(values[place]).mean() == pytest.approx(alone[place].mean(), rel=5e-3)


def test_a_whole_matrix_is_got() -> None:
    """Several at once, chained and against each other."""
    asked = {("a", "b"): 0.6, ("b", "c"): -0.5, ("a", "c"): -0.2}
    values = ranks(case(correlated(*((a, b, r) for (a, b), r in asked.items()))))
    for (a, b), rank in asked.items():
        got = spearmanr(values[NAMES.index(a)], values[NAMES.index(b)]).statistic
        assert got == pytest.approx(rank, abs=3 * ERROR)
    assert spearmanr(values[3], values[0]).statistic == pytest.approx(0, abs=3 * ERROR)


def test_the_nearest_matrix_is_the_published_one() -> None:
    """Higham (2002), the example of section 4: 0.7607 and 0.1573."""
    asked = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [0.0, 1.0, 1.0]])
    found = nearest(asked)
    assert found[0, 1] == pytest.approx(0.7607, abs=5e-5) and found[0, 2] == pytest.approx(0.1573, abs=5e-5)
    assert np.linalg.eigvalsh(found).min() >= -1e-9 and np.diag(found) == pytest.approx(1)


def test_correlations_that_cannot_all_hold_are_mended_and_told() -> None:
    """What is used is got, and both are there to be shown."""
    problem = case(correlated(("a", "b", 0.9), ("b", "c", 0.9), ("a", "c", -0.9)))
    (group,) = drawing(problem, 1).mended
    assert np.linalg.eigvalsh(2 * np.sin(np.pi * group.used / 6)).min() > -1e-6
    assert group.asked[0, 2] == -0.9 and group.used[0, 2] > -0.9
    values = ranks(problem)
    assert spearmanr(values[0], values[2]).statistic == pytest.approx(group.used[0, 2], abs=3 * ERROR)
    assert drawing(case(correlated(("a", "b", 0.9))), 1).mended == ()


def test_a_driver_moves_its_inputs_together_and_against() -> None:
    """Three inputs on one score, one of them turned round; a correlation with the driver is one with each."""
    said = Uncertainty(
        drivers={"headlines.a": ("prices", 1), "headlines.b": ("prices", 1), "headlines.c": ("prices", -1)},
        correlations=(Correlation("prices", "headlines.d", 0.5),),
    )
    values = ranks(case(said))
    assert spearmanr(values[0], values[1]).statistic == pytest.approx(1)
    assert spearmanr(values[0], values[2]).statistic == pytest.approx(-1)
    assert spearmanr(values[1], values[3]).statistic == pytest.approx(0.5, abs=3 * ERROR)
    against = Uncertainty(
        drivers=said.drivers, correlations=(Correlation("headlines.c", "headlines.d", 0.5),)
    )
    assert spearmanr(*ranks(case(against))[[0, 3]]).statistic == pytest.approx(-0.5, abs=3 * ERROR)


@pytest.mark.parametrize("sampling", ["sobol", "latin"])
def test_what_is_unrelated_keeps_its_scores_to_the_last_bit(sampling: str) -> None:
    """An input that gains a range, and a correlation of others, change no score of any other input."""
    whole = case(correlated(("a", "b", 0.4)))
    less = without(whole, "headlines.d")
    some = range(300, 700)
    full, short = drawing(whole, 9, sampling, DRAWS), drawing(less, 9, sampling, DRAWS)
    assert len(full.inputs) == 4 and len(short.inputs) == 3
    for place in range(3):
        assert full.scores(place, some).tobytes() == short.scores(place, some).tobytes()
    more = drawing(case(correlated(("a", "b", 0.4), ("c", "d", 0.8))), 9, sampling, DRAWS)
    for place in range(3):  # c comes first of its own group and stays
        assert more.scores(place, some).tobytes() == full.scores(place, some).tobytes()


def test_an_input_is_drawn_as_a_whole_unless_its_case_says_each() -> None:
    """One score for all members; with `draw: each` one a member, that its periods share."""
    built = Drawn({"site": ("a", "b")})
    years = built.frame.ids("year")
    values = {(site, year): ranged(0, 4, 10) for site in "ab" for year in years}
    item = built.input("cost", values, ("site", "year"))
    built.line("npsv", item * 1, over=("site", "year"))
    for each in (False, True):
        problem = built.problem(Uncertainty(each=frozenset({"headlines.cost"}) if each else frozenset()))
        drawn = drawing(problem, 1)
        x = problem.axes.plain(drawn.samples(range(4_096))[drawn.inputs[0].item], ("site", "year"))[:, 0]
        assert (x[:, :, 0] == x[:, :, 2]).all()
        assert bool((x[:, 0] == x[:, 1]).all()) is not each
        scores = drawn.scores(0, range(4_096))
        assert kstest(scores, "uniform").pvalue > 1e-3
        if each:
            assert spearmanr(x[:, 0, 0], x[:, 1, 0]).statistic == pytest.approx(0, abs=0.06)
