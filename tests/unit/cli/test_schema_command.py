"""`schema`: what is written where, and the line put first in each file, every other byte as it was."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from casebuilder.cli.app import app
from casebuilder.resources import resource

_LINE = b"# yaml-language-server: $schema="


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of a shipped case, which has no schemas."""
    shutil.copytree(resource("assumptions/cases/cmast_2025"), tmp_path / "case")
    return tmp_path / "case"


def test_schemas_and_lines_are_written(case: Path) -> None:
    """Into `.schema`; byte order mark and line ends of Windows stay, a second run changes nothing."""
    estate = case / "estate.yaml"
    windows = b"\xef\xbb\xbf" + estate.read_bytes().replace(b"\n", b"\r\n")
    estate.write_bytes(windows)
    before = {path: path.read_bytes() for path in case.rglob("*.yaml")}
    told = json.loads(CliRunner().invoke(app, ["schema", str(case), "--link", "--json"]).stdout)
    assert {"estate.json", "option.json", "names.json", "case.json"} <= set(told["files"])
    assert sum(told["files"].values()) < 1_100_000  # some 1,700 bytes an input
    for name in told["linked"]:
        path = case / name
        first, _, rest = path.read_bytes().partition(b"\n")
        assert _LINE in first
        mark = b"\xef\xbb\xbf" if first.startswith(b"\xef\xbb\xbf") else b""
        assert mark + rest == before[path]
        target = first.rpartition(b"=")[2].strip().decode()
        assert (path.parent / target).resolve().parent == (case / ".schema").resolve()
    assert estate.read_bytes().startswith(b"\xef\xbb\xbf" + _LINE + b".schema/estate.json\r\n")
    once = {path: path.read_bytes() for path in case.rglob("*") if path.is_file()}
    again = json.loads(CliRunner().invoke(app, ["schema", str(case), "--link", "--json"]).stdout)
    assert again["linked"] == []
    assert {path: path.read_bytes() for path in case.rglob("*") if path.is_file()} == once


def test_schemas_of_any_case_go_to_a_folder(tmp_path: Path) -> None:
    """Without a case members.json is among them, and ids are held to their form."""
    result = CliRunner().invoke(app, ["schema", "-o", str(tmp_path / "any")])
    assert result.exit_code == 0
    names = json.loads((tmp_path / "any" / "names.json").read_text(encoding="utf-8"))["definitions"]
    assert (tmp_path / "any" / "members.json").is_file()
    assert "pattern" in names["site"] and "enum" not in names["site"]


def test_wrong_usage_is_told(tmp_path: Path) -> None:
    """A case that ships, a line without a case, and a file for a folder."""
    (tmp_path / "file").write_text("x")
    for words, said in (
        (["schema", "cmast_2025"], "ships"),
        (["schema", "--link"], "goes with a case"),
        (["schema", "-o", str(tmp_path / "file")], "give a folder"),
    ):
        result = CliRunner().invoke(app, words)
        assert result.exit_code == 2 and said in result.output.replace("\n", " ")
