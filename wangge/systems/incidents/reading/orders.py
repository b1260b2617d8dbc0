"""A workbook of 12345 orders: its columns recognised by their heads, its rows as they would be registered."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from python_calamine import CalamineError, CalamineWorkbook

from wangge.lib import sheets
from wangge.lib.cells import clean_name, clean_phone, plain

UNPACKED = 200 * 1024 * 1024  # bytes
MOST_BYTES, ROWS, HEADS_WITHIN, COLUMNS = 20 * 1024 * 1024, 5_000, 15, 80
# Our column and the heads it goes by, the likeliest first; a head is compared without blanks and marks.
HEADS: dict[str, tuple[str, ...]] = {
    "number": ("工单编号", "工单号", "受理编号", "流水号", "诉求编号", "订单编号", "编号"),
    "title": ("诉求标题", "工单标题", "标题", "主题"),
    "words": ("诉求内容", "工单内容", "反映内容", "问题描述", "内容", "事项描述"),
    "kind": ("诉求分类", "事项分类", "问题分类", "分类", "类别"),
    "level": ("诉求类型", "工单类型", "紧急程度", "类型"),
    "name": ("来电人", "诉求人", "反映人", "联系人", "姓名", "市民姓名"),
    "phone": ("联系电话", "来电号码", "来电电话", "手机号码", "电话"),
    "area": ("所属社区", "村社区", "所属村社区", "社区", "所属镇街", "镇街", "所属区域", "区域"),
    "address": ("发生地址", "事发地址", "问题地址", "地址", "发生地点", "地点"),
    "at": ("来电时间", "受理时间", "登记时间", "工单时间"),
    "wanted_by": ("办理时限", "办结时限", "答复时限", "截止时间", "要求办结时间"),
}
NEEDED = ("number", "words")
NAMES: dict[str, str | Promise] = {
    "number": _lazy("工单编号"),
    "title": _lazy("标题"),
    "words": _lazy("内容"),
    "kind": _lazy("分类"),
    "level": _lazy("类型"),
    "name": _lazy("来电人"),
    "phone": _lazy("电话"),
    "area": _lazy("区域"),
    "address": _lazy("地址"),
    "at": _lazy("来电时间"),
    "wanted_by": _lazy("12345 时限"),
}
LEVELS = (
    ("accident", ("突发", "事故")), ("urgent", ("紧急", "特急", "加急")),
    ("utility", ("供水", "供电", "燃气", "通信")), ("complaint", ("投诉", "举报")),
    ("inquiry", ("咨询", "求助")), ("complex", ("复杂", "疑难")),
)  # fmt: skip
_MARKS = re.compile(r"[\s（()）/、:：*＊_-]")


class Unreadable(ValueError):
    """No such workbook; in words what to do."""


@dataclass(frozen=True)
class Order:
    """One row. ``fault`` says in words why it cannot be registered; "" where it can."""

    row: int
    number: str
    title: str = ""
    words: str = ""
    kind: str = ""
    level: str = ""
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    area: str = ""
    address: str = ""
    at: str = ""
    wanted_by: str = ""
    fault: str = ""

    def digest(self) -> str:
        """Two rows of one number say the same when this is; the row itself and its deadline do not count."""
        said = [self.title, self.words, self.name, self.phone, self.address]
        return sha256("\x1f".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Orders:
    """The rows of a file, and which head of it each of our columns is."""

    rows: list[Order]
    columns: dict[str, str]


def read_orders(content: bytes, *, demo: bool = False) -> Orders:
    """Read the first sheet that has numbers and contents of orders.

    Args:
        demo: phones beginning 100 count as phones.

    Raises:
        Unreadable: no workbook, too large, no such columns, or no rows.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(_("文件超过 20 MB，请按日期拆成几个再上传。"))
    for rows in _sheets(content):
        at, places = _heads(rows)
        if places:
            found = _rows(rows[at + 1 :], at + 2, places, demo)
            if not found:
                raise Unreadable(_("表头下面没有工单。请确认工单在这个文件里。"))
            return Orders(found, {key: plain(rows[at][place]) for key, place in places.items()})
    raise Unreadable(_("没有找到“工单编号”和“诉求内容”两列。请确认表头写明这些列名，再重新上传。"))


def _sheets(content: bytes) -> list[Sequence[Sequence[object]]]:
    _must_be_small(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            book.get_sheet_by_name(name).to_python(nrows=ROWS + HEADS_WITHIN)
            for name in book.sheet_names[:10]
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise Unreadable(
            _("这个文件不是能读的 Excel 表格。请另存为“Excel 工作簿（.xlsx）”再上传。")
        ) from error


def _must_be_small(content: bytes) -> None:
    """A workbook is a zip; what is larger unpacked than any list of orders is not unpacked."""
    if not content.startswith(b"PK"):
        return
    try:
        large = sheets.unpacked_size(content) > UNPACKED
        scattered = not large and sheets.is_scattered(content)
    except (*sheets.FAULTS, OSError, ValueError):
        return  # the reader says so
    if large:
        raise Unreadable(_("文件解开后太大，不像一份工单。请另存一份只有工单的表格。"))
    if scattered:
        raise Unreadable(_("离工单很远的格子里还有内容。请把工单复制到一张新表格里，保存后再上传。"))


def _heads(rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    """The row of heads and where our columns are; nothing where none has what is needed."""
    for at, row in enumerate(rows[:HEADS_WITHIN]):
        heads = [_MARKS.sub("", plain(cell)) for cell in row[:COLUMNS]]
        places = {
            key: heads.index(name)
            for key, names in HEADS.items()
            for name in reversed(names)
            if name in heads
        }
        if all(key in places for key in NEEDED):
            return at, places
    return 0, {}


def _places(heads: Sequence[str]) -> dict[str, int]:
    """Of several heads that fit the likeliest one counts."""
    fitting = ((key, name) for key, names in HEADS.items() for name in reversed(names) if name in heads)
    return {key: heads.index(name) for key, name in fitting}


def _rows(rows: Sequence[Sequence[object]], first: int, places: dict[str, int], demo: bool) -> list[Order]:
    found, seen = [], set[str]()
    for at, row in enumerate(rows, first):
        if any(plain(cell) for cell in row):
            order = _order(at, row, places, demo, seen)
            seen.add(order.number)
            found.append(order)
    if len(found) > ROWS:
        raise Unreadable(_("超过 5000 件工单，请按日期拆成几个文件再上传。"))
    return found


def _order(at: int, row: Sequence[object], places: dict[str, int], demo: bool, seen: set[str]) -> Order:
    def raw(key: str) -> object:
        place = places.get(key, -1)
        return row[place] if 0 <= place < len(row) else ""

    number, words = _number(raw("number")), plain(raw("words"))
    name, phone = clean_name(raw("name")), clean_phone(raw("phone"), demo=demo)
    said = plain(raw("level")) + plain(raw("kind"))
    level = next((key for key, marks in LEVELS if any(mark in said for mark in marks)), "general")
    return Order(
        at, number[:40], plain(raw("title"))[:80], words[:2000], plain(raw("kind"))[:40], level,
        "" if name.error else str(name.value or ""), "" if phone.error else str(phone.value or ""),
        plain(raw("area"))[:80], plain(raw("address"))[:200], _moment(raw("at")), _moment(raw("wanted_by")),
        _fault(number, words, seen),
    )  # fmt: skip


def _fault(number: str, words: str, seen: set[str]) -> str:
    if not number:
        return _("没有工单编号")
    if len(number) > 40:
        return _("工单编号太长")
    if number in seen:
        return _("编号在这个文件里重复")
    return "" if words else _("没有内容")


def _number(value: object) -> str:
    """As text; a number that Excel kept as one has no ".0"."""
    whole = isinstance(value, float) and value.is_integer()
    return str(int(value)) if whole else plain(value)  # type: ignore[call-overload]


def _moment(value: object) -> str:
    return value.strftime("%Y-%m-%d %H:%M") if isinstance(value, datetime) else plain(value)[:30]
