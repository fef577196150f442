"""What is shipped: the wheel holds the tracked data files, no more and no fewer."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHIPPED = ("assumptions/reference", "assumptions/renamed.yaml", "assumptions/sources.yaml", "templates")


def test_every_file_that_the_code_names_is_shipped() -> None:
    """Beside the cases, which are no part of the wheel: what a command reads of the tree is in it."""
    named = {
        name
        for path in (ROOT / "casebuilder").rglob("*.py")
        for name in re.findall(r'"((?:assumptions|templates)/[\w/.-]+)"', path.read_text(encoding="utf-8"))
        if (ROOT / name).exists() and not name.startswith("assumptions/cases")
    }
    assert "assumptions/renamed.yaml" in named
    assert [name for name in sorted(named) if not name.startswith(SHIPPED)] == []
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    included = listed["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert all(any(f"/{name}".startswith(entry) for entry in included["include"]) for name in SHIPPED)


@pytest.mark.full
def test_the_wheel_holds_the_tracked_data_files(tmp_path: Path) -> None:
    """The shared assumptions, the source register and the templates ship; cases stay out."""
    tracked = subprocess.run(
        ["git", "ls-files", *SHIPPED],
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
