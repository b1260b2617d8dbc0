"""A template filled, and its cells as somebody reads them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from tests.cast import COMMUNITY
from tests.tables.templates import Template
from wangge.registry.tables import actions
from wangge.registry.tables.actions.fill import Made
from wangge.registry.tables.models import TableRequest


@dataclass
class Result:
    """A template before and after."""

    template: Template
    blank: bytes
    filled: bytes
    request: TableRequest
    made: Made

    @cached_property
    def before(self) -> Worksheet:
        return load_workbook(io.BytesIO(self.blank), keep_vba=True)[self.template.sheet]

    @cached_property
    def after(self) -> Worksheet:
        return load_workbook(io.BytesIO(self.filled), keep_vba=True)[self.template.sheet]

    @cached_property
    def values(self) -> list[list[Any]]:
        """The sheet as calamine reads it, from row 1."""
        book = CalamineWorkbook.from_filelike(io.BytesIO(self.filled))
        sheet = book.get_sheet_by_name(self.template.sheet)
        return sheet.to_python(skip_empty_area=False)

    @property
    def described(self) -> dict[str, Any]:
        """What was recognised on the sheet."""
        return next(sheet for sheet in self.request.sheets if sheet["name"] == self.template.sheet)

    @property
    def first(self) -> int:
        """The first row that was filled."""
        return int(self.described["first"])

    @property
    def grown(self) -> int:
        """How many rows were put in."""
        return max(0, self.made.tally.rows - int(self.described["room"]))

    def part(self, name: str) -> bytes:
        with zipfile.ZipFile(io.BytesIO(self.filled)) as archive:
            return archive.read(name)

    def rows(self) -> list[list[Any]]:
        """The cells that were filled, row by row."""
        return self.values[self.first - 1 : self.first - 1 + self.template.rows]


def fill(template: Template, area: str = COMMUNITY, **how: Any) -> Result:
    """Fill a template for an area."""
    blank = template.draw()
    request = actions.receive_table(
        actor="cli", area_code=area, name=template.file, content=io.BytesIO(blank)
    )
    out = io.BytesIO()
    made = actions.fill_table(actor="cli", request=request, out=out, **how)
    return Result(template, blank, out.getvalue(), request, made)
