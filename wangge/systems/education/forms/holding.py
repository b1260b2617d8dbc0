"""What came of a session as it is filled in, and why one was called off."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.engines.cases.forms.photos import WithPhotos

from ..actions.holding import MANY, MOST, Held
from ..actions.planning import LONGEST
from ..models import Session
from ..queries.materials import in_force
from ..queries.sessions import given_at

SHOWN = 60  # materials on one form at most


class HeldForm(WithPhotos):
    """Numbers, materials given out, photos. A number that is surprising is asked for again."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    attended = forms.IntegerField(
        label=gettext_lazy("参加人数（人工填报）"), min_value=0, max_value=MOST,
        help_text=gettext_lazy("数出来或签到的人数；只写人数，不写姓名。"),
    )  # fmt: skip
    minutes = forms.IntegerField(label=gettext_lazy("实际时长（分钟）"), min_value=1, max_value=LONGEST)
    sure = forms.BooleanField(label=gettext_lazy("人数没有填错"), required=False)
    notes = forms.CharField(
        label=gettext_lazy("备注"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("不写居民的姓名、电话。"),
    )  # fmt: skip

    def __init__(self, session: Session, data: Any = None, files: Any = None) -> None:
        before = {row.material_id: row.number for row in given_at(session)}
        told = {"op": uuid4(), "seen": session.version, "attended": session.attended,
                "minutes": session.minutes, "notes": session.notes}  # fmt: skip
        told |= {f"m{pk}": number for pk, number in before.items()}
        super().__init__(data, files, initial=told, auto_id="held-%s", use_required_attribute=False)
        self.session = session
        rows = sorted(in_force(list(before)), key=lambda row: row.topic != session.topic)
        self.materials = {f"m{row.pk}": row for row in rows[:SHOWN]}
        fields: dict[str, Any] = self.fields
        for key, row in self.materials.items():
            fields[key] = forms.IntegerField(
                label=f"{row.title}（{row.edition}）", min_value=0, max_value=MOST, required=False
            )
        fields["photos"].label = _("现场照片")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        attended = found.get("attended") or 0
        if attended > MANY and not found.get("sure"):
            told = {"number": attended}
            self.add_error(
                "attended",
                _("填了 %(number)d 人，比一般活动多得多；确实有这么多，请勾选“人数没有填错”再保存。") % told,
            )
        return found

    @property
    def asks_again(self) -> bool:
        """Whether the box "it is so" is shown."""
        return bool(self.is_bound and (self["attended"].errors or self.data.get("sure")))

    @property
    def material_fields(self) -> list[Any]:
        """The fields of the materials."""
        return [self[key] for key in self.materials]

    def held(self) -> Held:
        """As it is written down."""
        told = self.cleaned_data
        given = tuple((row, told.get(key) or 0) for key, row in self.materials.items())
        return Held(
            op=told["op"], attended=told["attended"], minutes=told["minutes"], given=given,
            photos=self.digests, notes=told["notes"], sure=told["sure"],
        )  # fmt: skip


class CancelForm(forms.Form):
    """Why it does not take place."""

    op = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=gettext_lazy("取消的原因"), max_length=200)

    def __init__(self, session: Session, data: Any = None) -> None:
        told = {"op": uuid4(), "seen": session.version}
        super().__init__(data, initial=told, auto_id="cancel-%s", use_required_attribute=False)
