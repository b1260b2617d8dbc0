"""What every system asks when a matter is opened."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.territory.queries import grid_at

from ..actions import Matter
from ..enums import When
from ..kinds import System
from ..queries.choices import own_area_choices
from ..queries.procedures import NoSuchProcedure, procedure_now
from ..reading.packs import ProcedureFault
from .photos import WithPhotos


class OpeningForm(WithPhotos):
    """A matter. The area may be left open where a place on the map is given: then it is the grid around it.

    A system adds fields by a class of its own; ``matter`` gives what ``open_case`` wants.
    """

    op = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("是什么事"))
    title = forms.CharField(max_length=80, label=gettext_lazy("一句话"))
    words = forms.CharField(
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        label=gettext_lazy("经过和情况"),
    )
    level = forms.ChoiceField(required=False, label=gettext_lazy("等级"))
    area = forms.ChoiceField(required=False, label=gettext_lazy("区域"))
    address = forms.CharField(max_length=200, required=False, label=gettext_lazy("地点"))
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, system: System, **given: Any) -> None:
        self.system = system
        super().__init__(initial={"op": uuid4(), **given.pop("initial", {})}, auto_id="open-%s", **given)
        self.fields["kind"].choices = [("", "—"), *system.kinds.items()]  # type: ignore[attr-defined]
        self.fields["level"].choices = [("", _("按规程")), *levels_of(system)]  # type: ignore[attr-defined]
        self.fields["area"].choices = [("", _("按地图上的位置")), *own_area_choices()]  # type: ignore[attr-defined]
        self.fields["photos"].label = _("照片")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not found.get("area") and "area" not in self.errors:
            found["area"] = self._where(found)
        return found

    def _where(self, found: dict[str, Any]) -> str:
        if found.get("lon") is None or found.get("lat") is None:
            self.add_error("area", _("请选一个区域，或在地图上点一下位置。"))
            return ""
        area = grid_at(found["lon"], found["lat"])
        if not area:
            self.add_error("area", _("这个位置不在任何网格里（比如在江面上）；请重新点，或选一个区域。"))
        return area

    @property
    def place(self) -> tuple[float, float] | None:
        """Longitude and latitude, where given."""
        lon, lat = self.cleaned_data.get("lon"), self.cleaned_data.get("lat")
        return (lon, lat) if lon is not None and lat is not None else None

    def matter(self, source: str, **more: Any) -> Matter:
        """What is to be opened.

        Args:
            source: who found it, see ``enums.Source``. more: other fields of ``Matter``.
        """
        told = self.cleaned_data
        return Matter(
            op=told["op"], system=self.system.key, kind=told["kind"], area=told["area"], title=told["title"],
            source=source, words=told["words"], level=told["level"], place=self.place,
            address=told["address"], photos=tuple((digest, str(When.BEFORE)) for digest in self.digests),
            **more,
        )  # fmt: skip


def levels_of(system: System) -> list[tuple[str, str]]:
    """The levels of every procedure of a system; one that cannot be read offers none."""
    found: dict[str, str] = {}
    for key in dict.fromkeys(system.procedures.values()):
        try:
            found |= {level.key: level.label for level in procedure_now(key).levels}
        except (NoSuchProcedure, ProcedureFault):
            continue
    return list(found.items())
