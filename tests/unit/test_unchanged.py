"""Checks that run once, until a file of the program changes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from casebuilder import unchanged
from casebuilder.errors import ModelError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one module, and a folder of templates beside it."""
    for name in ("package/part/chapter.py", "package/__init__.py", "templates/page.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1\n", encoding="utf-8")
    monkeypatch.setattr(unchanged, "_PACKAGE", tmp_path / "package")
    return tmp_path


@pytest.fixture
def ran(package: Path) -> Callable[[], bool]:
    """Whether a check is run now."""

    def run() -> bool:
        times = []
        unchanged.check_once(lambda: times.append(1), [package / "templates"])
        return bool(times)

    return run


def test_a_check_runs_once(package: Path, ran: Callable[[], bool]) -> None:
    assert ran() and not ran() and not ran()
    assert [path.name for path in (package / "package" / "__pycache__").iterdir()] == ["checked.sha256"]


@pytest.mark.parametrize("name", ["package/part/chapter.py", "templates/page.yaml"])
def test_it_runs_again_where_a_file_changes(package: Path, ran: Callable[[], bool], name: str) -> None:
    ran()
    (package / name).write_text("1 + 1\n", encoding="utf-8")
    assert ran() and not ran()
    stat = (package / name).stat()
    os.utime(package / name, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert ran() and not ran()


def test_it_runs_again_where_a_file_comes_or_goes(package: Path, ran: Callable[[], bool]) -> None:
    ran()
    new = package / "package" / "part" / "more.py"
    new.write_text("2\n", encoding="utf-8")
    assert ran() and not ran()
    new.unlink()
    assert ran() and not ran()


def test_what_fails_runs_every_time(package: Path, ran: Callable[[], bool]) -> None:
    def fails() -> None:
        raise ModelError("wrong")

    for _ in range(2):
        with pytest.raises(ModelError):
            unchanged.check_once(fails, [package / "templates"])
    assert ran() and not ran()


def test_where_nothing_can_be_kept_it_runs_every_time(
    ran: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unchanged, "_place", lambda: None)
    assert ran() and ran()


def test_where_nothing_can_be_written_it_runs_every_time(package: Path, ran: Callable[[], bool]) -> None:
    (package / "package" / "__pycache__").write_text("no folder", encoding="utf-8")
    assert ran() and ran()


def test_a_mark_that_is_damaged_is_no_mark(package: Path, ran: Callable[[], bool]) -> None:
    ran()
    (package / "package" / "__pycache__" / "checked.sha256").write_bytes(b"\xff\xfe")
    assert ran() and not ran()
