"""Checks of the program's own files, run when one of them has changed and not at every command."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_SOURCES = (".py", ".yaml")


def check_once(check: Callable[[], None], folders: Iterable[Path] = ()) -> None:
    """Run a check unless the files of the package are those that passed it last.

    They are told by name, size and time of change, as Python tells whether a module must be compiled anew,
    and what passed is kept where Python would keep compiled modules. Where nothing can be kept, the check
    runs every time.

    Parameters
    ----------
    check
        Raises where something is wrong.
    folders
        Folders beside the package whose files are checked too.
    """
    kept = _place()
    now = _stamp((_PACKAGE, *folders))
    if kept is not None and _read(kept) == now:
        return
    check()
    if kept is not None:
        write_whole(kept, now)


def stamp_of_program() -> str:
    """What tells this program from any other: the same as long as none of its files has changed."""
    return _stamp((_PACKAGE,))


def _place() -> Path | None:
    try:
        return Path(cache_from_source(str(_PACKAGE / "__init__.py"))).parent / "checked.sha256"
    except NotImplementedError:  # this Python keeps no compiled modules
        return None


def _stamp(folders: Iterable[Path]) -> str:
    """The same for the same files, wherever they lie."""
    found = sorted(row for folder in folders for row in _files(str(folder), len(str(folder))))
    return sha256(repr(found).encode()).hexdigest()


def _files(folder: str, root: int) -> Iterator[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path, root)
            elif entry.name.endswith(_SOURCES):
                stat = entry.stat()
                yield entry.path[root:], stat.st_size, stat.st_mtime_ns


def _read(place: Path) -> str:
    try:
        return place.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return ""


def write_whole(place: Path, text: str) -> None:
    """Beside it and renamed into place, since several commands may run at once; left out if it cannot be."""
    with contextlib.suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        own = place.with_name(f"{place.name}.{os.getpid()}")
        own.write_text(text, encoding="ascii")
        os.replace(own, place)
