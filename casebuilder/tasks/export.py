"""Export every line as one tidy table: a row for each option, combination and period."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from casebuilder.algebra.dimensions import TIME, time_of, without_time
from casebuilder.algebra.terms import Line
from casebuilder.errors import CaseError
from casebuilder.evaluate.engine import Results
from casebuilder.evaluate.problem import Problem
from casebuilder.inputs.files.tables import as_cell
from casebuilder.whole import written_whole

if TYPE_CHECKING:
    import pandas as pd

Codes = NDArray[np.int32]
Progress = Callable[[str], None]
PERIOD = "period"
# Excel shows so many rows of a file and leaves out the rest; a table near them will not hold when it grows.
EXCEL_ROWS = 1_048_576
NEAR = 0.8


def export(
    results: Results,
    path: Path,
    progress: Progress = lambda _: None,
    option: str | None = None,
    chapter: str | None = None,
) -> int:
    """Write the table as CSV or Parquet; gives the number of rows.

    Parameters
    ----------
    results
        The values of every line.
    path
        The file, `.csv` or `.parquet`; an older one is replaced only when the new one is whole. A CSV is
        UTF-8 with a byte-order mark, without which Excel takes £ for two other characters.
    progress
        Told the name of each stage.
    option, chapter
        The only option and the only chapter to write; all where not given.

    Raises
    ------
    CaseError
        The file cannot be written, or there is no such option or chapter.
    """
    progress("Gathering the lines")
    table = tidy(results, option, chapter)
    progress(f"Writing {len(table):,} rows")
    with written_whole(path) as draft:
        _write(table, draft, parquet=path.suffix.lower() == ".parquet")
    return len(table)


def _write(table: pd.DataFrame, path: Path, *, parquet: bool) -> None:
    if parquet:
        table.to_parquet(path, engine="pyarrow", index=False)
        return
    # Text is put together a column at a time, once for rows that differ in their period alone: many times
    # as fast as to_csv, and a float's text is its repr, which reads back as the same number.
    *columns, periods = (table[name].array for name in table.columns[:-1])
    begins = np.zeros(len(table), dtype=bool)
    begins[:1] = True
    for column in columns:
        begins[1:] |= column.codes[1:] != column.codes[:-1]
    starts = np.flatnonzero(begins)
    same = np.full(len(starts), "", dtype=object)
    for column in columns:
        same += _words(column)[column.codes[starts]]
    rows = np.repeat(same, np.diff([*starts, len(table)])) + _words(periods)[periods.codes]
    values = ["" if value != value else repr(value) for value in table["value"].tolist()]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        file.write(",".join(table.columns) + "\n")
        file.write("\n".join((rows + np.array(values, dtype=object)).tolist()) + "\n")


def _words(column: pd.Categorical[str]) -> NDArray[np.object_]:
    """The words of a column as cells, each with the comma after it; last what stands for none."""
    return np.array([*(f"{as_cell(str(word))}," for word in column.categories), ","], dtype=object)


def dimensions_in_use(problem: Problem) -> list[str]:
    """The dimensions beside time that some line runs over, in their order."""
    used = {dimension for line in problem.lines for dimension in without_time(line.over)}
    return list(problem.frame.in_order(used))


def too_long_for_excel(path: Path, rows: int) -> str | None:
    """A warning where Excel does not show all rows of a CSV, or soon will not; None where it does."""
    lines = rows + 1  # the names of the columns
    if path.suffix.lower() != ".csv" or lines < NEAR * EXCEL_ROWS:
        return None
    over = lines - EXCEL_ROWS
    what = f"the last {over:,} would be left out" if over > 0 else "a longer case would lose its last"
    return (
        f"{path}: {rows:,} rows, and Excel shows at most {EXCEL_ROWS:,}: {what}; write a .parquet, or less "
        "with --option OPTION or --chapter CHAPTER"
    )


def tidy(results: Results, option: str | None = None, chapter: str | None = None) -> pd.DataFrame:
    """The table: line, label, unit, option, the dimensions in use, period and value.

    Text columns are categories; what a line does not run over is empty, and so is an empty value. With
    `option` or `chapter` it holds these alone.

    Raises
    ------
    CaseError
        There is no such option or chapter.
    """
    import pandas as pd

    problem = results.problem
    frame, lines = problem.frame, list(problem.lines)
    if option is not None and option not in frame.option_ids:
        raise CaseError(f"no option '{option}': there are {', '.join(frame.option_ids)}")
    if chapter is not None:
        known = list(dict.fromkeys(line.chapter for line in lines))
        if chapter not in known:
            raise CaseError(f"no chapter '{chapter}': there are {', '.join(known)}")
        lines = [line for line in lines if line.chapter == chapter]
    parts = [_rows(results, line, option) for line in lines]
    sizes = [len(values) for _, values in parts]
    which = np.repeat(np.arange(len(lines), dtype=np.int32), sizes)

    def column(words: list[str], codes: Codes) -> pd.Categorical[str]:
        """Codes of words that may repeat, as categories that do not."""
        unique = list(dict.fromkeys(words))
        places = np.array([unique.index(word) for word in words] + [-1], dtype=np.int32)
        return pd.Categorical.from_codes(places[codes], categories=pd.Index(unique))

    def joined(dimension: str) -> Codes:
        return np.concatenate(
            [
                codes[dimension] if dimension in codes else np.full(size, -1, np.int32)
                for (codes, _), size in zip(parts, sizes, strict=True)
            ]
        )

    data: dict[str, pd.Categorical[str] | NDArray[np.float64]] = {
        "line": column([line.key for line in lines], which),
        "label": column([line.label for line in lines], which),
        "unit": column([line.unit for line in lines], which),
        "option": column(list(frame.option_ids), joined("option")),
    }
    for dimension in dimensions_in_use(problem):
        data[dimension] = column(list(frame.ids(dimension)), joined(dimension))
    data[PERIOD] = column([period for axis in TIME for period in frame.ids(axis)], joined(PERIOD))
    # Adding 0 turns -0 into 0.
    data["value"] = np.concatenate([values for _, values in parts]) + 0.0
    return pd.DataFrame(data)


def _rows(results: Results, line: Line, option: str | None) -> tuple[dict[str, Codes], NDArray[np.float64]]:
    """A line's values, and for each the place of its option, members and period."""
    frame = results.problem.frame
    over, axis = without_time(line.over), time_of(line.over)
    values = results.array(line)[0]
    first = 0 if option is None else frame.option_ids.index(option)
    values = values if option is None else values[first : first + 1]
    options, periods = values.shape[0], len(frame.ids(axis)) if axis else 1
    positions = frame.positions
    rows = [[positions[d][row[d]] for d in over] for row in frame.combinations(over)]
    members = np.array(rows, dtype=np.int32).reshape(len(rows), len(over))
    flat = values.reshape(options, -1, periods)
    if over:
        sizes = [len(frame.ids(dimension)) for dimension in over]
        flat = flat[:, np.ravel_multi_index(tuple(members.T), sizes), :]
    count = len(members)
    codes = {
        dimension: np.tile(np.repeat(members[:, place], periods), options)
        for place, dimension in enumerate(over)
    }
    codes["option"] = np.repeat(np.arange(first, first + options, dtype=np.int32), count * periods)
    if axis:
        start = sum(len(frame.ids(earlier)) for earlier in TIME[: TIME.index(axis)])
        codes[PERIOD] = np.tile(np.arange(start, start + periods, dtype=np.int32), options * count)
    return codes, np.ascontiguousarray(flat).reshape(-1)
