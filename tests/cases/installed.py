"""Commands as they would run from an installed wheel: in this process, or from a wheel in an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from typer.testing import CliRunner

from casebuilder.cli.app import app

ROOT = Path(__file__).parents[2]
Run = Callable[..., str]


def in_this_process() -> Run:
    """A command gives its output; one that ends with a fault is an error."""

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, list(words))
        assert result.exit_code == 0, (words, result.output[-2000:])
        return result.stdout

    return run


def from_a_wheel(folder: Path) -> tuple[Run, Path]:
    """The wheel built, laid out beside the libraries, and run in an empty folder, no checkout in reach."""
    wheels, site, empty = folder / "wheels", folder / "site", folder / "empty"
    empty.mkdir()
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "--wheel-dir", str(wheels), str(ROOT)], check=True)
    (wheel,) = wheels.glob("*.whl")
    assert wheel.stat().st_size <= 12_000_000
    subprocess.run([*pip, "install", "--no-deps", "--target", str(site), str(wheel)], check=True)
    environment = {**os.environ, "PYTHONPATH": str(site)}

    def run(*words: str) -> str:
        command = [sys.executable, "-m", "casebuilder", *words]
        done = subprocess.run(
            command, cwd=empty, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, (words, done.stdout[-2000:], done.stderr)
        return done.stdout

    where = [sys.executable, "-c", "import casebuilder; print(casebuilder.__file__)"]
    found = subprocess.run(where, cwd=empty, env=environment, capture_output=True, text=True, check=True)
    assert found.stdout.startswith(str(site))
    return run, empty
