"""The filters of a ledger. A name is a personal value: it is posted and kept in the session, sealed."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import numdb

from wangge.registry.people.enums import RoomState, Sex

from ..dictionary import code_list
from ..outgoing.regions import region_name
from ..outgoing.selection import Filters

Choices = list[tuple[str, str | Promise]]
ANY: tuple[str, str | Promise] = ("", _("不限"))
SORT_NAMES = {
    "place": _("按住处"),
    "newest": _("最新登记在前"),
    "name": _("按姓名"),
    "oldest": _("最久未核实在前"),
}


@cache
def _provinces() -> Choices:
    codes = [f"{code:02d}" for code in range(11, 83)]
    named = [
        (code, region_name(code + "0000")) for code in codes if numdb.get("cn/loc").info(code + "0000")[0][1]
    ]
    return [(code, name) for code, name in named if name != code + "0000"]


def _education() -> Choices:
    return [(code.value, code.label) for code in code_list("education").codes]


class FilterForm(forms.Form):
    """All conditions but the name; nothing here tells a person."""

    sex = forms.ChoiceField(label=_("性别"), required=False)
    age_from = forms.IntegerField(label=_("年龄从"), required=False, min_value=0, max_value=130)
    age_to = forms.IntegerField(label=_("到"), required=False, min_value=0, max_value=130)
    hukou = forms.ChoiceField(label=_("户籍地"), required=False)
    room_state = forms.ChoiceField(label=_("房屋"), required=False)
    education = forms.ChoiceField(label=_("文化程度"), required=False)
    employer = forms.CharField(label=_("工作单位"), required=False, max_length=60)
    fresh = forms.ChoiceField(label=_("最近核实"), required=False)
    since = forms.DateField(
        label=_("此日后到来"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    missing = forms.ChoiceField(label=_("缺少"), required=False)
    day = forms.DateField(label=_("数据日期"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    known = forms.DateField(
        label=_("按此日所知"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    sort = forms.ChoiceField(label=_("排序"), required=False)

    def __init__(
        self, *args: Any, sorts: tuple[str, ...] = ("place", "newest"), limits: Any = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        fresh, stale = (limits.fresh_days, limits.stale_days) if limits else (30, 90)
        choices: dict[str, Choices] = {
            "sex": [ANY, (Sex.MALE.value, Sex.MALE.label), (Sex.FEMALE.value, Sex.FEMALE.label)],
            "hukou": [ANY, (settings.DISTRICT, _("本区")), (settings.DISTRICT[:4], _("本市")), *_provinces()],
            "room_state": [ANY, *[(state.value, state.label) for state in RoomState]],
            "education": [ANY, *_education()],
            "fresh": [
                ANY,
                ("fresh", _("%(days)d 天内") % {"days": fresh}),
                ("due", _("%(days)d 天内，已过半程") % {"days": stale}),
                ("stale", _("超过 %(days)d 天或从未") % {"days": stale}),
            ],
            "missing": [
                ANY,
                ("id", _("证件号码")),
                ("phone", _("电话")),
                ("birth", _("出生日期")),
                ("hukou", _("户籍地")),
            ],
            "sort": [(code, SORT_NAMES[code]) for code in sorts],
        }
        for name, values in choices.items():
            self.fields[name].choices = values  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        today = timezone.localdate()
        youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", _("年龄上限比下限小，请对调。"))
        for name in ("day", "known"):
            if cleaned.get(name) and cleaned[name] > today:
                self.add_error(name, _("不能晚于今天。"))
        return cleaned

    def filters(self, name: str = "") -> Filters:
        """The conditions that are valid, with a name from the session."""
        self.is_valid()
        given: dict[str, Any] = {
            f: self.cleaned_data.get(f)
            for f in Filters.__dataclass_fields__
            if self.cleaned_data.get(f) not in ("", None)
        }
        return Filters(**given | {"name": name})

    @property
    def extra_used(self) -> bool:
        """Whether a condition behind "更多条件" is in use, so that the fold opens."""
        return any(
            self.data.get(name)
            for name in (
                "hukou",
                "education",
                "employer",
                "since",
                "missing",
                "day",
                "known",
                "room_state",
                "sort",
            )
        )
