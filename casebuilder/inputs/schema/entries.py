"""What each entry of a case's files says, in words, as an editor shows them."""

from __future__ import annotations

_SOURCE = "The id of the source that vouches for it."
_STATE = "published or local (vouched for by its source), chosen (a decision), or unverified (with a range)."
_OPTION = "The id of an option."
_HEADLINE = "The key of a headline, as summary --json shows it."
_TOLERANCE = "How far off the model may be, as a share of the value."
_LINE = "The key of a line, as explain takes it."
_AT = "A member of each dimension of the line, the period among them."
_BETTER = "Whether more of it is better, or less."

ENTRIES: dict[str, dict[str, str]] = {
    "Assumed": {
        "unit": "The unit of the values.",
        "over": "The dimensions that the values are given by, the outermost first.",
        "value": "One value, for all members where there are any.",
        "values": "A mapping from members to values, one level for each dimension.",
        "table": "A CSV file, as data/NAME.csv, with a column for each dimension and one of values.",
        "column": "The column of the table that holds the values; by default the input's name.",
        "hold": "Whether a period that is not given takes the value of the last one before it.",
        "until": "The last period that the table has a row for, where it ends before the case does.",
        "range": "How sure it is: a pair of numbers, the lower first, {factor: [0.8, 1.2]}, or a list.",
        "shape": "How likely the values of the range are; pert where nothing is said.",
        "draw": "Whether a simulation draws all its values as a whole, or each member for itself.",
        "driver": "What its draws follow, as others do; with - before it, what they run against.",
        "source": _SOURCE,
        "state": _STATE,
        "note": "What there is to say about the values.",
        "of": "The place whose own values these are.",
        "apart": "What vouches for some of the values: a mapping from members, as rbl,ct, or from `value`.",
        "to_do": "What is still to be done: one text, or a mapping from members to texts.",
        "prices_of": "The financial year of the prices, where it is not the base year.",
    },
    "ApartGiven": {"source": _SOURCE, "state": _STATE, "note": "What there is to say about these values."},
    "CaseFile": {
        "format": "The number of the format that the case is written in.",
        "title": "What the case is called.",
        "description": "What the case is about.",
        "host": "The organisation whose case it is.",
        "base_year": "The financial year of prices and of year 1, as 2025/26.",
        "first_month": "The first month worked out, as 2025-04; by default April of the base year.",
        "operating_months": "How many months are worked out; the last is a March.",
        "horizon": "How many years are appraised.",
        "statement_years": "How many years the statements of accounts show.",
        "baseline": "The id of the option that the others are compared with.",
        "reference": "The name of the reference set.",
        "region": "The region, as the sources' `about` names it.",
        "system": "The system, as the sources' `about` names it.",
        "members": "The members of each dimension: a mapping from id to label, a list of ids, or a table.",
        "pairs": "Which members of two dimensions go together.",
        "options": "The ids of the options; the last is put forward.",
        "in_workbook": "The options laid out in the workbook beside the baseline and the one put forward.",
        "claims": "Headlines that the bid states, to which the model is held.",
        "priorities": "What binds the choice of sites, whatever the money.",
        "leaves_out": "Lines, chapters and headlines left out on purpose, each with the reason.",
        "to_do": "What is still to be done about the case.",
    },
    "PairsGiven": {
        "over": "The two dimensions.",
        "members": "A mapping from each member of the first to a list of the second.",
        "table": "A CSV file with a column for each of the two.",
        "through": "A third dimension that both have pairs with.",
        "without": "Members of the first that have none of the second, on purpose.",
    },
    "PrioritiesGiven": {
        "needs": "For a site those without which it is not built.",
        "excludes": "Pairs of sites of which one at most is built.",
        "at_least": "For a district how many centres must stand in it.",
    },
    "ClaimGiven": {
        "headline": _HEADLINE,
        "option": _OPTION,
        "value": "The figure stated.",
        "tolerance": _TOLERANCE,
        "source": _SOURCE,
        "note": "What there is to say about it.",
    },
    "OptionFile": {
        "label": "What the option is called.",
        "description": "What the option is.",
        "opens": "Keys of inputs that can be typed in the workbook for this option, though it gives none.",
        "inputs": "What differs from the base case: a mapping from the key of an input to its block.",
    },
    "ScenarioFile": {
        "label": "What the scenario is called.",
        "note": "What there is to say about it.",
        "inputs": "What differs in the base case: a mapping from the key of an input to its block.",
        "options": "For an option with values of its own, what differs in it, by the key of an input.",
    },
    "SourceGiven": {
        "title": "What the source is called.",
        "address": "Where it is found.",
        "date": "Of when it is.",
        "licence": "Under which licence it may be used.",
        "note": "What there is to say about it.",
        "about": "The place that it is evidence of, where it is not of England or of everywhere.",
        "to_do": "What is still to be done about it.",
    },
    "NotReproducedGiven": {
        "figure": "The figure as published.",
        "value": "Its value.",
        "source": _SOURCE,
        "why": "Why the model does not give it.",
    },
    "ExpectedFile": {
        "figures": "Published figures that the case is held to.",
        "calibrated": "Published figures that the case was calibrated to.",
        "not_reproduced": "Published figures that the model does not give, and why.",
    },
    "DriverGiven": {
        "label": "What the driver is called.",
        "inputs": "Keys of inputs whose draws follow it; with - before it, one that runs against it.",
        "source": _SOURCE,
        "note": "What there is to say about it.",
    },
    "CorrelationGiven": {
        "between": "Two keys of inputs or names of drivers.",
        "rank": "The rank correlation of their draws, from -1 to 1.",
        "source": _SOURCE,
        "note": "What there is to say about it.",
    },
    "UncertaintyFile": {
        "drivers": "What several inputs follow, by name.",
        "correlations": "What else goes together.",
    },
    "CriterionGiven": {
        "name": "What the criterion is called.",
        "weight": "How much it counts; all weights add up to 1.",
        "scale": "Values between which points run, the lesser first; else from the worst option to the best.",
        "line": _LINE,
        "at": _AT,
        "better": _BETTER,
    },
    "ReasonGiven": {
        "text": "The reason in words; one that begins \"Draft, nobody's yet:\" is nobody's yet.",
        "line": _LINE,
        "at": _AT,
        "better": _BETTER,
        "to_do": "What is still to be done about it.",
    },
    "DecisionFile": {
        "put_forward": "The option put forward: the last that case.yaml lists.",
        "by": "Who put it forward.",
        "source": _SOURCE,
        "state": _STATE,
        "note": "What there is to say about it.",
        "to_do": "What is still to be done about it.",
        "criteria": "What the options are judged by.",
        "reasons": "Why it is put forward though another ranks first.",
    },
    "AnswersFile": {
        "title": "What the bid is called.",
        "system": "The system that the bid is of, for the cover.",
        "base_year": "The financial year of prices, as 2025/26; by default the year after the data.",
        "horizon": "The years of the appraisal; by default by the kind of building.",
        "kind": "The kind of bid: what a site has where nothing is said.",
        "trusts": "Each trust by its code or name.",
        "sites": "The centres of the bid.",
        "districts": "The districts served; by default those nearest to the trusts' hospitals.",
        "capital": "What is awarded, by fund: 14m is fourteen million pounds.",
    },
    "TrustGiven": {"trust": "A code or a name.", "place": "Where its hospital is, if no table has it."},
    "SiteGiven": {
        "name": "What the site is called.",
        "place": "A district, a town, a hospital, or latitude and longitude.",
        "build": "The kind of building.",
        "gross_area": "Its area in m2; without it the rooms say.",
        "tenure": "Whether the building is owned or leased.",
        "opens": "The month in which it opens, as 2027-09.",
        "hours": "Hours open a day.",
        "days": "Days open a week.",
        "host": "The trust that hosts it.",
        "beside_hospital": "Whether it stands beside a hospital.",
        "rooms": "Rooms by test, as {mri: 1}, or the word suggest.",
        "planned_tests": "Tests planned a year: more rooms, where they need them.",
    },
}


def said_of(shape: str, entry: str) -> str:
    """What an entry of a shape says.

    Raises
    ------
    KeyError
        Nothing is said of it.
    """
    return ENTRIES[{"FigureGiven": "ClaimGiven"}.get(shape, shape)][entry]
