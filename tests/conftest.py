"""What all tests share: strict arithmetic, and one reading of the model."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from casebuilder.algebra.chapters import Model
from casebuilder.case import load_model


@pytest.fixture(autouse=True)
def _strict_arithmetic() -> Iterator[None]:
    """Make numpy raise wherever the code has not said that it may divide by 0."""
    with np.errstate(all="raise", under="ignore"):
        yield


@pytest.fixture(scope="session")
def model() -> Model:
    """The chapters of the real model."""
    return load_model()
