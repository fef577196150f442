"""What the command line imports: help, and the faults of a case that cannot be read, come at once."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = ("pandas", "scipy", "xlsxwriter", "numpy", "pyarrow", "rich")
SCRIPT = """
import json, sys
from casebuilder.cli.app import main
sys.argv = ["casebuilder", *{words}]
try:
    main()
except SystemExit:
    pass
print(json.dumps([name for name in {heavy} if name in sys.modules]), file=sys.stderr)
"""


@pytest.mark.parametrize("words", [["--help"], ["check", "nowhere"], ["check", "cmast", "--set", "x=1"]])
def test_help_and_faults_import_nothing_heavy(words: list[str]):
    """`--help` and a case at fault import neither pandas, scipy, xlsxwriter nor numpy."""
    script = SCRIPT.format(words=words, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8")
    assert json.loads(done.stderr.splitlines()[-1]) == [], done.stderr
