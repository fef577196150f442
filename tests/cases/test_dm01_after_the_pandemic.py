"""DM01 of April 2023 to March 2025, as shipped: its views agree with each other and with what is public."""

from __future__ import annotations

import pandas as pd

from casebuilder.inputs.shape.fitted_tables import read_fitted_tables
from casebuilder.resources import resource

DATA = resource("assumptions/reference/data")
TABLES = read_fitted_tables(DATA).tables
WEEKS = [f"weeks_{week:02d}" for week in range(14)]
OVER_SIX = [f"weeks_{week:02d}" for week in range(6, 14)]


def table(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / getattr(TABLES, name).file)


def test_bands_of_weeks_add_up_to_the_list_and_to_those_over_six_weeks() -> None:
    """In every row of the three tables, but for June 2023 by board, where the last bands are empty."""
    for name, rows in (
        ("waits_providers_later", 63_962),
        ("waits_boards_later", 15_255),
        ("waits_england_later", 360),
    ):
        found = table(name)
        assert len(found) == rows
        found = found.dropna(subset="weeks_13")
        assert len(found) >= rows - 636
        assert (found[WEEKS].sum(axis=1) == found.waiting_list).all()
        assert (found[OVER_SIX].sum(axis=1) == found.over_6_weeks).all()


def test_providers_and_boards_add_up_to_england() -> None:
    """Every month, test and column; by board the activity and last bands of June 2023 are empty."""
    columns = ["waiting_list", "over_6_weeks", *WEEKS, "waiting_list_activity", "planned", "unscheduled"]
    england = table("waits_england_later").set_index(["month", "test"]).sort_index()[columns]
    providers = table("waits_providers_later").groupby(["month", "test"])[columns].sum().sort_index()
    pd.testing.assert_frame_equal(england, providers)
    boards = table("waits_boards_later").groupby(["month", "test"])[columns].sum().sort_index()
    lists = ["waiting_list", "over_6_weeks"]
    pd.testing.assert_frame_equal(england[lists], boards[lists])
    other = [month for month in boards.index.levels[0] if month != "2023-06"]
    assert len(other) == 23
    pd.testing.assert_frame_equal(england.loc[other], boards.loc[other], check_dtype=False)


def test_march_2025_is_as_published() -> None:
    """1,703,573 waiting, 18.4 % of them over six weeks; 42 boards and NHS England."""
    march = table("waits_england_later").query("month == '2025-03'")
    assert march.waiting_list.sum() == 1_703_573
    assert round(march.over_6_weeks.sum() / march.waiting_list.sum(), 3) == 0.184
    assert table("waits_boards_later").icb.nunique() == 43


def test_every_code_has_a_name() -> None:
    """Of providers and of boards."""
    assert set(table("waits_providers_later").provider) <= set(table("provider_names").provider)
    assert set(table("waits_boards_later").icb) <= set(table("board_names").icb)
