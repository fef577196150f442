"""`diff` of git revisions: read as they were committed; what cannot be found is said."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from casebuilder.cli.app import app
from casebuilder.tasks.diff.git import find_revision, merge_base
from tests.edited import replace_once
from tests.starter import starter_copy

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
CONTINGENCY = "contingency_share: {unit: share, value: 0.075"


def git(folder: Path, *words: str) -> str:
    name = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *name, *words], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def ran(*words: str) -> Result:
    return CliRunner().invoke(app, ["diff", *words])


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of a case in two commits, its contingency changed in the second and again on the disk."""
    folder = tmp_path / "repository"
    case = starter_copy(folder / "bids" / "seacroft")
    with (case / "capital.yaml").open("a", encoding="utf-8") as stream:
        stream.write(f"\n{CONTINGENCY}, source: S58, state: chosen, note: Ours.}}\n")
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "First")
    git(folder, "tag", "first")
    replace_once(case / "capital.yaml", "share, value: 0.075", "share, value: 0.1")
    git(folder, "commit", "-qam", "Second")
    replace_once(case / "capital.yaml", "share, value: 0.1,", "share, value: 0.15,")
    monkeypatch.chdir(folder)
    return folder


def changed(result: Result) -> tuple[str, float, float]:
    assert result.exit_code == 0, result.output
    (change,) = json.loads(result.stdout)["changes"]
    return change["key"], change["from"]["value"], change["to"]["value"]


def test_two_revisions_and_the_disk(repository: Path) -> None:
    """`--from` and `--to`, and `REV:path`, from the root of the repository or from the folder one is in."""
    key = "capital.contingency_share"
    case = "bids/seacroft"
    two = ran(case, "--from", "first", "--to", "HEAD", "--json")
    assert changed(two) == (key, 0.075, 0.1)
    sides = json.loads(two.stdout)
    assert sides["from"]["revision"] == git(repository, "rev-parse", "first")
    assert sides["from"]["case"] == sides["to"]["case"] == "seacroft"
    assert changed(ran(case, "--from", "HEAD", "--json")) == (key, 0.1, 0.15)
    assert changed(ran(f"first:{case}", case, "--json")) == (key, 0.075, 0.15)


def test_a_path_from_within_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository / "bids")
    assert changed(ran("first:seacroft", "main:bids/seacroft", "--json"))[1:] == (0.075, 0.1)
    monkeypatch.chdir(repository / "bids" / "seacroft")
    assert changed(ran(".", "--from", "first", "--json"))[1:] == (0.075, 0.15)


def test_a_case_that_is_gone_from_the_disk(repository: Path) -> None:
    shutil.rmtree(repository / "bids")
    assert changed(ran("first:bids/seacroft", "main:bids/seacroft", "--json"))[1:] == (0.075, 0.1)


@pytest.mark.parametrize(
    ("side", "says"),
    [
        ("nowhere:bids/seacroft", "'nowhere' is no revision of the git repository"),
        ("first:bids/otley", "has no case.yaml at bids/otley"),
    ],
)
def test_what_is_not_there_is_said(repository: Path, side: str, says: str) -> None:
    result = ran(side, "bids/seacroft")
    assert result.exit_code == 1 and says in result.stderr


def test_no_repository_and_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    starter_copy(tmp_path / "alone")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert "lies in no git repository: give a folder" in ran("HEAD:alone", "alone").stderr
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "there is none on the PATH: install git, or give a folder" in ran("HEAD:alone", "alone").stderr


def test_a_revision_at_fault_is_named_as_it_was_typed(repository: Path) -> None:
    """Its files lie in a folder that has gone when the fault is read."""
    replace_once(repository / "bids/seacroft/capital.yaml", "share, value: 0.15", "share, value: high")
    git(repository, "commit", "-qam", "Broken")
    result = ran("HEAD:bids/seacroft", "first:bids/seacroft")
    assert result.exit_code == 1
    assert result.stderr.startswith("HEAD:bids/seacroft/capital.yaml:")


def test_the_commit_at_which_two_parted(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "side", "first", "-f")
    (repository / "note.txt").write_text("Side\n", encoding="utf-8")
    git(repository, "add", "note.txt")
    git(repository, "commit", "-qm", "Side")
    one, other = (find_revision(f"{rev}:x", rev, "bids/seacroft") for rev in ("main", "side"))
    assert merge_base(one, other) == git(repository, "rev-parse", "first")
