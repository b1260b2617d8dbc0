"""A checklist as it comes in from a page: an option an item, words and a photo where it is bad."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from wangge.engines.cases.actions.photos import keep_photo
from wangge.foundation.access.rules import Unacceptable

from ..actions.inspecting import Answer
from ..queries.checklists import Checklist
from ..reading.checklist import Item

PHOTOS = 4  # of one item


@dataclass
class Row:
    """An item of the page with what was said of it so far."""

    item: Item
    value: str = ""
    words: str = ""
    kept: tuple[str, ...] = ()
    error: str = ""

    @property
    def bad(self) -> bool:
        """Whether words and photos are asked for."""
        return self.value not in ("", "good", "none")


class ChecklistForm:
    """All items of a checklist. Photos are kept as they come, so that a page that is sent back does not lose
    them: their digests come again in ``kept-<item>``."""

    def __init__(
        self, checklist: Checklist, data: Mapping[str, Any] | None = None,
        files: MultiValueDict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        self.checklist, self.data, self.files = checklist, data or {}, files
        self.error = ""
        self.rows = [self._row(item) for item in checklist.items]
        self.words = str(self.data.get("words", "")).strip()[:500]

    def _row(self, item: Item) -> Row:
        kept = tuple(
            part for part in str(self.data.get(f"kept-{item.name}", "")).split(",") if len(part) == 64
        )
        return Row(
            item, str(self.data.get(f"item-{item.name}", "")),
            str(self.data.get(f"words-{item.name}", "")).strip()[:500], kept[:PHOTOS],
        )  # fmt: skip

    @property
    def op(self) -> UUID:
        """The page's own, so that sending it twice is sending it once."""
        try:
            return UUID(str(self.data.get("op", "")))
        except ValueError:
            return uuid4()

    @property
    def at(self) -> datetime | None:
        """When it was, by the page; None is now."""
        text = str(self.data.get("at", ""))
        found = parse_datetime(text) if text else None
        return timezone.make_aware(found) if found and timezone.is_naive(found) else found

    def parts(self) -> list[tuple[str, list[Row]]]:
        """The rows by the group they stand in."""
        found: dict[str, list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.item.part, []).append(row)
        return list(found.items())

    def keep_photos(self, actor: Any, area_code: str) -> bool:
        """Keep what came with the bad items; False where one is no photo, said at its item."""
        for row in self.rows:
            for sent in (self.files.getlist(f"photo-{row.item.name}") if self.files and row.bad else [])[
                :PHOTOS
            ]:
                try:
                    digest = keep_photo(actor=actor, content=sent.read(), area_code=area_code)
                except Unacceptable as why:
                    row.error = str(why)
                else:
                    row.kept = (*row.kept, digest)[:PHOTOS]
        self.error = _("有照片没有收下，见下面标出的事项。") if any(row.error for row in self.rows) else ""
        return not self.error

    def answers(self) -> dict[str, Answer]:
        """What was said, by item."""
        return {
            row.item.name: Answer(row.value, row.words if row.bad else "", row.kept if row.bad else ())
            for row in self.rows
        }
