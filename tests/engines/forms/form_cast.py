"""Workbooks as officials make them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter

Lines = Sequence[Sequence[str]]
SURVEY: Lines = [
    ["type", "name", "label", "relevant", "fact"],
    ["text", "name", "姓名", "", "name"],
    ["begin_group", "home", "住处", "", ""],
    ["select_one yn", "smoke", "有烟感报警器吗？", "", "own"],
    ["image", "photo", "拍一张", "${smoke}='n'", ""],
    ["end_group", "", "", "", ""],
    ["integer", "heads", "住几个人", "", "own"],
]
CHOICES: Lines = [["list_name", "name", "label"], ["yn", "y", "有"], ["yn", "n", "没有"]]


def settings(key: str = "home_visit", version: str = "1") -> Lines:
    return [["form_title", "form_id", "version"], ["入户检查", key, version]]


def workbook(survey: Lines = SURVEY, choices: Lines = CHOICES, about: Lines | None = None) -> bytes:
    """An XLSForm; sheets survey, choices and settings."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    book.set_properties({"created": datetime(2026, 1, 1)})  # the same form is the same bytes
    for name, lines in (("survey", survey), ("choices", choices), ("settings", about or settings())):
        sheet = book.add_worksheet(name)
        for at, line in enumerate(lines):
            sheet.write_row(at, 0, line)
    book.close()
    return content.getvalue()


def answer(
    instance: str = "uuid:5b0c2d7e-0001", *, smoke: str = "y", photo: str = "", version: str = "1"
) -> str:
    """What Collect sends for the form above."""
    return (
        f'<data id="home_visit" version="{version}" xmlns:orx="http://openrosa.org/xforms"><name>林试</name><home>'
        f"<smoke>{smoke}</smoke><photo>{photo}</photo></home><heads>3</heads>"
        f"<orx:meta><orx:instanceID>{instance}</orx:instanceID></orx:meta></data>"
    )
