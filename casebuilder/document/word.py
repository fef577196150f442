"""A Word document in one style: A4, headings, tables that break well, a footer with page numbers.

Nothing is known here of what the document says.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from io import BytesIO

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

_FONT = "Arial"
_BLUE, _GREY = RGBColor(0x00, 0x5E, 0xB8), RGBColor(0x5B, 0x66, 0x70)
_SHADE, _RULE = "E8EDEE", "AEB7BD"
_WIDTH = 17.0  # cm between the margins


class WordDocument:
    """A document, written from the top down.

    Parameters
    ----------
    title, subject
        What the file says of itself.
    footer
        The text left of the page number.
    """

    def __init__(self, title: str, subject: str, footer: str) -> None:
        """Set the page, the styles and the footer."""
        self._of = Document()
        self._page()
        self._styles()
        self._footer(footer)
        about = self._of.core_properties
        about.title, about.subject, about.author, about.comments = title, subject, "", ""
        about.language = "en-GB"

    def title(self, text: str) -> None:
        """The title, at the top of the first page."""
        self._of.add_paragraph(text, style="Title")

    def heading(self, text: str) -> None:
        """A heading that stays with what follows."""
        self._of.add_heading(text, level=1)

    def paragraph(self, text: str, *, quiet: bool = False, keep: bool = False) -> None:
        """A paragraph; in small grey letters where quiet, with what follows where kept."""
        added = self._of.add_paragraph(style="Quiet" if quiet else "Normal")
        added.add_run(text)
        added.paragraph_format.keep_with_next = keep

    def bullets(self, texts: Sequence[str]) -> None:
        """A list."""
        for at, text in enumerate(texts, 1):
            added = self._of.add_paragraph(text, style="List Bullet")
            added.paragraph_format.keep_with_next = at < len(texts)

    def table(
        self,
        headers: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        *,
        left: Collection[int] = (0,),
        bold: Collection[int] = (),
    ) -> None:
        """A table whose header stands on every page and whose rows do not break.

        Parameters
        ----------
        headers, rows
            Texts; a table without headers has empty ones.
        widths
            Of the columns, in proportion.
        left
            The columns of words; the others are figures and stand right.
        bold
            The rows in bold, such as a sum.
        """
        headed = any(headers)
        shown = self._of.add_table(rows=0, cols=len(headers))
        shown.alignment, shown.autofit = WD_TABLE_ALIGNMENT.LEFT, False
        if headed:
            self._row(shown, headers, left, strong=True)
            _repeat(shown)
        for at, row in enumerate(rows):
            self._row(shown, row, left, strong=at in bold)
        for at, width in enumerate(widths):
            shown.columns[at].width = Cm(_WIDTH * width / sum(widths))
        for at, line in enumerate(shown.rows):
            _whole(line._tr)
            shaded = headed and at == 0
            for cell in line.cells:
                _border(cell, _SHADE if shaded else None)
            if at + 1 < len(shown.rows) and len(shown.rows) <= _KEPT:
                for cell in line.cells:
                    cell.paragraphs[0].paragraph_format.keep_with_next = True
        after = self._of.add_paragraph()
        after.paragraph_format.space_after = Pt(2)
        after.paragraph_format.line_spacing = Pt(4)

    def signatures(self, sides: Sequence[tuple[str, Sequence[str]]]) -> None:
        """Blocks to sign side by side: who signs, and lines to write on."""
        shown = self._of.add_table(rows=0, cols=2 * len(sides))
        shown.autofit = False
        head = shown.add_row().cells
        for at, (who, _) in enumerate(sides):
            cell = head[2 * at].merge(head[2 * at + 1])
            _set(cell, who, bold=True)
        for fields in zip(*(fields for _, fields in sides), strict=True):
            cells = shown.add_row().cells
            for at, text in enumerate(fields):
                _set(cells[2 * at], text)
                _line_below(cells[2 * at + 1])
        for at, column in enumerate(shown.columns):
            column.width = Cm(2.2 if at % 2 == 0 else _WIDTH / len(sides) - 2.2)
        for line in shown.rows:
            _whole(line._tr)
            line.height = Cm(1.0)
            for cell in line.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True

    def data(self) -> bytes:
        """The file."""
        held = BytesIO()
        self._of.save(held)
        return held.getvalue()

    def _row(self, shown: Table, texts: Sequence[str], left: Collection[int], *, strong: bool) -> None:
        cells = shown.add_row().cells  # type: ignore[no-untyped-call]
        for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            _set(cell, text, bold=strong)
            if at not in left:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _page(self) -> None:
        section = self._of.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.top_margin, section.bottom_margin = Cm(2.0), Cm(2.0)

    def _styles(self) -> None:
        styles = self._of.styles
        normal = styles["Normal"]
        _font(normal, 10)
        normal.paragraph_format.space_after = Pt(6)
        normal.paragraph_format.line_spacing = 1.1
        _font(styles["Title"], 20, _BLUE, bold=True)
        styles["Title"].paragraph_format.space_after = Pt(10)
        _no_border(styles["Title"])
        heading = styles["Heading 1"]
        _font(heading, 12.5, _BLUE, bold=True)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(4)
        heading.paragraph_format.keep_with_next = True
        _font(styles["List Bullet"], 10)
        styles["List Bullet"].paragraph_format.space_after = Pt(2)
        _font(styles["Footer"], 8, _GREY)
        quiet = styles.add_style("Quiet", 1)
        quiet.base_style = normal
        _font(quiet, 8.5, _GREY)

    def _footer(self, text: str) -> None:
        paragraph = self._of.sections[0].footer.paragraphs[0]
        _small(paragraph.add_run(f"{text}\tPage "))
        _field(paragraph, "PAGE")
        _small(paragraph.add_run(" of "))
        _field(paragraph, "NUMPAGES")
        stops = paragraph.paragraph_format.tab_stops
        self._of.styles["Footer"].paragraph_format.tab_stops.clear_all()
        stops.add_tab_stop(Cm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)


_KEPT = 14  # a table of so many rows stays on a page


def _font(style: object, points: float, colour: RGBColor | None = None, *, bold: bool = False) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.bold = _FONT, Pt(points), bold
    if colour is not None:
        font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()  # type: ignore[attr-defined]
    for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(name), _FONT)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(name), None)


def _no_border(style: object) -> None:
    properties = style.element.get_or_add_pPr()  # type: ignore[attr-defined]
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _set(cell: _Cell, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.0
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(9), bold


def _small(run: Run) -> None:
    run.font.size, run.font.color.rgb = Pt(8), _GREY


def _field(paragraph: Paragraph, name: str) -> None:
    """A field that Word fills in: the page, or how many there are."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("text", "1"), ("end", "")):
        if kind == "text":
            element = OxmlElement("w:t")
            element.text = text
        elif kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = f" {text} "
        run = paragraph.add_run()
        _small(run)
        run._r.append(element)


def _repeat(shown: Table) -> None:
    properties = shown.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))


def _whole(row: object) -> None:
    """A row that does not break over two pages."""
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def _border(cell: _Cell, shade: str | None) -> None:
    properties = cell._tc.get_or_add_tcPr()
    borders = OxmlElement("w:tcBorders")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties.append(borders)
    if shade is not None:
        filled = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", shade)):
            filled.set(qn(f"w:{name}"), value)
        properties.append(filled)


def _line_below(cell: _Cell) -> None:
    _border(cell, None)
