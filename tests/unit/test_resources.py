"""Where the shipped files are."""

from __future__ import annotations

import pytest

from casebuilder.errors import CaseError
from casebuilder.resources import resource


def test_the_reference_set_is_found() -> None:
    """The shared rates are there, in a checkout and in the wheel."""
    assert resource("assumptions/reference").is_dir()


def test_what_is_missing_names_both_places() -> None:
    """The message says where the wheel and the checkout would have it."""
    with pytest.raises(CaseError, match=r"_data/templates/none.* nor at .*/templates/none"):
        resource("templates/none")
