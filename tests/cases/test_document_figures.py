"""Figures in README, docs and expected.yaml are what the cases give, to the last digit written."""

from __future__ import annotations

import pytest

from tests import figures
from tests.figures import DOCUMENTS, Figure, read, register, stale, unheld, written_like

AT_LEAST = 860


@pytest.mark.parametrize("file", DOCUMENTS)
def test_no_figure_is_stale(file: str) -> None:
    """Each figure held is that of its case; what is stale is told with the new value."""
    assert stale([figure for figure in figures.figures(file) if not figure.run]) == []


@pytest.mark.full
@pytest.mark.parametrize("file", DOCUMENTS)
def test_no_figure_of_a_run_is_stale(file: str) -> None:
    """The same of figures that need a run of their own, with values set."""
    assert stale([figure for figure in figures.figures(file) if figure.run]) == []


@pytest.mark.parametrize("file", DOCUMENTS)
def test_every_figure_is_held_or_has_a_reason(file: str) -> None:
    """What looks like a figure is held to a case, or the register says why not."""
    assert unheld(file) == []


def test_the_register_is_of_documents_there_are() -> None:
    """No entry is left of a document that is gone, and most results are held."""
    assert set(register()) <= set(DOCUMENTS)
    held = [figure for file in DOCUMENTS for figure in figures.figures(file)]
    assert len(held) >= AT_LEAST
    assert len({(figure.file, figure.start) for figure in held}) == len(held)


@pytest.mark.parametrize(
    ("written", "value", "holds"),
    [
        ("£36.9m", 36_893_562.0, True),
        ("£36.9m", 36_960_000.0, False),
        ("£3.5m", 3_480_000.0, True),
        ("96 %", 0.938, False),
        ("93.8 %", 0.93821, True),
        ("46,000", 47_050.0, False),
        ("47,050", 47_049.7, True),
        ("47,000", 47_450.0, True),
        ("10", 13.6, False),
        ("£500m", 453_600_000.0, False),
        ("£500m", 504_000_000.0, True),
        ("−£115.7m", -115_690_000.0, True),
        ("£115.7m", -115_690_000.0, False),
        ("none", float("nan"), True),
        ("none", 0.0, False),
        ("194", 193.6, True),
        ("0", 0.4, True),
        ("0", 0.6, False),
    ],
)
def test_a_figure_holds_to_its_last_digit(written: str, value: float, holds: bool) -> None:
    """Written to a digit it may be half a digit off; zeros that end a whole number are no digits."""
    assert Figure("README.md", written, 0, "", "").holds(value) == holds


def test_the_new_value_is_written_like_the_old() -> None:
    """So that it can be pasted."""
    for written, value, new in (
        ("96 %", 0.93821, "94 %"),
        ("£36.9m", 33_375_421.9, "£33.4m"),
        ("46,000", 61_474.8, "61,000"),
        ("+£3.8m", -1_240_000.0, "−£1.2m"),
        ("102,600", 98_049.0, "98,000"),
        ("none", 0.5, "0.5"),
    ):
        assert written_like(value, written) == new
    assert read("39.6", "m") == pytest.approx((39.6e6, 1e5))


def test_a_stale_figure_and_one_that_nobody_holds_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page of the digital case with one figure changed, and a sentence of new figures."""
    file = "docs/digital_diagnostics.md"
    text = figures.text_of(file).replace("£163.5m", "£162.5m") + "\nIt frees £7.1m, 12 % of 4,300 tests.\n"
    monkeypatch.setattr(figures, "text_of", lambda _: text)
    (told,) = stale(list(figures.figures(file)))
    assert "£162.5m is £163.5m (digital_diagnostics headlines.capital_outturn" in told
    assert [one.rpartition(": ")[2] for one in unheld(file)] == ["£7.1m", "12 %", "4,300"]


def test_a_run_may_have_inputs_as_another_option_has_them() -> None:
    """One input, and one by member; and a rank counts all options."""
    name = "norfolk_waveney"
    assert figures.as_in(name, "preferred", "separate", ("lists.pooling", "workforce.turnover")) == (
        "preferred:lists.pooling=0.0",
        "preferred:workforce.turnover[radiographer]=0.1",
        "preferred:workforce.turnover[sonographer]=0.1",
        "preferred:workforce.turnover[reporter]=0.07",
    )
    case = figures.solved(name, ())
    ranks = [
        figures.evaluated("above(*:headlines.npsv, headlines.npsv) + 1", case, option)
        for option in case.problem.frame.option_ids
    ]
    assert sorted(ranks) == [1, 2, 3, 4, 5, 6]
