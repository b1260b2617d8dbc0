"""What the pages of the orders take in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from .actions import FieldSaid
from .enums import FieldKind, Function, Kind

MOMENT = "%Y-%m-%dT%H:%M"
SPARE = 3  # empty lines below those that are there
MOST = 60


class Moment(forms.DateTimeField):
    """A day and a minute as the browser's own picker gives them."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(widget=widget, input_formats=[MOMENT, "%Y-%m-%d %H:%M"], **kwargs)


class OrderForm(forms.Form):
    """An order without its fields."""

    number = forms.CharField(label=_("文号"), max_length=60)
    title = forms.CharField(label=_("事由"), max_length=80)
    kind = forms.ChoiceField(label=_("类别"), choices=Kind.choices)
    basis = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("法律、法规或上级文件；没有依据不能收集。")
    )
    issuer = forms.CharField(label=_("发布机关"), max_length=80)
    areas = forms.MultipleChoiceField(
        label=_("适用区域"),
        help_text=_("可选多个；只能选您辖区内的。"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    starts = Moment(label=_("开始时间"))
    ends = Moment(label=_("到期时间"))
    retention_days = forms.IntegerField(
        label=_("结束后保留天数"), min_value=0, max_value=365, initial=7,
        help_text=_("用于核对收尾，只能看不能再填；期满自动关闭并销毁。"),
    )  # fmt: skip

    def __init__(self, *args: Any, areas: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]


class FieldForm(forms.Form):
    """One field of an order; a line without a name is no line."""

    key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=30)
    label = forms.CharField(label=_("名称"), max_length=40, required=False)
    function = forms.ChoiceField(label=_("用在哪里"), choices=Function.choices)
    kind = forms.ChoiceField(label=_("类型"), choices=FieldKind.choices)
    choices = forms.CharField(label=_("选项（逗号隔开）"), max_length=300, required=False)
    required = forms.BooleanField(label=_("必填"), required=False)
    note = forms.CharField(label=_("填写说明"), max_length=120, required=False)

    def said(self) -> FieldSaid | None:
        """The line as the verb takes it."""
        told = self.cleaned_data
        if not told.get("label"):
            return None
        choices = (one.strip() for one in told["choices"].replace("，", "、").replace(",", "、").split("、"))
        return FieldSaid(
            told["function"], told["label"], told["kind"], tuple(filter(None, choices)), told["required"],
            told["note"], told["key"],
        )  # fmt: skip


FieldLines = formset_factory(FieldForm, extra=SPARE, max_num=MOST, absolute_max=MOST)


class ExtendForm(forms.Form):
    """A later end."""

    ends = Moment(label=_("新的结束时间"))
    reason = forms.CharField(label=_("延长的理由"), min_length=2, max_length=200)


class CloseForm(forms.Form):
    """The number typed once more: what is erased does not come back."""

    number = forms.CharField(label=_("输入文号确认"), max_length=60)
    reason = forms.CharField(label=_("关闭的理由"), min_length=2, max_length=200)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    def clean_number(self) -> str:
        """Raises ValidationError unless it is this order's number."""
        if self.cleaned_data["number"].strip() != self.expected:
            raise forms.ValidationError(_now("文号不一致，没有关闭。"))
        return self.expected
