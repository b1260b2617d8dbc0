"""What each refusal or warning means and what to do next, in plain words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, str | Promise] = {
    "id_precision_lost": _(
        "号码被表格软件当作数字保存，末几位已丢失，无法还原。请把该列设为“文本”格式，按证件重新填写。"
    ),
    "id_maybe_rounded": _("号码末三位都是 0，可能被表格软件改过。请对照证件核对。"),
    "id_masked": _("号码被星号遮住，无法登记。请提供完整号码，或清空该格。"),
    "id_characters": _("号码中有不该出现的字符。身份证号只含数字，末位可为 X；请对照证件改正。"),
    "id_length": _("号码位数不对。身份证号应为 18 位（旧证 15 位），请检查是否漏填或多填。"),
    "id_checksum": _("校验位不符，号码至少有一位写错。请对照证件逐位核对。"),
    "id_birth_impossible": _("号码第 7 至 14 位不是真实日期。请对照证件核对。"),
    "id_birth_future": _("号码中的出生日期晚于今天。请对照证件核对。"),
    "id_region_unknown": _("号码前两位不是任何省份的代码。请对照证件核对；护照等请填写证件类型。"),
    "id_region_unlisted": _("号码前六位不在公布的区划代码中，已登记，请留意核对。"),
    "id_demo_refused": _("这是演示号码，正式系统不接受。请填写真实证件号码。"),
    "id_converted_from_15": _("15 位旧号码已换算为 18 位，请对照新证件核对。"),
    "id_travel_form": _("护照或通行证号码的样式不对。请检查证件类型和号码。"),
    "id_birth_differs": _("出生日期与身份证号不一致。请核对其中哪一个写错。"),
    "id_sex_differs": _("性别与身份证号不一致。请核对其中哪一个写错。"),
    "uscc_precision_lost": _("代码被表格软件当作数字保存，末几位已丢失。请把该列设为“文本”格式后重新填写。"),
    "uscc_length": _("统一社会信用代码应为 18 位。请对照营业执照或登记证书核对。"),
    "uscc_old_number": _("这是旧的注册号，不是统一社会信用代码。请填写执照上 18 位的代码。"),
    "uscc_characters": _("统一社会信用代码中有不该出现的字符（不使用 I、O、S、V、Z）。请对照执照核对。"),
    "uscc_checksum": _("统一社会信用代码校验位不符，至少有一位写错。请对照执照逐位核对。"),
    "uscc_region_unknown": _("统一社会信用代码中的登记地不在区划代码中，已登记，请留意核对。"),
    "uscc_demo_refused": _("这是演示代码，正式系统不接受。请填写真实的统一社会信用代码。"),
}


def message(code: str) -> str:
    """The sentence for a code; the code itself when unknown, so that nothing is swallowed."""
    return str(MESSAGES.get(code, code))
