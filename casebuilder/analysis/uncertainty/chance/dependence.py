"""What goes together: rank correlations between variables, by the copula of a normal.

A correlation is one of ranks (Spearman's), which no shape of range changes. Variables that none names keep
their own scores to the last bit. Where correlations asked for cannot all hold, the nearest that can are
used (Higham 2002) and said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from casebuilder.evaluate.axes import Array

_ROUNDS = 1_000
_NEAR = 1e-12
# The least eigenvalue that a matrix is mended to.
_LEAST = 1e-7


@dataclass(frozen=True)
class Together:
    """Some variables that are correlated, with each other and with no other.

    Attributes
    ----------
    variables
        In the order of their keys.
    asked, used
        The rank correlations asked for, and those used.
    """

    variables: tuple[int, ...]
    asked: Array
    used: Array
    _root: Array

    @property
    def mended(self) -> bool:
        """Whether what was asked for cannot be."""
        return bool(np.abs(self.asked - self.used).max() > 5e-4)

    def bind(self, scores: MutableMapping[int, Array], normal: MutableMapping[int, Array]) -> None:
        """Put scores that go together in place of those that know nothing of each other."""
        own = [normal[variable] for variable in self.variables]
        for row, variable in enumerate(self.variables):
            bound = self._root[row, 0] * own[0]
            for column in range(1, row + 1):  # one after the other, so that bits do not hang on a library
                bound = bound + self._root[row, column] * own[column]
            if row:
                normal[variable], scores[variable] = bound, ndtr(bound)


def together(count: int, pairs: Mapping[tuple[int, int], float], order: Sequence[str]) -> list[Together]:
    """The groups of variables that correlations bind.

    Parameters
    ----------
    count
        How many variables there are.
    pairs
        Rank correlations, by two variables.
    order
        The key of each variable.
    """
    group = list(range(count))
    for a, b in pairs:
        old, new = group[b], group[a]
        group = [new if each == old else each for each in group]
    members: dict[int, list[int]] = {}
    for variable in sorted({one for pair in pairs for one in pair}, key=order.__getitem__):
        members.setdefault(group[variable], []).append(variable)
    return [_bound(tuple(each), pairs) for each in members.values()]


def _bound(variables: tuple[int, ...], pairs: Mapping[tuple[int, int], float]) -> Together:
    asked = np.eye(len(variables))
    for (a, b), value in pairs.items():
        if a in variables and b in variables:
            i, j = variables.index(a), variables.index(b)
            asked[i, j] = asked[j, i] = value
    # The correlation of normals whose ranks have the one asked for.
    wanted = 2 * np.sin(math.pi * asked / 6)
    np.fill_diagonal(wanted, 1.0)
    root = _root(wanted)
    if root is not None:
        return Together(variables, asked, asked, root)
    mended = nearest(wanted)
    root = _root(mended)
    assert root is not None
    used = 6 / math.pi * np.arcsin(mended / 2)
    np.fill_diagonal(used, 1.0)
    return Together(variables, asked, used, root)


def nearest(matrix: Array) -> Array:
    """The nearest matrix of correlations that can be, by alternating projections (Higham 2002)."""
    found, correction = matrix, np.zeros_like(matrix)
    for _ in range(_ROUNDS):
        before = found
        aside = found - correction
        values, vectors = np.linalg.eigh(aside)
        lifted = (vectors * np.maximum(values, _LEAST)) @ vectors.T
        correction = lifted - aside
        found = (lifted + lifted.T) / 2
        np.fill_diagonal(found, 1.0)
        if np.abs(found - before).max() < _NEAR:
            break
    values, vectors = np.linalg.eigh(found)
    found = (vectors * np.maximum(values, _LEAST)) @ vectors.T
    scale = 1 / np.sqrt(np.diag(found))
    found = (found * scale[:, None] * scale[None, :]).round(12)
    np.fill_diagonal(found, 1.0)
    even: Array = (found + found.T) / 2
    return even


def _root(matrix: Array) -> Array | None:
    """The lower triangle whose square it is (Cholesky); None where there is none."""
    size = len(matrix)
    found = np.zeros_like(matrix)
    for row in range(size):
        for column in range(row + 1):
            parts = [found[row, k] * found[column, k] for k in range(column)]
            left = matrix[row, column] - math.fsum(parts)
            if row == column:
                if left <= _LEAST / 10:
                    return None
                found[row, row] = math.sqrt(left)
            else:
                found[row, column] = left / found[column, column]
    return found
