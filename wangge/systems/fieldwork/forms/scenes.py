"""A scene as it is typed: its fields, a row an item, a row a step."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.foundation.access.rules import Unacceptable

from ..actions.scenes import SceneDraft
from ..enums import CareClass, Level, ListKind
from ..models import Scene
from ..reading.flow import FlowFault, read_then, write_then

WEEKDAYS = [
    (1, gettext_lazy("周一")), (2, gettext_lazy("周二")), (3, gettext_lazy("周三")),
    (4, gettext_lazy("周四")), (5, gettext_lazy("周五")), (6, gettext_lazy("周六")),
    (7, gettext_lazy("周日")),
]  # fmt: skip
PERIODS = [
    ("week", gettext_lazy("每周")), ("month", gettext_lazy("每月")), ("quarter", gettext_lazy("每季度")),
    ("half_year", gettext_lazy("每半年")), ("year", gettext_lazy("每年")),
]  # fmt: skip
SPARE = 3  # empty rows to write into


class SceneForm(forms.Form):
    """The fields of a scene; its rows are read by ``typed_rows``."""

    name = forms.CharField(label=gettext_lazy("名称"), max_length=60)
    kind = forms.ChoiceField(label=gettext_lazy("哪张清单"), choices=ListKind.choices)
    objects_text = forms.CharField(label=gettext_lazy("对象（在哪里、看谁）"), max_length=200, required=False)
    every = forms.TypedMultipleChoiceField(
        label=gettext_lazy("巡查日"), choices=WEEKDAYS, coerce=int, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    order = forms.IntegerField(label=gettext_lazy("排第几"), min_value=0, max_value=999, required=False)
    order_only = forms.BooleanField(label=gettext_lazy("只在应急指令期间使用"), required=False)
    example = forms.BooleanField(label=gettext_lazy("标为示例（没有正式规定）"), required=False)

    @classmethod
    def about(cls, scene: Scene) -> SceneForm:
        """Filled with a version."""
        names = ("name", "kind", "objects_text", "every", "order", "order_only", "example")
        return cls(initial={name: getattr(scene, name) for name in names})

    def draft(self, rows: SceneRows) -> SceneDraft:
        """All that was typed.

        Raises:
            Unacceptable: a step's following steps cannot be read.
        """
        said = {**self.cleaned_data, "order": self.cleaned_data["order"] or 0}
        return SceneDraft(**said, items=rows.draft_items(), flow=rows.draft_flow())


class SceneRows:
    """The two tables under the fields: items ``(place, name, hint)``, steps ``(name, who, then)``."""

    def __init__(self, items: list[tuple[str, str, str]], steps: list[tuple[str, str, str]]) -> None:
        self.items, self.steps = items, steps

    @classmethod
    def typed(cls, post: QueryDict) -> SceneRows:
        """As the form sent them; nothing that was written is lost, wrong or not."""
        items = _rows(post, "item_place", "item_name", "item_hint")
        steps = _rows(post, "step_name", "step_who", "step_then")
        while steps and not any(steps[-1]):
            steps.pop()  # one in the middle stays: the others are called by their numbers
        return cls([row for row in items if row[1] or row[2]], steps)

    @classmethod
    def of(cls, scene: Scene) -> SceneRows:
        items = [(str(at), item.name, item.hint) for at, item in enumerate(scene.items.all(), 1)]
        steps = [(step["name"], step["who"], write_then(step["then"])) for step in scene.flow]
        return cls(items, steps)

    def spare(self) -> tuple[list[tuple[str, str, str]], list[tuple[str, str, str]]]:
        """Both tables with a few empty rows."""
        places = [(str(len(self.items) + at), "", "") for at in range(1, SPARE + 1)]
        return [*self.items, *places], [*self.steps, *[("", "", "")] * SPARE]

    def draft_items(self) -> list[tuple[str, str]]:
        """Names and hints in the order of their places; a row whose name was emptied is left out."""
        named = [(place, name[:80], hint[:200]) for place, name, hint in self.items if name]
        ordered = sorted(named, key=lambda row: int(row[0]) if row[0].isdecimal() else len(named))
        return [(name, hint) for _place, name, hint in ordered]

    def draft_flow(self) -> list[dict[str, Any]]:
        """The steps; raises Unacceptable where one cannot be read."""
        try:
            return [
                {"name": name[:60], "who": who[:40], "then": read_then(then, at)}
                for at, (name, who, then) in enumerate(self.steps, 1)
            ]
        except FlowFault as fault:
            raise Unacceptable(str(fault)) from fault


def _rows(post: QueryDict, *names: str) -> list[tuple[str, str, str]]:
    """Rows of three inputs of one name each."""
    columns = [post.getlist(name)[:200] for name in names]
    return [(a.strip(), b.strip(), c.strip()) for a, b, c in zip(*columns, strict=False)]


class CopyForm(forms.Form):
    """Under which name, and where it is used."""

    name = forms.CharField(label=gettext_lazy("新名称"), max_length=60)
    area = forms.RegexField(r"^\d{12}$", label=gettext_lazy("用在哪里"))


class RuleForm(forms.Form):
    """How often whom."""

    care_class = forms.ChoiceField(
        label=gettext_lazy("对象"), choices=[("", gettext_lazy("一般住户")), *CareClass.choices],
        required=False,
    )  # fmt: skip
    level = forms.ChoiceField(label=gettext_lazy("等级"), choices=Level.choices)
    times = forms.IntegerField(label=gettext_lazy("次数"), min_value=1, max_value=31)
    period = forms.ChoiceField(label=gettext_lazy("周期"), choices=PERIODS)
    name = forms.CharField(label=gettext_lazy("说明"), max_length=120, required=False)
    example = forms.BooleanField(label=gettext_lazy("示例"), required=False)


def first_error(form: forms.Form) -> str:
    """What is wrong, with the name of the field."""
    name, errors = next(iter(form.errors.items()))
    label = form.fields[name].label if name in form.fields else ""
    return _("%(field)s：%(error)s") % {"field": label, "error": errors[0]} if label else str(errors[0])
