"""What a form says: names of sheets, and what each is for, in words."""

from __future__ import annotations

COVER, BID, DEMAND, REGISTER, REFERENCE, TO_DO = (
    "Read me", "Your bid", "Demand", "Asset register", "Reference", "To do",
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
    REFERENCE: "Every other value, by chapter.",
    TO_DO: "What is still a placeholder or copied, what matters most first, with links.",
}
