"""What a page prints reaches an account: no input ends in a line that is printed and that nothing reads.

What went back to a funder was once worked out, printed and read by nothing, so that members shared money
that was not theirs. An input that no account and no check reads is named, with the reason.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

from casebuilder.algebra.chapters import Model
from casebuilder.algebra.terms import Check, Input, Line, walk

# The chapters in which a case is decided: what it is worth, what it does to each host's accounts and plan,
# and how its members share.
ACCOUNTS = frozenset(
    {
        "accounts", "economics", "finance", "further", "governance", "headlines", "plans", "pool",
        "position", "value",
    }
)  # fmt: skip
SHOWN_ONLY = Path(__file__).parent / "shown_only.yaml"


def readers_of(model: Model) -> dict[str, set[str]]:
    """The lines that read each line or input, by key."""
    readers: dict[str, set[str]] = defaultdict(set)
    for line in model.lines:
        for term in walk(line.definition):
            if isinstance(term, Line | Input) and term is not line:
                readers[term.key].add(line.key)
    return readers


def reached_from(key: str, readers: dict[str, set[str]]) -> set[str]:
    """Every line that hangs on a line or input."""
    reached: set[str] = set()
    waiting = [key]
    while waiting:
        fresh = readers.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting += fresh
    return reached


def ending_nowhere(model: Model, without: str = "") -> set[str]:
    """The inputs that no account and no check reads; as if nothing read the line `without`."""
    readers = readers_of(model)
    readers.pop(without, None)
    checks = {line.key for line in model.lines if isinstance(line, Check)}
    found = set()
    for item in model.inputs:
        reached = reached_from(item.key, readers)
        if not any(key in checks or key.partition(".")[0] in ACCOUNTS for key in reached):
            found.add(item.key)
    return found


def test_every_input_reaches_an_account_or_a_check_or_is_named(model: Model) -> None:
    """As many are named as there are: one that has found a reader is taken off the list."""
    named = yaml.safe_load(SHOWN_ONLY.read_text(encoding="utf-8"))
    keys = [key for each in named.values() for key in each]
    assert len(keys) == len(set(keys))
    assert ending_nowhere(model) == set(keys)


def test_a_line_that_loses_its_readers_is_found(model: Model) -> None:
    """As it was when the funder's part was printed and left in the saving that members share."""
    assert "funds.takes_back" not in ending_nowhere(model)
    assert "funds.takes_back" in ending_nowhere(model, without="funds.taken_back_share")
