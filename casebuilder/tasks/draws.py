"""The draws of a simulation as one tidy table: a row for each draw, option and figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from casebuilder.whole import written_whole

if TYPE_CHECKING:
    from casebuilder.analysis.uncertainty.chance.simulation import Simulation


def write_draws(
    simulation: Simulation,
    path: Path,
    options: Sequence[str],
    progress: Callable[[str], None] = lambda _: None,
) -> int:
    """Write `draw,option,figure,value` as Parquet, figure by figure; gives the number of rows.

    Parameters
    ----------
    simulation
        The draws.
    path
        The file; an older one is replaced only when the new one is whole.
    options
        The options to write.
    progress
        Told the name of each stage.

    Raises
    ------
    CaseError
        The file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    words = pa.dictionary(pa.int32(), pa.string())
    names = [("draw", pa.int64()), ("option", words), ("figure", words), ("value", pa.float64())]
    schema = pa.schema(names)
    numbers = pa.array(np.arange(simulation.draws.start, simulation.draws.stop))
    count = len(simulation.draws)
    with written_whole(path) as draft, pq.ParquetWriter(draft, schema) as writer:
        for option in options:
            progress(f"Writing the draws of {option}")
            for figure in simulation.figures:
                column = simulation.column(option, figure)
                value = pa.array(column, mask=~np.isfinite(column))
                texts = [_same(text, count) for text in (option, figure)]
                writer.write_table(pa.table([numbers, *texts, value], schema=schema))
    return count * len(options) * len(simulation.figures)


def _same(text: str, count: int):  # type: ignore[no-untyped-def]
    """A column that holds one word."""
    import pyarrow as pa

    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), [text])
