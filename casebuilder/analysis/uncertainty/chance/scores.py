"""Scores between 0 and 1, evenly spread, of any variable by its key: any draws of it, in any order.

Each variable has a sequence of its own, made from its key and the seed alone, so that no variable changes
what another gets, and any stretch of draws is worked out by itself. All is arithmetic on whole numbers of 32
bits: the same key, seed and draw give the same bits on any machine.

Sobol: the first Sobol sequence (van der Corput's), its digits scrambled as Owen proposed by the hash of Laine
and Karras (2011) as mended by Vegdahl (2021). Of the first 2, 4, 8, ... draws each lies in another half,
quarter, eighth, ... The order within each doubling (draws 4 to 7, 8 to 15, ...) is a permutation of its own
by variable, Kensler's (2013), so that two variables meet as by chance: shuffled in the manner of Owen too, as
Burley (2020) does, pairs of draws stay pairs in all variables, and what two do together is told worse.
Latin: of N draws each lies in another Nth, by the same permutation.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray

from casebuilder.evaluate.axes import Array

SOBOL, LATIN = "sobol", "latin"
SAMPLINGS = (SOBOL, LATIN)
# So many draws can be told apart.
MOST = 2**32
_Words = NDArray[np.uint32]
# Swaps of neighbouring bits, pairs, fours, ... that together turn 32 bits round.
_SWAPS = ((1, 0x55555555), (2, 0x33333333), (4, 0x0F0F0F0F), (8, 0x00FF00FF))


def words_of(seed: int, keys: Sequence[str]) -> _Words:
    """What the scores of some variables begin from: eight words of each."""
    digests = b"".join(sha256(f"{seed}:{key}".encode()).digest() for key in keys)
    return np.frombuffer(digests, dtype="<u4").astype(np.uint32).reshape(len(keys), 8)


def scores_of(words: _Words, draws: range, sampling: str = SOBOL, of: int = 0) -> Array:
    """The scores of some variables, strictly between 0 and 1, by variable and draw.

    Parameters
    ----------
    words
        Of each variable (`words_of`).
    draws
        Which draws.
    sampling
        `sobol` or `latin`.
    of
        How many draws there are in all: Latin needs it.
    """
    index = np.arange(draws.start, draws.stop, dtype=np.int64).astype(np.uint32)
    if sampling == LATIN:
        return _latin(words, index, of)
    x = _turned(_scrambled(_reordered(index, words[:, 4:5]), words[:, 0:1], words[:, 1:2]))
    found: Array = (x.astype(np.float64) + 0.5) * 2.0**-32
    return found


def _reordered(index: _Words, by: _Words) -> _Words:
    """The draws of each doubling in an order of their own, by variable."""
    ones = index.copy()
    for apart in (1, 2, 4, 8, 16):
        ones |= ones >> np.uint32(apart)
    within = ones >> np.uint32(1)
    first: _Words = ones ^ within
    return first | ((_sent_on(index & within, within, by) + by) & within)


def _turned(x: _Words) -> _Words:
    """The bits in the opposite order."""
    for apart, mask in _SWAPS:
        x = ((x >> np.uint32(apart)) & np.uint32(mask)) | ((x & np.uint32(mask)) << np.uint32(apart))
    return (x >> np.uint32(16)) | (x << np.uint32(16))


def _scrambled(x: _Words, *seeds: _Words) -> _Words:
    """Each bit turned over or not as the bits below it say: once by each seed, by variable."""
    for by in seeds:
        x = (x ^ (x * np.uint32(0x3D20ADEA))) + by
        x *= (by >> np.uint32(16)) | np.uint32(1)
        x ^= x * np.uint32(0x05526C56)
        x ^= x * np.uint32(0x53A22864)
    return x


def _latin(words: _Words, index: _Words, of: int) -> Array:
    place = np.stack([_permuted(index, of, each) for each in words[:, 4]])
    within = _mixed(index ^ words[:, 5:6]) ^ words[:, 6:7]
    return (place + (within + 0.5) * 2.0**-32) / of


def _permuted(index: _Words, of: int, by: np.uint32) -> _Words:
    """The places of some draws in an order of all; what falls outside is sent on until it does not."""
    ones = np.full_like(index, (1 << (of - 1).bit_length()) - 1)
    found = _sent_on(index, ones, by)
    while (beyond := found >= of).any():
        found[beyond] = _sent_on(found[beyond], ones[beyond], by)
    return ((found.astype(np.uint64) + np.uint64(by)) % np.uint64(of)).astype(np.uint32)


def _sent_on(i: _Words, ones: _Words, by: Any) -> _Words:
    """Another place among those that `ones` counts: each is reached from one."""

    def right(x: _Words, apart: int) -> _Words:
        return x ^ ((x & ones) >> np.uint32(apart))

    i = (i ^ by) * np.uint32(0xE170893D)
    i = right(i ^ (by >> np.uint32(16)), 4)
    i = (i ^ (by >> np.uint32(8))) * np.uint32(0x0929EB3F)
    i = right(i ^ (by >> np.uint32(23)), 1)
    i = i * (np.uint32(1) | (by >> np.uint32(27))) * np.uint32(0x6935FA69)
    i = right(i, 11) * np.uint32(0x74DCB303)
    i = right(i, 2) * np.uint32(0x9E501CC3)
    i = (right(i, 2) * np.uint32(0xC860A3DF)) & ones
    return i ^ (i >> np.uint32(5))


def _mixed(x: _Words) -> _Words:
    """Whole numbers that look like chance."""
    x = (x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D)
    x = (x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B)
    return x ^ (x >> np.uint32(16))
