"""What the district says of a new field before it is admitted."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wangge.registry.ledgers.dictionary import facts
from wangge.registry.ledgers.enums import FIELD_KINDS
from wangge.registry.ledgers.outgoing.catalogue import LEDGERS
from wangge.registry.ledgers.queries.dictionary import LEVELS, TARGETS

from ..models import NewColumn

_LINE = re.compile(r"^(?:([0-9A-Za-z]{1,8})[\s.、:：]+)?(.+)$")
_WORDS = re.compile(r"[\s、,，;；]+")


class AdmitForm(forms.Form):
    """Everything a field must say of itself; ``field()`` gives it as ``admit_field`` takes it."""

    name = forms.CharField(label=_("名称"), max_length=40)
    definition = forms.CharField(
        label=_("说的是什么"),
        max_length=200,
        required=False,
        help_text=_("一句话说清口径：算什么，不算什么。"),
    )
    kind = forms.ChoiceField(label=_("怎么填"), choices=list(FIELD_KINDS.items()))
    options = forms.CharField(
        label=_("选项"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_(
            "“从选项里选”才填，一行一个：自来水 = 市政供水 市政。等号后面是表里的其他写法，可以不写。"
        ),
    )
    purpose = forms.CharField(label=_("用途"), max_length=200)
    basis = forms.CharField(label=_("依据"), max_length=200)
    retention = forms.CharField(label=_("保存期限"), max_length=100)
    level = forms.TypedChoiceField(
        label=_("分级"),
        coerce=int,
        choices=[(level, LEVELS[level]) for level in (2, 3, 4)],
        initial=3,
        help_text=_("敏感的一律只显示 ***，有权限的人写明理由才能看，报表里不给。"),
    )
    fresh_days = forms.IntegerField(
        label=_("多少天没有人确认算待更新"),
        min_value=0,
        max_value=3650,
        initial=365,
        help_text=_("0 表示不过期。"),
    )
    question = forms.CharField(
        label=_("走访时怎么问"), max_length=200, help_text=_("下一次该走访时问一次，已经知道的不问。")
    )
    synonyms = forms.CharField(
        label=_("表里还可以叫"), max_length=200, required=False, help_text=_("用空格或顿号隔开。")
    )
    ledgers = forms.MultipleChoiceField(
        label=_("放进哪些台账的导出"),
        required=False,
        choices=[(ledger.code, ledger.name) for ledger in LEDGERS],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
    )
    name_en = forms.CharField(label=_("英文名称"), max_length=60, required=False)

    @classmethod
    def for_column(cls, column: NewColumn) -> AdmitForm:
        """What the request itself says is filled in."""
        name = column.header.rpartition("/")[2][:40]
        request = column.request
        said = {"name": name} | ({"purpose": request.purpose, "basis": request.basis} if request else {})
        return cls(initial=said | {"question": f"{name}？"})

    def field(self) -> dict[str, Any]:
        """The arguments of ``admit_field``."""
        told = {name: self.cleaned_data[name] for name in self.fields if name not in ("options", "synonyms")}
        coded = told["kind"] == "code"
        return told | {
            "options": options_in(self.cleaned_data["options"]) if coded else [],
            "synonyms": [word for word in _WORDS.split(self.cleaned_data["synonyms"]) if word],
        }


def options_in(text: str) -> list[tuple[str, str, str, list[str]]]:
    """Lines of a text as options: (code, label, "", words). Codes are counted where none is written.

    Example: "自来水 = 市政" → ("1", "自来水", "", ["市政"]); "A 井水" → ("A", "井水", "", []).
    """
    found = []
    for number, line in enumerate(filter(None, map(str.strip, text.splitlines())), start=1):
        said, _equals, words = line.replace("＝", "=").partition("=")
        parts = _LINE.match(said.strip())
        code, label = (parts[1], parts[2]) if parts else ("", "")
        found.append((code or str(number), label.strip(), "", [word for word in _WORDS.split(words) if word]))
    return found


class MapForm(forms.Form):
    """Which fact a column is by another name."""

    fact = forms.ChoiceField(label=_("是字典里的"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [("", _("请选择…")), *_by_target()]  # type: ignore[attr-defined]


def _by_target() -> list[tuple[Any, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for fact in facts().values():
        if fact.target != "row":
            groups.setdefault(fact.target, []).append((fact.code, str(fact.called)))
    return [(TARGETS[target], groups[target]) for target in TARGETS if target in groups]


class DeclineForm(forms.Form):
    """Why a column is not admitted."""

    reason = forms.CharField(label=_("理由"), max_length=200)
