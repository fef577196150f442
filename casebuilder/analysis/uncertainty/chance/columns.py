"""Figures of many draws, column by column on disk: however many draws there are, memory holds one column."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO

import numpy as np

from casebuilder.evaluate.axes import Array

_BYTES = 8
_KIND = "<f8"


class Columns:
    """Columns of numbers, each as long as there are draws, in a file of the system that nobody else sees.

    Parameters
    ----------
    count
        How many columns.
    draws
        How long each is.
    """

    def __init__(self, count: int, draws: int) -> None:
        """Begin with columns that hold nothing yet."""
        self.count, self.draws = count, draws
        self._file: BinaryIO = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open as long as they are

    def put(self, first: int, block: Array) -> None:
        """Put some draws of every column in their place.

        Parameters
        ----------
        first
            The place of the first of them.
        block
            By draw and column.
        """
        turned = np.ascontiguousarray(block.T, dtype=_KIND)
        for column in range(self.count):
            self._file.seek((column * self.draws + first) * _BYTES)
            _write(self._file, memoryview(turned[column]).cast("B"))

    def get(self, column: int) -> Array:
        """One column, in every draw."""
        found = np.empty(self.draws, dtype=_KIND)
        self._file.seek(column * self.draws * _BYTES)
        _read(self._file, found.view(np.uint8).data)
        return found.astype(np.float64, copy=False)

    def save(self, path: Path) -> None:
        """Write all of them to a file, one after the other."""
        with path.open("wb") as file:
            for column in range(self.count):
                file.write(self.get(column).astype(_KIND, copy=False).tobytes())

    @classmethod
    def load(cls, path: Path, count: int, draws: int) -> Columns:
        """The columns of a file.

        Raises
        ------
        ValueError
            The file does not hold so many.
        """
        if path.stat().st_size != count * draws * _BYTES:
            raise ValueError(f"{path} does not hold {count} columns of {draws} numbers")
        found = cls.__new__(cls)
        found.count, found.draws = count, draws
        found._file = path.open("rb", buffering=0)
        return found


def _write(file: BinaryIO, left: memoryview) -> None:
    while left:
        left = left[file.write(left) :]


def _read(file: BinaryIO, left: memoryview) -> None:
    while left:
        got = file.readinto(left)  # type: ignore[attr-defined]
        if not got:
            raise OSError("figures of draws were cut short")
        left = left[got:]
