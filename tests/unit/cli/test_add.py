"""`add` on the command line: what it says it wrote, its JSON, and its exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from casebuilder.resources import resource

CASE = "digital_diagnostics"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(resource(f"assumptions/cases/{CASE}"), tmp_path / CASE)
    return tmp_path / CASE


def test_it_says_what_it_wrote_where_and_what_is_to_do(run, folder):
    result = run("add", "option", "later", str(folder), "--like", "image_sharing", "--label", "Later on")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0] == "Added the option later (Later on), like image_sharing:"
    assert lines[1].split() == ["case.yaml", "1", "line", "changed"]
    assert lines[2].split()[0] == "options/later.yaml" and lines[2].endswith("lines added")
    text = (folder / "options" / "later.yaml").read_text(encoding="utf-8")
    overrides = text.count("copied from image_sharing")
    assert lines[3].startswith(f"To do: {overrides} things copied or divided, {overrides} in all; ")


def test_json_names_the_files_and_counts(run, folder):
    result = run("add", "option", "later", str(folder), "--like", "image_sharing", "--json")
    told = json.loads(result.stdout)
    assert (told["added"], told["label"], told["notes"]) == ("later", "Later", [])
    assert told["files"][0] == {"file": "case.yaml", "new": 0, "changed": 1}
    assert told["to_do"] == told["to_do_in_all"] > 0


def test_wrong_usage_exits_2_and_a_wrong_name_1(run, folder):
    """A kind that there is not, and nothing to be like, are usage; what the case has not is a fault."""
    unknown = run("add", "hospital", "later", str(folder), "--like", "bau")
    assert unknown.exit_code == 2
    said = " ".join(unknown.output.replace("│", " ").split())
    assert "'hospital' is nothing that can be added: it is site, test, trust or option" in said
    assert run("add", "option", "later", str(folder)).exit_code == 2
    nobody = run("add", "option", "later", str(folder), "--like", "image_sharin")
    assert nobody.exit_code == 1 and "did you mean 'image_sharing'?" in nobody.stderr
    assert not (folder / "options" / "later.yaml").exists()


def test_a_case_that_ships_is_not_changed(run):
    result = run("add", "option", "later", CASE, "--like", "image_sharing")
    said = " ".join(result.output.replace("│", " ").split())
    assert result.exit_code == 2 and f"{CASE} is a case that ships: copy its folder" in said
    assert not (resource(f"assumptions/cases/{CASE}") / "options" / "later.yaml").exists()
    assert run("add", "option", "later", "nowhere_at_all", "--like", "bau").exit_code == 1
