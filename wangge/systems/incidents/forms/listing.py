"""Which incidents are listed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.engines.cases.enums import Source
from wangge.foundation.territory.enums import Level
from wangge.foundation.territory.queries import areas_in_reach, short_name

from ..kinds import KINDS, SYSTEMS
from ..queries.listing import SIDES, Asked

ANY = ("", _("全部"))
INDENT = {Level.DISTRICT: "", Level.TOWN: "", Level.COMMUNITY: "　", Level.GRID: "　　"}


def area_choices(*, grids: bool = False) -> list[tuple[str, str]]:
    """Areas inside the reach, indented by level."""
    rows = areas_in_reach().order_by("code").only("code", "name", "level")
    rows = rows if grids else rows.exclude(level=Level.GRID)
    return [(area.code, INDENT.get(Level(area.level), "") + short_name(area.name)) for area in rows]


class ListForm(forms.Form):
    """Filters; what is not among the choices counts as not given."""

    area = forms.ChoiceField(label=_("区域"), required=False)
    system = forms.ChoiceField(label=_("登记为"), required=False, choices=[ANY, *SYSTEMS.items()])
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[ANY, *KINDS.items()])
    source = forms.ChoiceField(label=_("来源"), required=False, choices=[ANY, *Source.choices])
    since = forms.DateField(
        label=_("开始日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("结束日期"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    text = forms.CharField(label=_("编号、标题或地点"), required=False, max_length=60)
    side = forms.ChoiceField(required=False, choices=[(side, side) for side in SIDES])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [ANY, *area_choices()]  # type: ignore[attr-defined]
        for name, field in self.fields.items():
            chosen = isinstance(field, forms.ChoiceField)
            field.widget.attrs["class"] = "form-select" if chosen else "form-control"
            if chosen and name != "side":
                field.widget.attrs["data-autosubmit"] = ""

    def asked(self) -> Asked:
        """What the list is asked for."""
        self.is_valid()
        told = {name: value for name, value in self.cleaned_data.items() if value}
        return Asked(**told)
