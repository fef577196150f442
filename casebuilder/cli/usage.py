"""Wrong usage: what a command takes, and what to type instead."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

from typer.core import TyperCommand

# What else was meant by a second case, for the commands where people try one.
_TWO_CASES = {
    "compare": "it shows the options of one case; for two cases run casebuilder summary for each",
    "summary": "run it once for each case",
    "check": "run it once for each case",
    "build": "run it once for each case; -o FILE.xlsx names the workbook",
    "verify": "run it once for each workbook",
    "lint": "run it once for each workbook",
    "export": "-o FILE.csv names the file",
    "explain": "a key has no blanks: demand.season[2022-04]; --option and --period choose one figure",
}
# Where a scenario is given to a command that takes none.
_SCENARIO = "--scenario"
_SCENARIO_ELSEWHERE = {
    "build": "a workbook holds the scenarios of its case: choose one in the cell Scenario on Inputs",
}
_SCENARIO_BY_SET = (
    "summary, compare, simulate and challenge take it; elsewhere give the scenario's values with --set"
)


class Guided(TyperCommand):
    """A command that says what it takes when it is given something else."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; wrong usage names the command's own arguments and what was likely meant."""
        given = list(args)
        try:
            return super().parse_args(ctx, args)
        except Exception as error:
            cure = self._cure(ctx, error, given) if getattr(error, "exit_code", None) == 2 else ""
            if cure and hasattr(error, "message"):
                said = str(error.message or "").rstrip(".")
                error.message = f"{said}: {cure}" if said else cure
                if hasattr(error, "possibilities"):
                    error.possibilities = None
            raise

    def _cure(self, ctx: Any, error: Exception, given: list[str]) -> str:
        """What to type instead."""
        name = str(ctx.info_name)
        arguments = [str(p.metavar or p.name).upper() for p in self.params if p.param_type_name == "argument"]
        options = sorted(o for p in self.params if p.param_type_name == "option" for o in p.opts)
        takes = f"{name} takes {' and '.join(arguments) or 'no argument'}"
        wrong = getattr(error, "option_name", None)
        if wrong is not None and hasattr(error, "possibilities"):
            if wrong == _SCENARIO and "--set" in options:
                return _SCENARIO_ELSEWHERE.get(name, _SCENARIO_BY_SET)
            close = get_close_matches(str(wrong), options, 1, 0.6)
            also = ("--" + str(wrong).lstrip("-")) if str(wrong).startswith("-") else ""
            near = close[0] if close else also if also in options else ""
            # -set, with one dash, is read as -s -e -t.
            near = next((f"-{word}" for word in given if f"-{word.partition('=')[0]}" in options), near)
            return f"did you mean {near}?" if near else f"{name} has {', '.join(options)}"
        if "missing" in type(error).__name__.lower():
            return f"{takes}: {_TWO_CASES[name]}" if name == "export" else takes
        if "unexpected extra argument" not in str(getattr(error, "message", "")).lower():
            return ""
        extra = _extra(given)
        if "=" in extra or any(word.startswith("=") or word.endswith("=") for word in extra):
            return "write --set KEY=VALUE without blanks, or in quotes"
        loose = next((word for word in extra if "=" in word), None)
        if loose is not None:
            return f"each change has its own --set: --set {loose}"
        more = _TWO_CASES.get(name, "a path with blanks goes in quotes")
        blanks = "" if "blanks" in more or len(extra) < 2 else "; a path with blanks goes in quotes"
        first = next((word for word in given if not word.startswith("-")), "")
        typed = f" (type casebuilder {name} {first})" if first and len(arguments) == 1 else ""
        return f"{takes}{typed}: {more}{blanks}"


def _extra(given: list[str]) -> list[str]:
    """The words that belong to no option: `--set a = 5` leaves `=` and `5`."""
    words: list[str] = []
    after = False
    for word in given:
        if not after and not word.startswith("-"):
            words.append(word)
        after = word.startswith("-") and "=" not in word and word not in ("--json", "--rooms")
    return words[1:]
