"""What is told of people looked after, captains and commuters, checked at the door."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wangge.foundation.access.models import User
from wangge.registry.people.models import Building, Person

from ..enums import CaptainFrom, CareClass, Level, Way
from .visits import Day

NAMED_BY = (("self", _("自荐")), ("mass", _("群众推荐")), ("organisation", _("组织推荐")))
# The four kinds of care are not told anywhere: examples, marked so on the page.
CARES = (_("政治上关心"), _("生活上关怀"), _("精神上激励"), _("能力上培养"))


class PersonField(forms.IntegerField):
    """Somebody in reach, by the key the page put there."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        key = super().clean(value)
        person = Person.objects.filter(pk=key).first()
        if person is None:
            raise forms.ValidationError(_("请先找到并选定一个人。"))
        return person


class CareForm(forms.Form):
    """Somebody begins to be looked after."""

    person = PersonField(error_messages={"required": _("请先找到并选定一个人。")})
    care_class = forms.ChoiceField(label=_("关爱类别"), choices=[("", "—"), *CareClass.choices])
    level = forms.ChoiceField(label=_("等级"), choices=[("", "—"), *Level.choices])
    source = forms.CharField(label=_("名单来源"), max_length=60, required=False)
    reason = forms.CharField(label=_("说明"), max_length=200, required=False)
    begins_on = forms.DateField(label=_("从哪天起"), widget=Day, initial=timezone.localdate)


class ServiceForm(forms.Form):
    """One service."""

    way = forms.ChoiceField(label=_("方式"), choices=Way.choices)
    on = forms.DateField(label=_("日期"), widget=Day, initial=timezone.localdate)
    safe = forms.ChoiceField(
        label=_("是否平安"), required=False,
        choices=[("", _("没有说")), ("yes", _("平安")), ("no", _("需要帮助"))],
    )  # fmt: skip
    words = forms.CharField(label=_("情况和需要"), max_length=500, required=False)


class ContactForm(forms.Form):
    """Who the one contact is."""

    worker = forms.ModelChoiceField(label=_("联系人"), queryset=User.objects.none())

    def __init__(self, *args: Any, workers: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [worker.pk for worker in workers]
        self.fields["worker"].queryset = User.objects.filter(pk__in=keys)  # type: ignore[attr-defined]


class CaptainForm(forms.Form):
    """Somebody becomes a captain of a building."""

    person = PersonField(error_messages={"required": _("请先找到并选定一个人。")})
    building = forms.ModelChoiceField(label=_("楼栋"), queryset=Building._base_manager.none())
    came_from = forms.ChoiceField(label=_("来自"), choices=CaptainFrom.choices)
    named_by = forms.ChoiceField(label=_("怎样产生"), choices=NAMED_BY)
    begins_on = forms.DateField(label=_("任期开始"), widget=Day, initial=timezone.localdate)
    council = forms.BooleanField(label=_("楼事会成员"), required=False)

    def __init__(self, *args: Any, buildings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].queryset = buildings  # type: ignore[attr-defined]


class CommuterForm(forms.Form):
    """Somebody works in another city."""

    person = PersonField(error_messages={"required": _("请先找到并选定一个人。")})
    city = forms.CharField(label=_("工作城市"), max_length=40)
    returns = forms.CharField(label=_("多久回来一次"), max_length=40, required=False)
