"""What the pages of 粤居码 take in: a mark, and a list of the police that is read and not kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from python_calamine import CalamineError, CalamineWorkbook

from wangge.lib import sheets

from ..enums import MARKED, CodeStatus

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 300_000
NUMBER_HEADS = ("身份证", "证件号", "公民身份号码", "id_no")
STATUS_HEADS = ("粤居码", "状态", "status")
AGREES = {"yes": True, "no": False, "": None}


class MarkForm(forms.Form):
    """One resident's mark."""

    status = forms.ChoiceField(
        choices=[("", ""), *((each.value, each.label) for each in MARKED)], required=False
    )
    on = forms.DateField(required=False)
    guided = forms.BooleanField(required=False)
    agrees = forms.ChoiceField(choices=[("", ""), ("yes", ""), ("no", "")], required=False)

    def mark(self) -> dict[str, Any]:
        """What ``mark_code`` wants."""
        given = dict(self.cleaned_data)
        agrees = AGREES[given.pop("agrees")]
        return {**given, "address_agrees": agrees}


class ListForm(forms.Form):
    """A list to compare with: spreadsheets only, so that no picture of a code can be sent."""

    file = forms.FileField(
        label=_("公安名单（xlsx 或 csv）"),
        help_text=_("至少有“证件号码”一列；有“粤居码状态”列的按状态比，没有的按“名单上的都已确认”比。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    purpose = forms.CharField(label=_("目的"), max_length=200)
    basis = forms.CharField(label=_("依据（文号或函件）"), max_length=200, required=False)

    def clean_file(self) -> Any:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_now("文件太大（超过 20 MB），请分区域导出后再比。"))
        if not sent.name.lower().endswith((".xlsx", ".csv")):
            raise forms.ValidationError(_now("只收 xlsx 或 csv 表格；粤居码的二维码图片请不要上传。"))
        return sent

    def rows(self) -> list[tuple[str, str]]:
        """(id number, status code or "") of every row.

        Raises:
            forms.ValidationError: no table, or no column of id numbers.
        """
        lines = _lines(self.cleaned_data["file"])
        heads = next(lines, [])
        number, status = _column(heads, NUMBER_HEADS), _column(heads, STATUS_HEADS)
        if number is None:
            raise forms.ValidationError(_now("没有找到“证件号码”列，请把列名写在第一行。"))
        return [
            (_cell(line, number), _code(_cell(line, status)))
            for line, _count in zip(lines, range(MOST_ROWS), strict=False)
            if _cell(line, number)
        ]


def _lines(sent: Any) -> Iterator[Sequence[Any]]:
    content = sent.read()
    if sent.name.lower().endswith(".csv"):
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("gb18030", errors="replace")
        return iter(csv.reader(io.StringIO(text)))
    _look_at(content)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    except (CalamineError, OSError) as broken:
        raise forms.ValidationError(_now("打不开这个文件，请另存为 xlsx 后再试。")) from broken
    return iter(sheet.to_python())


def _look_at(content: bytes) -> None:
    """Raises ValidationError for what would fill the memory, and for what is no workbook."""
    try:
        too_much = sheets.unpacked_size(content) > MOST_UNPACKED or sheets.is_scattered(content)
    except sheets.FAULTS as broken:
        raise forms.ValidationError(_now("打不开这个文件，请另存为 xlsx 后再试。")) from broken
    if too_much:
        raise forms.ValidationError(
            _now("表格解开后太大，或离名单很远的格子里还有内容。请把名单复制到一张新表格里再上传。")
        )


def _column(heads: Sequence[Any], words: Sequence[str]) -> int | None:
    found = (at for word in words for at, head in enumerate(heads) if word in str(head).lower())
    return next(found, None)


def _cell(line: Sequence[Any], at: int | None) -> str:
    return str(line[at]).strip() if at is not None and at < len(line) else ""


def _code(text: str) -> str:
    """The status by its words; what is not understood stays as it is and counts as unreadable."""
    words = {str(label): code for code, label in CodeStatus.choices}
    return words.get(text, text)
