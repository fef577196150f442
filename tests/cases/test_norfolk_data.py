"""The baseline tables of the Norfolk and Waveney case, derived again from the extracts beside them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

from casebuilder.calibrate.travel import calibrate_travel
from casebuilder.calibrate.waits_curve import calm_years, read_months
from casebuilder.resources import resource

CASE = resource("assumptions/cases/norfolk_waveney")
TESTS = {"MRI": "mri", "CT": "ct", "NON_OBSTETRIC_ULTRASOUND": "ultrasound"}
SCANS = {"mri": "MRI", "ct": "CT"}
STREAMS = {"act_waiting_list": "list_activity", "act_planned": "planned", "act_unscheduled": "unscheduled"}
# 193 and 228 CT from the list, against 1,700 to 1,971 in the other months.
PARTIAL = {("rgp", "ct", "2019-03"), ("rgp", "ct", "2019-09")}
TRUSTS = {"rm1", "rgp", "rcx"}
MONTHS = [f"2019-{month:02d}" for month in range(3, 13)] + ["2020-01", "2020-02"]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of the case."""
    with (CASE / "data" / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def shipped_lists() -> dict[tuple[str, str], dict[str, float]]:
    """lists.csv by trust and test."""
    return {
        (row["provider"], row["test"]): {k: float(v) for k, v in row.items() if k not in ("provider", "test")}
        for row in rows("lists.csv")
    }


def dm01() -> dict[tuple[str, str], dict[str, dict[str, int]]]:
    """The DM01 extract: for each trust and test the numbers of each month."""
    found: dict[tuple[str, str], dict[str, dict[str, int]]] = defaultdict(dict)
    for row in rows("dm01_nw_2019_20.csv"):
        numbers = {k: int(v) for k, v in row.items() if k not in ("period", "provider_code", "test")}
        found[row["provider_code"].lower(), TESTS[row["test"]]][row["period"]] = numbers
    return found


def scans(modality: str, months: set[str] | None = None) -> dict[str, dict[int, int]]:
    """Scans of a modality by trust and financial year, from the imaging extract."""
    found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows("did_nw_2018_25.csv"):
        if row["modality"] == modality and (months is None or row["period"] in months):
            year = int(row["period"][:4]) - (row["period"][5:] < "04")
            found[row["provider_code"].lower()][year] += int(row["tests"])
    return found


def chapter(name: str) -> dict:
    return yaml.safe_load((CASE / f"{name}.yaml").read_text(encoding="utf-8"))


def test_extracts_cover_what_they_say() -> None:
    """DM01 of the twelve months before the pandemic; imaging of seven years, no count missing."""
    for months in dm01().values():
        assert sorted(months) == MONTHS
    assert {trust for trust, _ in dm01()} == TRUSTS
    periods = {row["period"] for row in rows("did_nw_2018_25.csv")}
    assert (min(periods), max(periods), len(periods)) == ("2018-04", "2025-03", 84)
    assert len(rows("did_nw_2018_25.csv")) == 84 * 3 * 4


def test_lists_are_what_dm01_says() -> None:
    """Every figure of a test with a list follows from the DM01 extract."""
    shipped = shipped_lists()
    assert {key for key in shipped if key[1] != "xray"} == set(dm01())
    for (trust, test), months in dm01().items():
        full = [of for month, of in months.items() if (trust, test, month) not in PARTIAL]
        expected = {
            "list": months["2020-02"]["total_wl"],
            "over_six_weeks": months["2020-02"]["wl_6plus"],
            "list_change": (months["2020-02"]["total_wl"] - months["2019-03"]["total_wl"]) / 11,
            "mean_list": sum(of["total_wl"] for of in full) / len(full),
            "young_band": sum(of["wk_00"] for of in full) / len(full),
        } | {name: sum(of[column] for of in full) / len(full) for column, name in STREAMS.items()}
        for name, value in expected.items():
            assert shipped[trust, test][name] == pytest.approx(value, abs=0.0006), (trust, test, name)


def test_xrays_are_what_the_imaging_dataset_says() -> None:
    """X-rays are the monthly mean of the imaging extract, and have no list."""
    for trust, years in scans("X-ray", set(MONTHS)).items():
        found = shipped_lists()[trust, "xray"]
        assert found["list_activity"] == pytest.approx(sum(years.values()) / 12, abs=0.0006)
        assert sum(found.values()) == found["list_activity"] + found["calm_cover"]


def test_calm_years_are_what_the_shipped_months_say() -> None:
    """Each trust's share and cover in calm years come from DM01, April 2016 to March 2019."""
    months = read_months(resource("assumptions/reference/data"))
    here = months[months.system == "N&W"]
    own = calm_years(here.assign(provider=here.provider.str.lower()), ["provider", "test"])
    for (trust, test), found in shipped_lists().items():
        if test != "xray":
            known = own.loc[(trust, test)]
            assert found["calm_share"] == pytest.approx(known.calm_share, abs=6e-5), (trust, test)
            assert found["calm_cover"] == pytest.approx(known.calm_cover, abs=6e-5), (trust, test)


def test_season_is_the_pattern_that_the_other_case_derives() -> None:
    """The same months of the year have the same season; the extract of England is the same."""
    other = resource("assumptions/cases/cmast/data")
    assert (CASE / "data" / "dm01_england_2013_19.csv").read_text() == (
        other / "dm01_england_2013_19.csv"
    ).read_text()
    with (other / "season.csv").open(newline="", encoding="utf-8") as file:
        pattern = {row["month"][5:]: row["season"] for row in csv.DictReader(file)}
    shipped = rows("season.csv")
    assert [row["month"] for row in (shipped[0], shipped[-1])] == ["2022-04", "2028-03"]
    assert all(row["season"] == pattern[row["month"][5:]] for row in shipped)


@pytest.mark.parametrize("test", SCANS)
def test_tests_in_a_slot_are_dm01_over_imaging(test: str) -> None:
    """DM01 counts 1.13 MRI and 1.30 CT for each scan that the imaging dataset counts."""
    counted = scanned = 0.0
    for (trust, of), months in dm01().items():
        if of != test:
            continue
        kept = {month for month in months if (trust, test, month) not in PARTIAL}
        counted += sum(sum(months[m][column] for column in STREAMS) for m in kept) / len(kept)
        scanned += sum(scans(SCANS[test], kept)[trust].values()) / len(kept)
    for name, over in (("throughput", "tests_in_slot"), ("access", "tests_per_visit")):
        assert chapter(name)[over]["values"][test] == pytest.approx(counted / scanned, abs=0.001)


@pytest.mark.parametrize(
    ("test", "modality"),
    [("mri", "MRI"), ("ct", "CT"), ("ultrasound", "Ultrasound"), ("xray", "X-ray")],
)
def test_growth_is_what_the_imaging_dataset_says(test: str, modality: str) -> None:
    """Hospitals' growth to 2021/22 and from then to 2023/24 is the three trusts' own."""
    years: dict[int, int] = defaultdict(int)
    for of in scans(modality).values():
        for year, number in of.items():
            years[year] += number
    capacity = chapter("capacity")
    carried = (years[2021] / years[2019]) ** 0.5 - 1
    assert capacity["carried_forward_productivity"]["values"][test] == pytest.approx(carried, abs=6e-5)
    recovered = (years[2023] / years[2021]) ** 0.5 - 1
    assert capacity["productivity"]["values"][test]["2019/20"] == pytest.approx(recovered, abs=6e-5)
    kept = max(carried, 0) if test != "xray" else carried
    growth = chapter("demand")["carried_forward_growth"]["values"][test]
    assert growth == pytest.approx(kept, abs=6e-5)


def test_neighbourhoods_are_what_the_small_areas_say(tmp_path: Path) -> None:
    """Running the fit and the adding up again gives the shipped tables and the fit in use."""
    (tmp_path / "cases" / "norfolk_waveney").mkdir(parents=True)
    (tmp_path / "reference" / "data").mkdir(parents=True)
    calibrate_travel(resource("assumptions/reference/data"), tmp_path)
    for name in ("neighbourhoods.csv", "neighbourhood_people.csv", "place_quintiles.csv"):
        made = tmp_path / "cases" / "norfolk_waveney" / "data" / name
        assert made.read_text() == (CASE / "data" / name).read_text()
    with (tmp_path / "reference" / "data" / "travel_fit.csv").open(newline="") as file:
        fit = next(row for row in csv.DictReader(file) if row["system"] == "norfolk_waveney")
    access = chapter("access")
    for name, column in (("fit_constant", "a"), ("fit_per_km", "b"), ("fit_per_root_km", "c")):
        assert access[name]["value"] == float(fit[column])


def test_attribution_goes_with_the_data() -> None:
    """Wherever the tables are copied, the licence and the source go along."""
    text = (CASE / "data" / "README.md").read_text(encoding="utf-8")
    assert "Open Government Licence v3.0" in text
    assert "NHS England" in text
