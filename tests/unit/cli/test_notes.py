"""Notes of `--set` on the command line: beside the result, never in it."""

from __future__ import annotations

import json

import pytest

KEY = "reporting.sent_out"


@pytest.mark.parametrize("words", [("summary", "--json"), ("compare", "--json"), ("check",)])
def test_a_note_goes_to_stderr_and_leaves_the_result_whole(run, words):
    """One line: which options keep their own value, and where it stands."""
    command, *more = words
    result = run(command, "digital_diagnostics", *more, "--set", f"{KEY}[outsourced]=0.2")
    (note,) = [line for line in result.stderr.splitlines() if "note: --set" in line]
    assert f"{KEY}[outsourced]=0.2: " in note
    assert "home_reporting keeps its own 0.05" in note and "options/home_reporting.yaml:" in note
    assert f"--set programme:{KEY}[outsourced]=0.2" in note
    if more:
        json.loads(result.stdout)
    assert "note: --set" not in result.stdout
