"""The filters of a ledger. A name is a personal value: it is posted and kept in the session, sealed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.forms.utils import flatatt
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wangge.lib.markup import options
from wangge.registry.people.enums import RoomState, Sex

from ..dictionary import code_list
from ..outgoing.regions import provinces
from ..outgoing.selection import Filters
from .dates import DatesForm

Choices = list[tuple[str, str | Promise]]
ANY: tuple[str, str | Promise] = ("", _("不限"))
SORT_NAMES = {
    "place": _("按住处"),
    "newest": _("最新登记在前"),
    "name": _("按姓名"),
    "oldest": _("最久未核实在前"),
}


def _education() -> Choices:
    return [(code.value, str(code.called)) for code in code_list("education").codes]


class Select(forms.Select):
    """A plain list of choices, without groups."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """As Django's, without a template for every line of the list."""
        given = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html(
            "<select{}>{}</select>", flatatt(given), options(self.choices, self.format_value(value))
        )


class ChoiceField(forms.ChoiceField):
    """A choice among a plain list."""

    widget = Select


class FilterForm(DatesForm):
    """All conditions but the name; nothing here tells a person."""

    sex = ChoiceField(label=_("性别"), required=False)
    age_from = forms.IntegerField(label=_("年龄从"), required=False, min_value=0, max_value=130)
    age_to = forms.IntegerField(label=_("到"), required=False, min_value=0, max_value=130)
    hukou = ChoiceField(label=_("户籍地"), required=False)
    room_state = ChoiceField(label=_("房屋"), required=False)
    education = ChoiceField(label=_("文化程度"), required=False)
    employer = forms.CharField(label=_("工作单位"), required=False, max_length=60)
    fresh = ChoiceField(label=_("最近核实"), required=False)
    since = forms.DateField(
        label=_("此日后到来"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    missing = ChoiceField(label=_("缺少"), required=False)
    sort = ChoiceField(label=_("排序"), required=False)

    def __init__(
        self, *args: Any, sorts: tuple[str, ...] = ("place", "newest"), limits: Any = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        fresh, stale = (limits.fresh_days, limits.stale_days) if limits else (30, 90)
        choices: dict[str, Choices] = {
            "sex": [ANY, (Sex.MALE.value, Sex.MALE.label), (Sex.FEMALE.value, Sex.FEMALE.label)],
            "hukou": [ANY, (settings.DISTRICT, _("本区")), (settings.DISTRICT[:4], _("本市")), *provinces()],
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
        youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", _("年龄上限比下限小，请对调。"))
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
