"""The limits of verifying, as a form."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

NAMES = {
    "verify_hours": _("核实时限（小时）"),
    "transfer_hours": _("接收转办时限（小时）"),
    "calls_before_visit": _("电话几次没有结果就上门"),
    "release_days": _("没填离开日期的，到达后几天解除"),
    "retention_days": _("解除后几天清除个人信息"),
    "register_workdays": _("流动人口登记期限（工作日）"),
    "permit_days": _("住满几天可申领居住证"),
}


class ProfileForm(forms.Form):
    """One whole number a limit, and the paper that says so."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, label in NAMES.items():
            self.fields[name] = forms.IntegerField(label=label, min_value=1, max_value=3650)
        self.fields["basis"] = forms.CharField(label=_("依据（文号或会议）"), max_length=200)

    def limits(self) -> dict[str, int]:
        """The numbers, by the name of the limit."""
        return {name: self.cleaned_data[name] for name in NAMES}
