"""The picture of the packages is that of the code, and misses no import."""

from __future__ import annotations

import re
import shutil
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest

from casebuilder.model import PARTS
from tests.architecture.copies import ROOT, edit
from tests.architecture.picture import FILE, Box, imports, layers, needed, picture, placed, reached

PACKAGES = ["casebuilder", "casebuilder.model", "casebuilder.inputs"]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What the picture is drawn from, in a copy."""
    compiled = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "casebuilder", tmp_path / "casebuilder", ignore=compiled)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def boxes() -> list[Box]:
    """All boxes of the picture, those within others too."""
    outer = [one for row in placed()[0] for one in row]
    return [*outer, *(part for one in outer for part in one.inside)]


def test_the_picture_is_that_of_the_code() -> None:
    """`make picture` gives what is kept, to the byte."""
    assert (ROOT / FILE).read_text(encoding="utf-8") == picture(), "make picture"


@pytest.mark.parametrize("package", PACKAGES)
def test_arrows_and_words_tell_every_import(package: str) -> None:
    """What is not drawn follows from what is, and stands in the box of its reader."""
    pairs = imports(package)
    drawn = needed(pairs)
    assert drawn <= pairs and len(drawn) > 4
    own = {name for layer in layers(package) for name in layer}
    words = {one.name: set(re.findall(r"\w+", " ".join(one.also))) - {"also", "reads"} for one in boxes()}
    for name in own:
        assert reached(drawn, name) == reached(pairs, name)
        assert words[name] | {read for reader, read in drawn if reader == name} == {
            read for reader, read in pairs if reader == name
        }


def test_every_part_of_the_model_has_its_box_and_all_arrows_lead_down() -> None:
    """The twelve parts stand in the box of the model, the last of the argument on top."""
    (model,) = (one for one in boxes() if one.name == "model")
    parts = [part.__name__.rpartition(".")[2] for part in PARTS]
    assert [one.name for one in model.inside] == parts[::-1]
    at = {one.name: one.y for one in boxes()}
    for package in PACKAGES:
        assert all(at[reader] < at[read] for reader, read in imports(package))


def test_boxes_stand_apart_and_in_the_picture() -> None:
    """No box lies on another that is not around it, and each is high enough for its words."""
    _, _, width, height = map(float, ElementTree.fromstring(picture()).attrib["viewBox"].split())
    all_boxes = boxes()
    for one in all_boxes:
        assert one.x >= 0 and one.right <= width and one.words <= one.height and one.bottom <= height, (
            one.name
        )
    for one, other in combinations(all_boxes, 2):
        beside = one.right <= other.x or other.right <= one.x
        below = one.bottom <= other.y or other.bottom <= one.y
        assert beside or below or other in one.inside, (one.name, other.name)


def test_a_new_import_is_in_the_picture(tree: Path) -> None:
    """An arrow that no other tells is drawn; the picture that is kept is then out of date."""
    assert picture(tree) == picture()
    edit(
        tree / "casebuilder/resources.py",
        "from casebuilder.errors import",
        "from casebuilder.units import Unit\nfrom casebuilder.errors import",
    )
    assert ("resources", "units") in needed(imports("casebuilder", tree))
    assert picture(tree) != picture()
