"""Pages of the API: by a cursor, never by an offset, which skips and repeats rows while others write."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Field, Schema

from wangge.foundation.territory.queries import area_by_code
from wangge.lib import cursors
from wangge.lib.problems import Problem

M = TypeVar("M", bound=Model)


class Page(Schema):
    """Where to go on, and how many rows at most."""

    after: str = Field("", max_length=24, description="上一页返回的 after；第一页不填")
    limit: int = Field(100, ge=1, le=500, description="一页最多多少行")

    def key(self) -> int:
        """The key behind the cursor, 0 for the first page.

        Raises:
            Problem: 422, it was not given by an earlier page.
        """
        try:
            return cursors.unpack(self.after) if self.after else 0
        except cursors.BadCursor as error:
            title = _("after 不是上一页返回的值。")
            raise Problem(422, "invalid", title, _("请原样传回上一页的 after；第一页不要传。")) from error


def page_of(found: QuerySet[M], limit: int) -> tuple[list[M], str]:
    """The rows of one page and the cursor of the next, "" at the end."""
    rows: list[Any] = list(found[: limit + 1])
    return rows[:limit], cursors.pack(rows[limit - 1].pk) if len(rows) > limit else ""


def asked_area(code: str) -> str:
    """The area a filter names, inside the reach in force.

    Raises:
        Problem: 404, there is no such area for this caller.
    """
    if code and area_by_code(code) is None:
        title = _("没有这个区域，或不在可见的辖区。")
        raise Problem(404, "not_found", title, _("请用 /areas 列出的代码。"))
    return code
