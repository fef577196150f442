"""What a case is worth does not hang on where its months end and its years alone go on."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.case import load_case
from tests.longer import longer_case

WITHIN = 0.02
# The months more that the horizon of a case has room for.
LONGER = {
    "cmast": (24, 48, 84),
    "cmast_2025": (24, 48, 84),
    "digital_diagnostics": (24, 48),
    "lancashire_south_cumbria": (24, 48, 84),
    "norfolk_waveney": (24, 48, 84),
}


def value(name: str) -> dict[str, tuple[float, float]]:
    """Net present social value and net present cost of each option."""
    found = load_case(name).headlines
    told = {key: option.headlines for key, option in found.items()}
    return {key: (float(of["npsv"] or 0), float(of["net_present_cost"] or 0)) for key, of in told.items()}


def ranking(of: dict[str, tuple[float, float]]) -> list[str]:
    """The options, best first."""
    return sorted(of, key=lambda key: -of[key][0])


def hardly_moves(name: str, months: int, folder: Path) -> None:
    """Within two hundredths of what each option costs, and no option overtakes another.

    An option that saves nearly what it costs is measured by what the baseline costs, not by the
    little that is left.
    """
    shipped, longer = value(name), value(str(longer_case(folder, name, months)))
    least = abs(shipped["bau"][1])
    moved = {
        key: abs(longer[key][0] - npsv) / max(abs(cost), least)
        for key, (npsv, cost) in shipped.items()
        if cost
    }
    assert len(moved) >= len(shipped) - 1
    assert {key: share for key, share in moved.items() if share > WITHIN} == {}
    assert ranking(longer) == ranking(shipped)


def test_two_years_of_months_more(tmp_path: Path) -> None:
    """In the smallest case."""
    hardly_moves("digital_diagnostics", 24, tmp_path / "longer")


@pytest.mark.full
@pytest.mark.parametrize(("name", "months"), [(name, months) for name, of in LONGER.items() for months in of])
def test_any_number_of_months_more(name: str, months: int, tmp_path: Path) -> None:
    """In every shipped case."""
    hardly_moves(name, months, tmp_path / "longer")
