"""Scores: even, by key and draw alone, and such that two variables meet as by chance."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata

from casebuilder.analysis.uncertainty.chance.scores import LATIN, SAMPLINGS, scores_of, words_of

KEYS = [f"chapter.input_{number}" for number in range(120)]


@pytest.mark.parametrize("power", range(1, 14))
def test_each_of_the_first_draws_lies_in_a_stratum_of_its_own(power: int) -> None:
    """Of the first 2, 4, ... 8,192 draws of any variable each half, quarter, ... holds one."""
    count = 2**power
    for row in scores_of(words_of(3, KEYS[:20]), range(count)):
        assert sorted(np.floor(row * count).astype(int)) == list(range(count))


@given(st.integers(1, 3_000), st.integers(0, 50))
@settings(max_examples=60, deadline=None)
def test_latin_draws_lie_each_in_an_nth_of_its_own(count: int, seed: int) -> None:
    """Whatever their number."""
    for row in scores_of(words_of(seed, KEYS[:3]), range(count), LATIN, count):
        assert sorted(np.floor(row * count).astype(int)) == list(range(count))
        assert row.min() > 0 and row.max() < 1


@given(st.sampled_from(SAMPLINGS), st.integers(0, 5_000), st.integers(1, 300))
@settings(max_examples=60, deadline=None)
def test_any_stretch_of_any_variable_has_the_same_bits(sampling: str, first: int, length: int) -> None:
    """A variable's scores are those of its key and of the draw, whatever is drawn beside it and before it."""
    whole = scores_of(words_of(7, KEYS[:5]), range(6_000), sampling, 6_000)
    some = range(first, min(first + length, 6_000))
    alone = scores_of(words_of(7, [KEYS[3]]), some, sampling, 6_000)
    assert alone.tobytes() == whole[3:4, some.start : some.stop].tobytes()


@pytest.mark.parametrize("sampling", SAMPLINGS)
@pytest.mark.parametrize("count", [256, 1_000, 4_096])
def test_variables_meet_as_by_chance(sampling: str, count: int) -> None:
    """Rank correlations of 7,140 pairs scatter as those of draws that know nothing of each other."""
    scores = scores_of(words_of(1, KEYS), range(count), sampling, count)
    found = np.corrcoef(rankdata(scores, axis=1))[np.triu_indices(len(KEYS), 1)] * np.sqrt(count - 1)
    assert abs(found.mean()) < 0.1
    assert 0.9 < found.std() < 1.2  # 1 for independent draws
    assert np.abs(found).max() < 7


def test_seeds_and_keys_tell_variables_apart() -> None:
    """Another seed or another key gives other scores."""
    words = [words_of(seed, [key])[0].tobytes() for seed in (0, 1) for key in ("a", "b")]
    assert len(set(words)) == 4


def turned(x: int) -> int:
    return int(f"{x:032b}"[::-1], 2)


def by_hand(words: list[int], draw: int) -> int:
    """The score of a draw, in 2**32nds, by whole numbers of any size cut to 32 bits."""
    cut = 2**32 - 1
    ones = 2 ** draw.bit_length() - 1
    within, by = ones >> 1, words[4]
    i = ((draw & within) ^ by) * 0xE170893D & cut
    i ^= by >> 16
    i ^= (i & within) >> 4
    i = (i ^ (by >> 8)) * 0x0929EB3F & cut
    i ^= by >> 23
    i ^= (i & within) >> 1
    i = i * (1 | by >> 27) * 0x6935FA69 & cut
    i ^= (i & within) >> 11
    i = i * 0x74DCB303 & cut
    i ^= (i & within) >> 2
    i = i * 0x9E501CC3 & cut
    i ^= (i & within) >> 2
    i = i * 0xC860A3DF & within
    i ^= i >> 5
    x = (ones ^ within) | ((i + by) & within)
    for word in words[:2]:
        x = ((x ^ (x * 0x3D20ADEA & cut)) + word) & cut
        x = x * ((word >> 16) | 1) & cut
        x ^= x * 0x05526C56 & cut
        x ^= x * 0x53A22864 & cut
    return turned(x)


def test_the_bits_are_those_of_any_machine() -> None:
    """Reckoned with Python's own whole numbers, from the words of the key's digest."""
    for key in KEYS[:3]:
        digest = sha256(f"1:{key}".encode()).digest()
        words = [int.from_bytes(digest[place : place + 4], "little") for place in range(0, 32, 4)]
        found = scores_of(words_of(1, [key]), range(3_000))[0]
        assert (found * 2**32 - 0.5).astype(np.int64).tolist() == [by_hand(words, n) for n in range(3_000)]
