"""The briefing as PDF (typst) and as docx."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from wangge.lib.fonts import chinese_family, fonts

from ..reading.page import Briefing, Table

HERE = Path(__file__).parent
FONT = "宋体"  # a name that every office program in China knows; others choose their own
SLIM = 3  # briefings with more stops than this are set smaller
SIZES = (10.5, 9.5, 8.5, 7.5, 6.5)  # points; the first at which all of it is one page
PAGE = re.compile(rb"/Type\s*/Page\b")


def briefing_pdf(told: Briefing) -> bytes:
    """One page A4; set smaller where there is much to tell.

    Raises:
        NoFont: there is none; says what to install.
    """
    with translation.override("zh-hans"):
        given = {"family": chinese_family()} | _given(told)
    made = b""
    for size in SIZES:
        made = _set(given | {"size": size})
        if len(PAGE.findall(made)) <= 1:
            break
    return made


def _set(given: dict[str, Any]) -> bytes:
    told = json.dumps(given, ensure_ascii=False)
    made = typst.compile(
        str(HERE / "briefing.typ"), format="pdf", font_paths=fonts(), sys_inputs={"given": told}
    )
    assert isinstance(made, bytes)
    return made


def _given(told: Briefing) -> dict[str, Any]:
    return {
        "title": told.title, "at": as_of(told), "paragraphs": told.paragraphs, "foot": told.foot,
        "figures": [told.figures.heads, *told.figures.rows],
        "problems": [told.problems.heads, *told.problems.rows] if told.problems.rows else [],
        "problems_title": _("未办结的问题"), "more": more(told), "example": _("示例") if told.example else "",
    }  # fmt: skip


def as_of(told: Briefing) -> str:
    """The moment it was counted, in words."""
    at = timezone.localtime(told.at).strftime("%Y-%m-%d %H:%M")
    return _("数据截至 %(at)s") % {"at": at}


def more(told: Briefing) -> str:
    """What does not fit on the page."""
    return _("另有 %(n)d 件未办结，见系统。") % {"n": told.left_off} if told.left_off else ""


def _long(told: Briefing) -> bool:
    letters = sum(len(text) for text in told.paragraphs)
    return letters > 700 or len(told.problems.rows) > 6 or told.stops > SLIM


def briefing_docx(told: Briefing) -> bytes:
    """The same for an office program, to be worked on."""
    paper = Document()
    with translation.override("zh-hans"):
        _page(paper, 9 if _long(told) else 10.5)
        _line(paper, told.title, 16, bold=True, middle=True)
        _line(paper, as_of(told) + (f"　{_('示例')}" if told.example else ""), 9, middle=True)
        for text in told.paragraphs:
            _line(paper, text, indent=True)
        _table(paper, told.figures)
        if told.problems.rows:
            _line(paper, _("未办结的问题"), 11, bold=True)
            _table(paper, told.problems)
        for text in (more(told), told.foot):
            if text:
                _line(paper, text, 8.5)
    stream = io.BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _page(paper: Any, size: float) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin = section.bottom_margin = Mm(16)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(size)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(3)


def _line(
    paper: Any, text: str, size: float | None = None, *, bold: bool = False, middle: bool = False,
    indent: bool = False,
) -> None:  # fmt: skip
    line = paper.add_paragraph()
    run = line.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if middle:
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if indent:
        line.paragraph_format.first_line_indent = Pt(21)


def _table(paper: Any, told: Table) -> None:
    made = paper.add_table(rows=0, cols=len(told.heads))
    made.style = "Table Grid"
    for number, row in enumerate([told.heads, *told.rows]):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            run = cell.paragraphs[0].add_run(text)
            run.bold = number == 0
            run.font.size = Pt(9)
    paper.add_paragraph().paragraph_format.space_after = Pt(0)
