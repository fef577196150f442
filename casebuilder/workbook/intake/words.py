"""What a form says: names of sheets, and what each is for, in words."""

from __future__ import annotations

COVER, BID, DEMAND, REGISTER, POOL, REFERENCE, TO_DO = (
    "Read me", "Your bid", "Demand", "Asset register", "The pool", "Reference", "To do",
)  # fmt: skip
# Two lines at the top of each sheet.
SHEETS = {
    BID: (
        "The values that matter most: when sites open, their rooms, capital and award; what is still to do; "
        "what moves value most.",
        "Type over Value. A range, a source and a reason beside it are kept with it; without a source a "
        "value counts as unverified.",
    ),
    DEMAND: (
        "Lists and tests by trust and test: what the case has now. Type over Value, or paste months of DM01 "
        "into the columns at the right.",
        "What is pasted is added up when the form is sent back; where a value is typed here too, that holds.",
    ),
    REGISTER: (
        "Equipment at hospitals that falls due for replacement, by trust and year: what the case has now.",
        "Type over the years, or paste a register into the columns at the right.",
    ),
    POOL: (
        "What is bought together: for which classes the trust joins, what it has in place, what it last "
        "paid, and how far it has committed its volume.",
        "A price is for one unit, without VAT; name the order or invoice as its source. Letter signed needs "
        "who signed and in which month.",
    ),
    REFERENCE: (
        "Every other value of the case, most of them national: filter by Chapter. Leave what you have "
        "no better value for.",
        "Typing one makes it yours: the case keeps it in place of the reference value.",
    ),
}
ABOUT = {
    BID: "The values that matter most. Start here.",
    DEMAND: "Lists and tests by trust and test, and room to paste months of DM01.",
    REGISTER: "Equipment at hospitals by year of replacement, and room to paste a register.",
    POOL: "Buying together: joining, what is in place, prices last paid, how far it is committed.",
    REFERENCE: "Every other value, by chapter.",
    TO_DO: "What is still a placeholder or copied, what matters most first, with links.",
}
# A heading, and up to four lines, above the columns that are open for pasting.
PASTE = {
    DEMAND: (
        "Paste months of DM01 below",
        "The table by provider as NHS England publishes it, with its headings, months one below another;",
        "or your own: Trust, Test, Measure, and a column for each month (Apr-25, 2025-04 or a date).",
        "Measures: Waiting list, Over six weeks (or %), Waiting list tests, Planned, Unscheduled, Tests.",
        "Titles, commas, % and blanks are understood. Months that you leave out are those published.",
    ),
    REGISTER: (
        "Paste your asset register below",
        "One row for each item or kind: Trust, Kit, Units, and Due for replacement (a date or a year),",
        "or Installed and Life in place of Due. Titles and other columns do no harm.",
        "What is pasted replaces all years of that trust: kit that is not in it falls due in no year.",
        "Kit due before the first year of the case counts in none: type it into the year it is replaced in.",
    ),
}
