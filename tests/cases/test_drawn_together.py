"""A case with ranges of every shape, a driver and a correlation in its files, drawn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from casebuilder.analysis.uncertainty.chance.drawn import Drawing, drawing
from casebuilder.case import load_case
from tests.starter import starter_copy

DRAWS = range(2_048)
FILES = {
    "uncertainty.yaml": """drivers:
  building_prices: {inputs: [equipment.unit_price, -equipment.life], source: L1}
correlations:
  - {between: [building_prices, demand.national_growth], rank: 0.6, source: L1, note: For the test.}
""",
    "data/seen.csv": "year,induced\n1,0.01\n2,0.02\n3,0.05\n4,0.02\n",
}
LOCAL = "source: L1, state: local"
BLOCKS = {
    "demand.induced_demand": f"value: 0.02, range: {{file: data/seen.csv, column: induced}}, {LOCAL}",
    "equipment.life": f"value: 8, range: {{values: [7, 8, 10], chances: [0.25, 0.5, 0.25]}}, {LOCAL}",
    "throughput.uptime": f"value: 0.95, range: [0.9, 0.98], shape: normal, {LOCAL}",
    "pay.place_on_scale": (
        "value: 0.5, range: [0.25, 1], shape: uniform, draw: whole, source: L1, state: chosen"
    ),
}


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawing:
    """The starter case with these files and blocks; the blocks replace what the case gives."""
    folder = starter_copy(tmp_path_factory.mktemp("drawn") / "case")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for key, block in BLOCKS.items():
        chapter, name = key.split(".")
        path = folder / f"{chapter}.yaml"
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        assert f"\n{name}:" not in f"\n{text}", f"the case gives {key} itself"
        path.write_text(f"{text}\n{name}: {{{block}}}\n", encoding="utf-8")
    return drawing(load_case(str(folder)).problem, 1)


def values(drawn: Drawing, key: str) -> np.ndarray:
    """All values of an input, by draw."""
    (item,) = [each.item for each in drawn.inputs if each.item.key == key]
    return drawn.plan.samples([item], DRAWS, drawn.sampling)[item].reshape(len(DRAWS), -1)


def place(drawn: Drawing, key: str) -> int:
    return [each.item.key for each in drawn.inputs].index(key)


def test_every_shape_is_drawn_as_its_file_says(drawn: Drawing) -> None:
    """Rows of a file alike, a list by its chances, P10 and median of a normal, a decision that is drawn."""
    seen, counts = np.unique(values(drawn, "demand.induced_demand"), return_counts=True)
    assert seen.tolist() == [0.01, 0.02, 0.05]
    assert counts / counts.sum() == pytest.approx([0.25, 0.5, 0.25], abs=0.002)
    life, counts = np.unique(values(drawn, "equipment.life")[:, 0], return_counts=True)
    assert life.tolist() == [7, 8, 10]
    # What is correlated is spread as by chance: three errors.
    assert counts / len(DRAWS) == pytest.approx([0.25, 0.5, 0.25], abs=3 * np.sqrt(0.25 / len(DRAWS)))
    uptime = values(drawn, "throughput.uptime")
    moving = uptime[:, uptime.std(axis=0) > 0][:, 0]
    assert np.quantile(moving, [0.1, 0.5]) == pytest.approx([0.9, 0.95], abs=0.002) and moving.max() <= 1
    scale = values(drawn, "pay.place_on_scale")
    assert scale.mean() == pytest.approx(0.625, abs=0.002) and scale.min() > 0.25 and scale.max() < 1


def test_a_driver_and_a_correlation_of_the_files_hold(drawn: Drawing) -> None:
    """One score for both, turned round for one; the rank correlation asked for, within sampling error."""
    price, life, growth = (
        drawn.scores(place(drawn, key), DRAWS)
        for key in ("equipment.unit_price", "equipment.life", "demand.national_growth")
    )
    assert (life == 1 - price).all()
    assert spearmanr(price, growth).statistic == pytest.approx(0.6, abs=3 / np.sqrt(len(DRAWS)))
    assert drawn.mended == ()
