"""`data dm01`: published months of DM01 become a case's months and the baseline of its lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from casebuilder.case import find_case, load_model
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.inputs.at_hand import AtHand, at_hand
from casebuilder.inputs.dm01.headings import read_headings
from casebuilder.inputs.dm01.mergers import heirs, read_mergers
from casebuilder.inputs.dm01.names import Names, read_names
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.files.scalars import listed
from casebuilder.inputs.files.tables import numbers
from casebuilder.inputs.in_memory import months_ahead, months_before
from casebuilder.inputs.shape.calendar import APRIL, financial_year, month_number
from casebuilder.resources import resource
from casebuilder.tasks.case_from_dm01 import provider_id
from casebuilder.tasks.data.dm01_files import read_returns, tests_of
from casebuilder.tasks.data.months import newest, over
from casebuilder.tasks.data.outcome import Outcome
from casebuilder.tasks.data.tables import Given, changed, from_text, read_given, replace_tables
from casebuilder.tasks.data.unusual import Rules, unusual
from casebuilder.tasks.dm01.baseline import COLUMNS, YEAR, Baseline, baseline, shipped_rows
from casebuilder.tasks.dm01.long import ACTIVITY, FILE, LONG, long_text, read_long

MONTHS, LISTS = "data/dm01.csv", "data/lists.csv"
HEADINGS, RULES = "dm01_headings.csv", "dm01_rules.csv"
SHIPPED = "the DM01 that ships"
# What is held against the months around it.
MEASURES = {"a list": ("waiting_list",), "tests done": ACTIVITY}


def data_dm01(
    files: Sequence[Path],
    case: str,
    tell: Callable[[str], None] = lambda _: None,
    last: str | None = None,
) -> Outcome:
    """Read the files and write the case's `data/dm01.csv` and `data/lists.csv`.

    Parameters
    ----------
    files
        Workbooks, CSV files or .zip of them, in any order.
    case
        The case's folder or name.
    tell
        Told the name of each stage.
    last
        The last of the twelve months, as 2025-03; by default the last that the case's own table has.

    Raises
    ------
    InputError
        A file, the case or a table of it is at fault; nothing was written.
    CaseError
        None of the case's trusts is in the files.
    """
    folder = find_case(case)
    about = at_hand(folder, load_model().dimensions)
    reference = resource("assumptions/reference/data")
    names, mergers = read_names(reference), read_mergers(reference)
    headings = read_headings(reference / HEADINGS)
    faults: list[Fault] = []
    given = []
    for path in files:
        tell(f"Reading {path.name}")
        given += read_returns(path, names, headings, faults)
    before = read_long(folder / MONTHS, names, faults)
    lists = read_given(folder / LISTS, faults)
    if faults:
        raise InputError(told_once(faults, None))
    codes, tests = trusts(about), tests_of(names, tuple(about.members.get("test", {})))
    own = {
        *codes.values(),
        *(gone for gone, heir in heirs(mergers, codes.values()).items() if heir in codes.values()),
    }
    now, notes = newest(given)
    others = sorted(set(now.provider) - own)
    mine = now[now.provider.isin(own)]
    if mine.empty:
        what = f"none of the trusts of {folder.resolve().name} is in the files"
        raise CaseError(f"{what}: it has {listed(codes.values(), 20)}")
    tell("Deriving the baseline")
    kept, more = over(before, mine, MONTHS)
    shipped = shipped_rows().assign(**{FILE: SHIPPED})
    every, again = over(shipped[shipped.provider.isin(own)][[*LONG, FILE]], kept, SHIPPED)
    end = last or str(kept.month.max())
    if end not in set(every.month):
        raise CaseError(f"there is no {end}: the months run from {every.month.min()} to {every.month.max()}")
    if end < (latest := str(every.month.max())) and last is None:
        again.append(f"{SHIPPED} goes on to {latest}: --last {latest} ends the twelve months there")
    found = baseline(every, list(codes.values()), list(tests.values()), end, mergers)
    table, unkept = _lists(lists, found, tests)
    tell("Writing the tables")
    texts = {MONTHS: long_text(kept), LISTS: table.text}
    said = replace_tables(folder, texts)
    own_before = from_text(long_text(before)) if not before.empty else None
    return Outcome(
        "dm01",
        folder.resolve().name,
        (found.months[0], end),
        (
            changed(MONTHS, own_before, from_text(texts[MONTHS]), ("waiting_list", *ACTIVITY)),
            changed(LISTS, lists, table, COLUMNS),
        ),
        taken=(*said, *notes, *more, *again, *_sources(every, found.months), *_joined(found)),
        unusual=_unusual(every, found.months, names, tests, reference),
        to_change=_to_change(about, end),
        left_out=(
            *(note for each in given for note in each.notes),
            *([f"the rows of {len(others):,} other providers"] if others else []),
            *(note for note in found.notes if note not in _joined(found)),
            *unkept,
        ),
    )


def trusts(about: AtHand) -> dict[str, str]:
    """The code of each trust of the case, by its id: `rbl` is RBL, `p5x1` is 5X1."""
    ids = about.members.get("provider", {})
    return {id: next(code for code in (id[1:].upper(), id.upper()) if provider_id(code) == id) for id in ids}


def _lists(before: Given | None, found: Baseline, tests: Mapping[str, str]) -> tuple[Given, list[str]]:
    """The table of lists: the rows that the case has with new numbers, its other columns as they were."""
    named = {dm01: test for test, dm01 in tests.items()}
    rows = {(provider, named[test]): row for (provider, test), row in found.rows.items()}
    cells = {
        key: dict(zip(COLUMNS, line, strict=True))
        for key, line in zip(rows, (row[2:] for row in from_text(found.text).rows), strict=True)
    }
    if before is None or not {"provider", "test"} <= set(before.header):
        before = Given(("provider", "test"), tuple(cells))
    lacking = [name for name in COLUMNS if name not in before.header]
    header = (*before.header, *lacking)
    at = {name: place for place, name in enumerate(header)}
    notes: list[str] = []
    after: list[tuple[str, ...]] = []
    stale: list[str] = []
    there = set()
    for row in before.rows:
        key = (row[at["provider"]], row[at["test"]])
        there.add(key)
        new = cells.get(key)
        line = [*row, *[""] * (len(header) - len(row))]
        for name in COLUMNS if new is not None else ():
            line[at[name]] = new[name]  # type: ignore[index]
        if new is None and key[1] in tests:
            stale.append(f"{key[0]} {key[1]}")
        after.append(tuple(line))
    others = sorted({test for _, test in there if test not in tests})
    if others:
        notes.append(f"{listed(others, 20)}: no test of DM01; their rows stay as they were")
    if stale:
        notes.append(f"{listed(stale, 20)}: nothing returned in these months; the rows stay as they were")
    come = [f"{provider} {test}" for provider, test in cells if (provider, test) not in there]
    if come:
        notes.append(
            f"{listed(come, 20)}: returned, and no row of the case's table, which says what pairs there are; "
            "add the row to take it up"
        )
    return Given(header, tuple(after)), notes


def _sources(every: pd.DataFrame, months: Sequence[str]) -> list[str]:
    """Which months of the baseline came from where."""
    inside = every[every.month.isin(months)]
    found: dict[str, list[str]] = {}
    for month, source in sorted(set(zip(inside.month, inside[FILE], strict=True))):
        found.setdefault(source, []).append(month)
    return [f"{_run(of)} from {source}" for source, of in found.items()]


def _run(months: Sequence[str]) -> str:
    """Months in a row as their two ends."""
    whole = month_number(months[-1]) - month_number(months[0]) == len(months) - 1
    return f"{months[0]} to {months[-1]}" if whole and len(months) > 2 else ", ".join(months)


def _joined(found: Baseline) -> list[str]:
    return [note for note in found.notes if ": its months are added to" in note]


def _unusual(
    every: pd.DataFrame, months: Sequence[str], names: Names, tests: Mapping[str, str], reference: Path
) -> tuple[str, ...]:
    """Figures of the baseline's months far from those around them, in words."""
    table = numbers(reference / RULES, ("what",), ("value",))
    rules = Rules(**{what: value for (what,), (value,) in table.items()})
    around = int(rules.months_around)
    longer = months_before(months_ahead(months[-1], around), YEAR + 2 * around)
    ours = every[every.test.isin(tests.values())]
    found = unusual(ours, longer, MEASURES, rules)
    return tuple(str(one) for one in found if one.month in months)


def _to_change(about: AtHand, last: str) -> tuple[str, ...]:
    """What case.yaml says that does not follow from lists that stand at the end of a month."""
    first = months_ahead(last, 1)
    said = [f"notes and sources of the values from {LISTS} must name the months to {last}"]
    if first == about.first_month:
        return tuple(said)
    start = int(first[:4]) - (int(first[5:]) < APRIL)
    moved = month_number(first) - month_number(about.first_month)
    apart = f"{abs(moved)} month{'s' if abs(moved) > 1 else ''} {'after' if moved > 0 else 'before'}"
    right = (
        f"first_month: {first}, base_year: {financial_year(start)} and operating_months: "
        f"{about.operating_months - moved}"
    )
    what = (
        f"the lists stand at the end of {last}, and the month after is {first}; case.yaml has first_month "
        f"{about.first_month} (base year {about.base_year}): {first} is {apart} it"
    )
    said.insert(
        0,
        f"{what}. Write {right}, so that the months end when they do now, and begin tables by month in "
        f"{first}; or leave the dates and carry the lists to them (demand.years_carried_forward)",
    )
    return tuple(said)
