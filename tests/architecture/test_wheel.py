"""What is shipped: the wheel holds the tracked data files, no more and no fewer."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.full
def test_the_wheel_holds_the_tracked_data_files(tmp_path: Path) -> None:
    """The shared assumptions, the source register and the templates ship; cases stay out."""
    tracked = subprocess.run(
        ["git", "ls-files", "assumptions/reference", "assumptions/sources.yaml", "templates"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    subprocess.run([*pip, "--wheel-dir", str(tmp_path), str(ROOT)], check=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {n.removeprefix("casebuilder/_data/") for n in names if n.startswith("casebuilder/_data/")}
    assert shipped == set(tracked)
    assert not any("assumptions/cases/" in name for name in names)
