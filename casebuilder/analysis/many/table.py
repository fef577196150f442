"""The tidy table of draws: a row for each case, draw, option and headline, mergeable by these four.

A run of draws that was worked out in pieces gives the rows, the order and the bits of one that was not. The
case itself, without any draw, is draw -1 and stands beside draw 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.errors import CaseError
from casebuilder.whole import written_whole

if TYPE_CHECKING:
    import pyarrow as pa

CENTRAL = -1
KEY = ("case", "draw", "option", "headline")
_META = b"casebuilder"
# So many rows a group, whatever pieces they came in.
_GROUP = 1 << 18
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Head:
    """What stands beside the rows of one case.

    Attributes
    ----------
    case, title
        The name of its folder, and how people read it.
    inputs_sha256, version, seed
        Of its values, of casebuilder, and what the draws begin from.
    draws
        The first draw and the one after the last, of each piece, in order.
    base_year, baseline
        The year of real prices, and the option that others are set against.
    options, figures
        Labels of the options by id, and units of the headlines by name, in the order of the rows.
    drawn
        How many inputs are drawn.
    status
        What the checks of the case itself come to, in words; empty in a piece without draw 0.
    faults
        The checks that fail or cannot be worked out, one in words each.
    """

    case: str
    title: str
    inputs_sha256: str
    version: str
    seed: int
    draws: tuple[tuple[int, int], ...]
    base_year: str
    baseline: str
    options: Mapping[str, str]
    figures: Mapping[str, str]
    drawn: int
    status: str = ""
    faults: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The option put forward: the last."""
        return list(self.options)[-1]


def schema() -> pa.Schema:
    """The columns of the table."""
    import pyarrow as pa

    word = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [
            pa.field("case", word, nullable=False),
            pa.field("inputs_sha256", word, nullable=False),
            pa.field("version", word, nullable=False),
            pa.field("seed", pa.int64(), nullable=False),
            pa.field("draw", pa.int64(), nullable=False),
            pa.field("option", word, nullable=False),
            pa.field("headline", word, nullable=False),
            pa.field("value", pa.float64()),
        ]
    )


def tidy(head: Head, draws: Sequence[int], values: Values) -> pa.Table:
    """The rows of some draws.

    Parameters
    ----------
    head
        Of which case they are.
    draws
        The number of each draw, `CENTRAL` for the case itself.
    values
        By draw, option and figure in the order of the head; NaN where a headline is empty.
    """
    import pyarrow as pa

    options, figures = list(head.options), list(head.figures)
    count = len(draws) * len(options) * len(figures)

    def words(known: list[str], codes: NDArray[np.int32]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(known, pa.string()))

    def one(word: str) -> pa.DictionaryArray:
        return words([word], np.zeros(count, np.int32))

    flat = np.ascontiguousarray(values, np.float64).reshape(-1) + 0.0  # turns -0 into 0
    by_option = np.repeat(np.arange(len(options), dtype=np.int32), len(figures))
    columns = [
        one(head.case),
        one(head.inputs_sha256),
        one(head.version),
        pa.array(np.full(count, head.seed, np.int64)),
        pa.array(np.repeat(np.asarray(draws, np.int64), len(options) * len(figures))),
        words(options, np.tile(by_option, len(draws))),
        words(figures, np.tile(np.arange(len(figures), dtype=np.int32), len(draws) * len(options))),
        pa.array(flat, mask=~np.isfinite(flat)),
    ]
    return pa.table(columns, schema=schema()).replace_schema_metadata(_metadata([head]))


def heads(source: pa.Table | pa.Schema) -> list[Head]:
    """What stands beside the rows of a table.

    Raises
    ------
    CaseError
        It is none of ours.
    """
    metadata = (source if not hasattr(source, "schema") else source.schema).metadata or {}
    try:
        return [_head(each) for each in json.loads(metadata[_META])["cases"]]
    except (KeyError, TypeError, ValueError):
        raise CaseError(
            "not a table of draws: casebuilder run and casebuilder portfolio write them"
        ) from None


def merged(tables: Sequence[pa.Table]) -> pa.Table:
    """Pieces of one case put together, in the order of their draws.

    Raises
    ------
    CaseError
        They are of different values, versions or seeds, or two hold the same draw.
    """
    import pyarrow as pa

    pieces = sorted(((heads(table)[0], table) for table in tables), key=lambda piece: piece[0].draws)
    head = merged_head([head for head, _ in pieces])
    table = pa.concat_tables([table.replace_schema_metadata() for _, table in pieces])
    return table.unify_dictionaries().combine_chunks().replace_schema_metadata(_metadata([head]))


def merged_head(pieces: Sequence[Head]) -> Head:
    """What stands beside pieces of one case put together.

    Raises
    ------
    CaseError
        They are of different values, versions or seeds, or two hold the same draw.
    """
    pieces = sorted(pieces, key=lambda head: head.draws)
    draws: list[tuple[int, int]] = []
    for head in pieces:
        if _same(head) != _same(pieces[0]):
            raise CaseError(f"{head.case}: pieces of different values, versions or seeds make no table")
        for begin, end in head.draws:
            if draws and begin < draws[-1][1]:
                raise CaseError(f"{head.case}: draw {begin} stands in two pieces")
            if draws and begin == draws[-1][1]:
                draws[-1] = (draws[-1][0], end)
            else:
                draws.append((begin, end))
    told = next((head for head in pieces if head.status), pieces[0])
    return replace(told, draws=tuple(draws))


def cube(table: pa.Table) -> tuple[Values, Values]:
    """The case itself, by option and figure, and the draws, by draw, option and figure; NaN where empty."""
    head = heads(table)[0]
    shape = (-1, len(head.options), len(head.figures))
    values = np.asarray(table["value"].to_numpy(), np.float64).reshape(shape)
    drawn = np.asarray(table["draw"].to_numpy()).reshape(shape)[:, 0, 0] != CENTRAL
    central = values[~drawn]
    none = np.full(shape[1:], np.nan)
    return (central[0] if len(central) else none), values[drawn]


def read(path: Path) -> pa.Table:
    """A table as it was written.

    Raises
    ------
    CaseError
        It cannot be read, or is none of ours.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (OSError, pa.ArrowException) as fault:
        raise CaseError(f"cannot read {path}: {fault}") from None
    heads(table)
    return table


def read_head(path: Path) -> Head:
    """What stands beside the rows of a file of one case, the rows left unread.

    Raises
    ------
    CaseError
        It cannot be read, or is none of ours.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return heads(pq.read_schema(path))[0]
    except (OSError, pa.ArrowException) as fault:
        raise CaseError(f"cannot read {path}: {fault}") from None


def packed(table: pa.Table) -> bytes:
    """The file of a table, as bytes."""
    found = BytesIO()
    _write(found, heads(table), [table])
    return found.getvalue()


def write(path: Path, found: Sequence[Head], tables: Iterable[pa.Table]) -> None:
    """Write tables as one file, beside it and renamed into place; one case after the other is in memory.

    Raises
    ------
    CaseError
        It cannot be written.
    """
    with written_whole(path) as draft:
        _write(draft, found, tables)


def _write(target: Path | BytesIO, found: Sequence[Head], tables: Iterable[pa.Table]) -> None:
    import pyarrow.parquet as pq

    wanted = schema().with_metadata(_metadata(found))
    with pq.ParquetWriter(target, wanted, compression="zstd") as writer:
        for table in tables:
            writer.write_table(table.replace_schema_metadata(_metadata(found)), row_group_size=_GROUP)


def _metadata(found: Sequence[Head]) -> dict[bytes, bytes]:
    return {_META: json.dumps({"cases": [asdict(head) for head in found]}).encode()}


def _head(data: dict[str, Any]) -> Head:
    draws = tuple((begin, end) for begin, end in data["draws"])
    return Head(**{**data, "draws": draws, "faults": tuple(data["faults"])})


def _same(head: Head) -> Head:
    """What pieces of one table share."""
    return replace(head, draws=(), status="", faults=())
