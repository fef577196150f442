"""`data did`: the imaging dataset becomes a case's imaging by month, and its X-rays their monthly mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from casebuilder.case import find_case, load_model
from casebuilder.errors import CaseError, Fault, InputError
from casebuilder.inputs.at_hand import at_hand
from casebuilder.inputs.dm01.headings import read_headings
from casebuilder.inputs.dm01.mergers import heirs, read_mergers
from casebuilder.inputs.dm01.names import read_names
from casebuilder.inputs.files.once import told_once
from casebuilder.inputs.files.scalars import listed, shown
from casebuilder.inputs.files.tables import read_table, table_text
from casebuilder.inputs.in_memory import months_before
from casebuilder.inputs.shape.fitted_tables import Merger
from casebuilder.inputs.start.tests import read_tests
from casebuilder.resources import resource
from casebuilder.tasks.data.did_files import DAYS, KEYS, TESTS, read_imaging, read_modalities, together
from casebuilder.tasks.data.dm01 import LISTS, trusts
from casebuilder.tasks.data.dm01_files import tests_of
from casebuilder.tasks.data.outcome import Outcome
from casebuilder.tasks.data.tables import Given, changed, from_text, read_given, replace_tables
from casebuilder.tasks.dm01.baseline import YEAR

IMAGING = "data/did.csv"
COLUMNS = (*KEYS, TESTS, DAYS, "file")
_DONE = "list_activity"


def data_did(
    files: Sequence[Path],
    case: str,
    tell: Callable[[str], None] = lambda _: None,
    last: str | None = None,
) -> Outcome:
    """Read tables 1 and 2 and write the case's `data/did.csv`; X-rays go to `data/lists.csv` as their mean.

    Parameters
    ----------
    files
        The annual tables, in any order.
    case
        The case's folder or name.
    tell
        Told the name of each stage.
    last
        The last of the twelve months that the mean is of; by default the last there is.

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
    headings = read_headings(reference / "did_headings.csv")
    modalities = read_modalities(reference / "did_modalities.csv")
    mergers = read_mergers(reference)
    faults: list[Fault] = []
    given = []
    for path in files:
        tell(f"Reading {path.name}")
        given += read_imaging(path, modalities, headings, faults)
    before = _before(folder / IMAGING, faults)
    lists = read_given(folder / LISTS, faults)
    if faults:
        raise InputError(told_once(faults, None))
    codes = trusts(about)
    into = heirs(mergers, codes.values())
    own = {*codes.values(), *(gone for gone, heir in into.items() if heir in codes.values())}
    now, notes = together(given)
    mine = now[now.provider_code.isin(own)]
    if mine.empty:
        what = f"none of the trusts of {folder.resolve().name} is in the files"
        raise CaseError(f"{what}: it has {listed(codes.values(), 20)}")
    others = len(set(now.provider_code) - own)
    kept, more = _over(before, mine)
    end = last or str(kept.period.max())
    texts = {IMAGING: _text(kept)}
    tables = [
        changed(
            IMAGING,
            from_text(_text(before)) if not before.empty else None,
            from_text(texts[IMAGING]),
            (TESTS,),
        )
    ]
    left: list[str] = []
    if lists is not None and {"provider", "test", _DONE} <= set(lists.header):
        listed_tests = tests_of(read_names(reference), tuple(about.members.get("test", {})))
        kinds = {id: test.did for id, test in read_tests().items() if test.did and id not in listed_tests}
        after, left = _lists(lists, kept, codes, kinds, end, mergers)
        if after.rows != lists.rows:
            texts[LISTS] = after.text
            tables.append(changed(LISTS, lists, after, (_DONE,)))
    tell("Writing the tables")
    said = replace_tables(folder, texts)
    joined = sorted({code for code in mine.provider_code if code in into})
    return Outcome(
        "did",
        folder.resolve().name,
        (str(kept.period.min()), str(kept.period.max())),
        tuple(tables),
        taken=(
            *said,
            *notes,
            *more,
            "all sources of referral are counted, emergency and inpatients among them, rounded to 5",
            *(f"{code} joined {mergers[code].into} in {mergers[code].first_month}" for code in joined),
        ),
        to_change=(f"notes and sources of X-rays in {LISTS} must name the months to {end}",)
        if LISTS in texts
        else (),
        left_out=(
            *(note for table in given for note in table.notes),
            *([f"the rows of {others:,} other providers"] if others else []),
            *left,
        ),
    )


def _before(path: Path, faults: list[Fault]) -> pd.DataFrame:
    """The case's own table; no row where there is none."""
    empty = pd.DataFrame(columns=list(COLUMNS))
    table = read_table(path, str(path), COLUMNS, faults) if path.is_file() else None
    if table is None:
        return empty
    rows = []
    for row in table.rows:
        values: list[float] = []
        for at in (len(KEYS), len(KEYS) + 1):
            try:
                values.append(float(row.cells[at] or "nan"))
            except ValueError:
                faults.append(row.place(at).fault(f"'{row.cells[at]}' is no number"))
        rows.append((*row.cells[: len(KEYS)], *values, row.cells[-1]))
    return pd.DataFrame(rows, columns=list(COLUMNS)) if not faults else empty


def _over(before: pd.DataFrame, now: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """The months of now, and those of before that now has not; a measure that now lacks is kept."""
    both = sorted(set(before.period) & set(now.period))
    notes = [f"{listed(both, 24)} stood in {IMAGING}: the new files hold"] if both else []
    keys = list(KEYS)
    filled = now.set_index(keys)
    old = before.set_index(keys)
    for measure in (TESTS, DAYS):
        for month in both:
            if now[now.period == month][measure].isna().all():
                theirs = old[measure].reindex(filled.index)
                inside = filled.index.get_level_values("period") == month
                filled.loc[inside, measure] = theirs[inside]
    rest = before[~before.period.isin(both)]
    parts = [rows for rows in (rest, filled.reset_index()) if not rows.empty]
    return pd.concat(parts, ignore_index=True)[list(COLUMNS)], notes


def _text(rows: pd.DataFrame) -> str:
    """The table as a file: sorted, a blank for what was not submitted or is kept back."""
    found = []
    for row in rows.sort_values(list(KEYS), kind="stable")[list(COLUMNS)].itertuples(index=False):
        cells = [str(cell) for cell in row]
        numbers = ["" if cell == "nan" else shown(float(cell)) for cell in cells[len(KEYS) : -1]]
        found.append((*cells[: len(KEYS)], *numbers, cells[-1]))
    return table_text(COLUMNS, found)


def _lists(
    before: Given,
    rows: pd.DataFrame,
    codes: Mapping[str, str],
    kinds: Mapping[str, str],
    last: str,
    mergers: Mapping[str, Merger],
) -> tuple[Given, list[str]]:
    """The table of lists with the monthly mean of the tests that have no list of DM01."""
    window = months_before(last, YEAR)
    into = heirs(mergers, codes.values())
    inside = rows[rows.period.isin(window)].assign(
        heir=[into.get(code, code) for code in rows[rows.period.isin(window)].provider_code]
    )
    at = {name: place for place, name in enumerate(before.header)}
    notes: list[str] = []
    after = []
    for row in before.rows:
        provider, test = row[at["provider"]], row[at["test"]]
        line = list(row)
        if test in kinds and provider in codes:
            of = inside[(inside.heir == codes[provider]) & (inside.modality == kinds[test])].dropna(
                subset=TESTS
            )
            months = sorted(set(of.period))
            lacking = [month for month in window if month not in months]
            if not months:
                notes.append(
                    f"{provider} {test}: no figure from {window[0]} to {last}; the row stays as it was"
                )
            else:
                line[at[_DONE]] = shown(round(float(of[TESTS].astype(float).sum()) / len(months), 4))
                if lacking:
                    notes.append(f"{provider} {test}: no figure for {listed(lacking, YEAR)}, out of the mean")
        after.append(tuple(line))
    if not any(row[at["test"]] in kinds for row in before.rows):
        notes.append(
            "no test of the case is imaging without a list of its own: data/lists.csv stays as it was"
        )
    return Given(before.header, tuple(after)), notes
