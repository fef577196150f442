"""What the templates name: lines, inputs and words of the model."""

from __future__ import annotations

import re

from casebuilder.case import load_model
from casebuilder.inputs.templates.read import names, template


def test_pages_name_lines_that_the_model_has() -> None:
    """A misspelt key would leave a column out without a word."""
    model = load_model()
    known = {line.key for line in model.lines} | {item.key for item in model.inputs}
    specification = [template(name) for name in names() if name.startswith(("workbook/pages/", "summary/"))]
    found = set(re.findall(r"'([a-z_]+\.[a-z_0-9]+)'", repr(specification)))
    assert len(found) > 50 and found <= known, found - known


def test_words_match_what_the_line_counts() -> None:
    """As many words as the line chooses among, or one more than what it is raised by."""
    lines = {line.key: line for line in load_model().lines}
    inputs = {item.key: item for item in load_model().inputs}
    for key, words in template("words.yaml").items():
        if key in inputs:
            assert (inputs[key].low, inputs[key].high, inputs[key].whole) == (1, len(words), True), key
            continue
        formula = lines[key].definition
        counted = 3 if key.startswith("approval.") else len(formula.arguments)
        counted += key == "replacements.source"  # 1, raised to 2 or to 3
        assert len(words) == counted, key
