"""The files of a merge written together."""

from __future__ import annotations

from pathlib import Path

from casebuilder.tasks.merge.run import Merge
from casebuilder.tasks.together import write_together


def write(found: Merge, folder: Path, *, whole: bool) -> None:
    """Write a result.

    Parameters
    ----------
    found
        The result.
    folder
        A's folder, or a new one.
    whole
        Whether every file is written; else those that differ from A's, and what is gone is taken away.
    """
    files = {folder / name: data for name, data in found.files.items()}
    if not whole:
        files = {
            path: data for path, data in files.items() if not path.is_file() or path.read_bytes() != data
        }
    write_together(files)
    if not whole:
        for name in found.gone:
            (folder / name).unlink(missing_ok=True)
