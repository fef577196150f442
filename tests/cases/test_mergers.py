"""The table of mergers: sources, dates, and no return under a code that is gone."""

from __future__ import annotations

import csv

import pandas as pd

from casebuilder.inputs.dm01.mergers import MERGERS, read_mergers
from casebuilder.resources import resource

DATA = resource("assumptions/reference/data")


def returns() -> pd.DataFrame:
    """Provider and month of every DM01 return that ships."""
    later = pd.read_csv(DATA / "dm01_providers_2023_25.csv.gz", usecols=["month", "provider"])
    earlier = [
        pd.read_csv(DATA / name, usecols=["period", "provider_code"]).set_axis(["month", "provider"], axis=1)
        for name in ("dm01_three_systems_2016_20.csv.gz", "dm01_other_providers_2017_20.csv.gz")
    ]
    return pd.concat([later, *earlier]).drop_duplicates()


def test_nothing_is_returned_under_a_code_that_is_gone() -> None:
    """The dates are those at which the returns that ship end, where they have the trust."""
    last = returns().groupby("provider").month.max()
    found = {code: merger for code, merger in read_mergers(DATA).items() if code in last.index}
    assert len(found) >= 10
    for code, merger in found.items():
        assert last[code] < merger.first_month, code


def test_heirs_return_after_the_merger() -> None:
    """Every trust that another joined is among the providers of 2023 to 2025."""
    now = set(returns().query("month >= '2025-01'").provider)
    assert {merger.into for merger in read_mergers(DATA).values()} <= now


def test_each_row_has_a_source_and_a_state() -> None:
    """What no page that was read says is unverified."""
    with (DATA / MERGERS).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert all(row["source"] and row["state"] in ("published", "unverified") for row in rows)
    memory = [
        row["code"]
        for row in rows
        if row["source"].startswith(("No page read", "The month from memory", "As "))
    ]
    assert [row["code"] for row in rows if row["state"] == "unverified"] == memory
