"""The figures that a case is held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from casebuilder.errors import InputError
from casebuilder.inputs.shape.expected import Expected, NotReproduced, read_expected
from casebuilder.inputs.values import Claim


def test_figures_and_what_is_not_reproduced(folder: Path) -> None:
    """Each with its source."""
    expected = read_expected(folder, reference=folder.parent / "reference")
    assert expected.figures == (Claim("capital_pdc", "preferred", 52_000_000.0, 0.01, "L1"),)
    why = "No travel times are given."
    assert expected.not_reproduced == (NotReproduced("Share within 30 minutes", 0.9, "L1", why),)


def test_a_case_without_the_file_expects_nothing(folder: Path) -> None:
    """The file may be left out."""
    (folder / "expected.yaml").unlink()
    assert read_expected(folder, reference=folder.parent / "reference") == Expected()


def test_faults_have_their_place(folder: Path) -> None:
    """An unknown source, and a figure without a tolerance."""
    text = "figures:\n  - {headline: bcr, option: bau, value: 1, source: L9}\n"
    (folder / "expected.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_expected(folder, reference=folder.parent / "reference")
    places = [(fault.line, fault.column, fault.message) for fault in caught.value.faults]
    assert places[0] == (2, 5, "'tolerance' is missing")
    assert places[1][:2] == (2, 52)
