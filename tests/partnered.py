"""Norfolk and Waveney with the building of one of its sites paid for by a private partner."""

from __future__ import annotations

import shutil
from pathlib import Path

from casebuilder.resources import resource

BUILDS = """\
builds:
  unit: flag
  over: [site, private_contract]
  values: {norwich: {partner: 1}, others: {partner: 0}}
  source: S58
  state: chosen
  note: For tests.
"""


def partnered(folder: Path) -> Path:
    """A copy of the case with a contract for Norwich, all else as the reference set has it."""
    shutil.copytree(resource("assumptions/cases/norfolk_waveney"), folder)
    case = folder / "case.yaml"
    text = case.read_text(encoding="utf-8")
    assert text.count("\n  fund:\n") == 1
    member = "\n  private_contract:\n    partner: Partner's building in Norwich\n  fund:\n"
    case.write_text(text.replace("\n  fund:\n", member), encoding="utf-8")
    (folder / "private_contracts.yaml").write_text(BUILDS, encoding="utf-8")
    return folder
