"""Named styles, from `templates/workbook/styles.yaml`: content never says bold or blue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from casebuilder.units import PLAIN, UnknownUnitError, parse_unit
from casebuilder.workbook.writing.bounds import weeks_pattern

# The rows of a form, a thin line below each.
_FORM = {"valign": "vcenter", "bottom": 1, "bottom_color": "rule"}
_FORM_TYPED = {**_FORM, "right": 1, "right_color": "rule", "locked": False}
ROLES: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "band"},
    "heading": {"bold": True, "font_size": 12, "font_color": "band"},
    "subtitle": {"font_color": "quiet", "italic": True},
    "text": {"text_wrap": True, "valign": "top"},
    "cell_text": {},
    "quiet": {"font_color": "quiet", "indent": 1},
    "key": {"font_color": "quiet", "font_size": 8},
    "portfolio_note": {"font_color": "quiet", "text_wrap": True, "valign": "top"},
    "portfolio_mark": {"font_color": "quiet", "text_wrap": True, "valign": "top", "italic": True},
    "portfolio_text": {"text_wrap": True, "valign": "top", "align": "left", "indent": 1},
    "portfolio_total": {"bg_color": "section", "bold": True, "indent": 1},
    "portfolio_sum": {"bg_color": "section", "bold": True},
    "portfolio_number": {"valign": "top"},
    "page_head": {"bold": True, "font_color": "quiet"},
    "quiet_text": {"font_color": "quiet"},
    "elsewhere": {"font_color": "quiet", "italic": True, "underline": 1},
    "quiet_number": {"font_color": "quiet", "align": "left"},
    "engine": {"font_color": "quiet", "italic": True},
    "engine_word": {"font_color": "quiet", "italic": True, "align": "right"},
    "word": {"align": "right"},
    "note": {"font_color": "quiet", "italic": True},
    "header": {
        "bold": True,
        "font_color": "band_text",
        "bg_color": "band",
        "text_wrap": True,
        "valign": "top",
        "bottom": 1,
        "bottom_color": "rule",
    },
    "header_right": {
        "bold": True,
        "font_color": "band_text",
        "bg_color": "band",
        "text_wrap": True,
        "align": "right",
        "valign": "top",
    },
    "section": {"bold": True, "bg_color": "section"},
    "link": {"font_color": "band", "underline": 1},
    "big": {"bold": True, "font_size": 14},
    "calculation": {},
    "total": {"bg_color": "section"},
    "opening": {"font_color": "quiet"},
    "number_row": {"font_color": "quiet", "font_size": 8},
    "input": {"font_color": "input_text", "bg_color": "input", "locked": False},
    "linked": {"font_color": "quiet"},
    "base_link": {"font_color": "quiet", "bg_color": "link", "locked": False},
    "override": {"font_color": "input_text", "bg_color": "override", "bold": True, "locked": False},
    "as_base": {
        "font_color": "quiet",
        "bg_color": "section",
        "italic": True,
        "align": "right",
        "locked": False,
    },
    "pointer": {"font_color": "quiet", "align": "right"},
    "in_use": {},
    "input_word": {"font_color": "input_text", "bg_color": "input", "align": "right", "locked": False},
    "override_word": {
        "font_color": "input_text",
        "bg_color": "override",
        "bold": True,
        "align": "right",
        "locked": False,
    },
    "base_link_word": {"font_color": "quiet", "bg_color": "link", "align": "right", "locked": False},
    "in_use_word": {"align": "right"},
    "chooser": {"font_color": "input_text", "bg_color": "input", "locked": False, "num_format": 49},  # text
    "sample_input": {"font_color": "input_text", "bg_color": "input"},
    "sample_override": {"font_color": "input_text", "bg_color": "override", "bold": True},
    "sample_link": {"font_color": "quiet", "bg_color": "link"},
    "sample_as_base": {"font_color": "quiet", "bg_color": "section", "italic": True},
    "count": {"bold": True, "align": "left"},
    "state": {"align": "center"},
    "fault": {"align": "center", "bold": True, "num_format": "0;0;"},
    "range": {"font_color": "quiet"},
    "status": {"bold": True},
    "status_cell": {"bold": True, "align": "center"},
    "form_head": {
        "bold": True,
        "font_color": "band_text",
        "bg_color": "band",
        "text_wrap": True,
        "valign": "vcenter",
        "indent": 1,
    },
    "form_head_right": {
        "bold": True,
        "font_color": "band_text",
        "bg_color": "band",
        "text_wrap": True,
        "align": "right",
        "valign": "vcenter",
    },
    "form_label": {"text_wrap": True, "indent": 1, **_FORM},
    "form_quiet": {"font_color": "quiet", "text_wrap": True, "indent": 1, **_FORM},
    "form_key": {"font_color": "quiet", "font_size": 8, **_FORM},
    "form_number": {"font_color": "quiet", **_FORM},
    "form_pointer": {"font_color": "quiet", "align": "right", **_FORM},
    "form_status": {"bold": True, "align": "center", **_FORM},
    "form_closed": {"bg_color": "link", **_FORM},
    "form_input": {"font_color": "input_text", "bg_color": "input", **_FORM_TYPED},
    "form_override": {"font_color": "input_text", "bg_color": "override", **_FORM_TYPED},
    "form_link": {"font_color": "quiet", "bg_color": "link", **_FORM_TYPED},
    "form_text": {
        "font_color": "input_text",
        "font_size": 9,
        "bg_color": "input",
        "text_wrap": True,
        "indent": 1,
        **_FORM_TYPED,
    },
    "form_paste": {"font_color": "input_text", "bg_color": "input", "locked": False},
    "form_go": {"font_color": "band", "underline": 1, "indent": 1, **_FORM},
    "form_section": {
        "bold": True,
        "font_color": "band",
        "bg_color": "section",
        "valign": "vcenter",
        "indent": 1,
    },
    "good": {"bg_color": "good"},
    "bad": {"bg_color": "bad", "bold": True},
    "warn": {"bg_color": "warn", "bold": True},
}
_EACH = ("item", "test", "m2", "kwh", "km", "room", "report", "patient")


class Styles:
    """Formats of one workbook, each made once.

    Parameters
    ----------
    workbook
        The workbook to make formats in.
    specification
        The content of styles.yaml: font, size, colours, number formats.
    """

    def __init__(self, workbook: Workbook, specification: Mapping[str, Any]) -> None:
        """Start with no formats."""
        self._workbook = workbook
        self._specification = specification
        self.colours: Mapping[str, str] = specification["colours"]
        self.series: list[str] = list(specification["series"])
        self._made: dict[tuple[str, str, bool], Format] = {}

    def __getitem__(self, role: str) -> Format:
        """The format of a role that shows text."""
        return self.number(role, "")

    def number(self, role: str, unit: str, signed: bool = False) -> Format:
        """The format of a role for figures of a unit; `signed` shows a plus too."""
        pattern = self.pattern(unit) if unit else ""
        if signed:
            pattern = signed_pattern(pattern)
        return self._format(role, pattern)

    def wrapped(self, style: Format) -> Format:
        """The same format with lines that break."""
        found = next((key for key, made in self._made.items() if made is style), None)
        return style if found is None else self._format(found[0], found[1], wrap=True)

    def _format(self, role: str, pattern: str, wrap: bool = False) -> Format:
        key = (role, pattern, wrap)
        if key not in self._made:
            properties = {
                name: self.colours.get(value, value) if isinstance(value, str) else value
                for name, value in ROLES[role].items()
            }
            properties |= {"font_name": self._specification["font"]}
            properties.setdefault("font_size", self._specification["size"])
            properties.setdefault("font_color", self.colours["ink"])
            if pattern:
                properties["num_format"] = pattern
            if wrap:
                properties["text_wrap"] = True
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def weeks(self, role: str) -> Format:
        """The format of a constant in weeks on a page: in words beyond what says anything."""
        return self._format(role, weeks_pattern(self.pattern("weeks")))

    def bound(self, amount: float, unit: str, word: str, role: str = "range") -> Format:
        """The format of a bound: in full, with the word that says that it is not allowed itself."""
        whole = amount == int(amount)
        if unit in ("share", "rate"):
            pattern = "0%" if 100 * amount == int(100 * amount) else "0.00##%"
        else:
            pattern = "#,##0" if whole else "0.0#########"
        if word:
            pattern = f'"{word} "{pattern};"{word} "-{pattern};"{word} "{pattern}'
        return self._format(role, pattern)

    @staticmethod
    def in_words(unit: str, base_year: str) -> str:
        """A unit as a board reads it: pounds with their price base, no word for a plain number."""
        words = unit.replace("GBP_nominal", "£ cash").replace("GBP_real", f"£, {base_year} prices")
        return {"factor": "ratio", "flag": "", "number": "", "choice": ""}.get(words, words)

    def pattern(self, unit: str) -> str:
        """The number format that suits a unit."""
        patterns: Mapping[str, str] = self._specification["numbers"]
        if unit in PLAIN or unit in patterns:
            return patterns.get(unit, patterns["other"])
        try:
            powers = dict(parse_unit(unit).powers)
        except UnknownUnitError:
            return patterns["other"]
        up = [atom for atom, power in powers.items() if power > 0]
        if any(atom.startswith("GBP") for atom in up):
            each = any(powers.get(atom, 0) < 0 for atom in _EACH)
            return patterns["GBP_each" if each else "GBP"]
        return next((patterns[atom] for atom in up if atom in patterns), patterns["other"])


def signed_pattern(pattern: str) -> str:
    """A number format that shows the sign of a rise as well as that of a fall."""
    plain = pattern.partition(";")[0]
    return f"+{plain};-{plain};{plain}"
