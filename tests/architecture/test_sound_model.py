"""The model and the templates are sound, and any command of a tree that was changed finds where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.algebra.chapters import Model, check_model
from casebuilder.case import check_templates
from tests.architecture.copies import CASE, copy_tree, edit, run

CHAPTER = "casebuilder/model/setting/estate.py"
PAGE = "templates/workbook/layout.yaml"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree that one command has been run in."""
    copy = copy_tree(tmp_path_factory.mktemp("tree"))
    assert run(copy, "summary", CASE).returncode == 0
    return copy


def test_every_line_is_written_rightly(model: Model) -> None:
    """Units, dimensions, emptiness and references of the whole model: no command looks at them otherwise."""
    check_model(model)
    check_templates(model)


def test_a_wrong_unit_is_found_by_any_command_of_the_changed_tree(tree: Path) -> None:
    """At once, again the next time, and no more when it is put right."""
    path = tree / CHAPTER
    before = path.read_text(encoding="utf-8")
    edit(path, '"Rooms in the option", "rooms"', '"Rooms in the option", "GBP_real"')
    for command in (("summary", CASE), ("summary", CASE), ("explain", CASE, "estate.rooms_open")):
        done = run(tree, *command)
        assert done.returncode == 1 and "Traceback" not in done.stderr
        assert "estate.rooms_open is declared in GBP_real but its formula gives" in done.stdout + done.stderr
    path.write_text(before, encoding="utf-8")
    assert run(tree, "summary", CASE).returncode == 0


def test_a_template_that_names_no_line_is_found_too(tree: Path) -> None:
    """Templates are read against the model where either has changed."""
    path = tree / PAGE
    before = path.read_text(encoding="utf-8")
    path.write_text(before.replace("line: waits.", "line: wait."), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    done = run(tree, "summary", CASE)
    path.write_text(before, encoding="utf-8")
    assert done.returncode == 1 and "is in no model; did you mean 'waits." in done.stdout + done.stderr
