"""The form of 随手拍: everything that is wrong with it is said at once."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _

from wangge.lib.cells import clean_name, clean_phone

from ..kinds import EVENT, KINDS, SYSTEMS

LONGEST, ADDRESS, MOST_PHOTOS = 1000, 200, 3
NAMES = ("op", "system", "kind", "words", "address", "lon", "lat", "community", "name", "phone")


@dataclass
class ReportForm:
    """What was posted, kept to be shown again; ``errors`` by field after ``check``."""

    values: dict[str, str]
    contents: list[bytes] = field(default_factory=list, repr=False)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def blank(cls) -> ReportForm:
        """Before anybody typed."""
        return cls({"op": str(uuid.uuid4()), "system": EVENT})

    @classmethod
    def posted(cls, post: QueryDict, files: Any) -> ReportForm:
        """As a browser sent it; without a usable op it gets one, so that what was written can be sent."""
        values = {name: (post.get(name) or "").strip()[: LONGEST + 1] for name in NAMES}
        values["op"] = values["op"] if _is_uuid(values["op"]) else str(uuid.uuid4())
        return cls(values, [file.read() for file in files.getlist("photo")[: MOST_PHOTOS + 1] if file.size])

    @property
    def place(self) -> tuple[float, float] | None:
        """Longitude and latitude; None where none was told, or none that can be."""
        try:
            lon, lat = float(self.values.get("lon", "")), float(self.values.get("lat", ""))
        except ValueError:
            return None
        return (round(lon, 6), round(lat, 6)) if -180 <= lon <= 180 and -90 <= lat <= 90 else None

    def check(self, too_large: int = 0) -> bool:
        """Fill ``errors``; whether there are none.

        Args:
            too_large: photos that were let go of while the form was read.
        """
        words = self.values.get("words", "")
        if len(words) < 2:
            self.errors["words"] = _("请写一句话：看到了什么，或者要帮什么忙。")
        if len(words) > LONGEST:
            self.errors["words"] = _("写得太长了，最多 %(most)d 个字；请缩短。") % {"most": LONGEST}
        if self.values.get("system") not in SYSTEMS or self.values.get("kind", "") not in ("", *KINDS):
            self.errors["kind"] = _("请重新选择类别。")
        if too_large:
            said = _("有 %(count)d 张照片太大（一张最多 12 MB），没有收下。请把照片调小或换一张再交。")
            self.errors["photo"] = said % {"count": too_large}
        if len(self.contents) > MOST_PHOTOS:
            self.errors["photo"] = _("最多 %(most)d 张照片，请去掉几张。") % {"most": MOST_PHOTOS}
        self._check_contact()
        return not self.errors

    def _check_contact(self) -> None:
        demo = settings.DEMO or settings.TEST
        name, phone = clean_name(self.values.get("name")), clean_phone(self.values.get("phone"), demo=demo)
        if name.error:
            self.errors["name"] = _("称呼里有读不懂的字；写姓氏就行，也可以不填。")
        if phone.error:
            self.errors["phone"] = _("这不像一个电话号码；请检查，也可以不填。")

    def contact(self) -> tuple[str, str]:
        """Name and phone, canonical."""
        demo = settings.DEMO or settings.TEST
        name, phone = clean_name(self.values["name"]), clean_phone(self.values["phone"], demo=demo)
        return str(name.value or ""), str(phone.value or "")


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
