"""What each code of a cleaned cell means and what to do next, in plain words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.lib.identifiers import MESSAGES as IDENTIFIER_MESSAGES

MESSAGES: dict[str, str | Promise] = {
    **IDENTIFIER_MESSAGES,
    "name_too_long": _("姓名太长，可能把几项内容填在了一格。请只保留一个人的姓名。"),
    "name_digits": _("姓名中有数字。请去掉数字，只保留姓名。"),
    "name_several": _("一格里有几个姓名。请每人一行。"),
    "name_masked": _("姓名被星号或“某”代替，无法登记。请填写完整姓名。"),
    "name_placeholder": _("这不是姓名（如“无”“不详”）。请填写姓名，或删除该行。"),
    "name_vacant": _("这里写的是没人住，不是姓名。空置的房屋不必占一行；要登记业主，请写在业主列。"),
    "name_characters": _("姓名中有不该出现的字符。请对照证件改正。"),
    "name_one_character": _("姓名只有一个字，请核对是否漏字。"),
    "name_note_dropped": _("姓名后的括号备注已去掉，请核对。"),
    "date_impossible": _("没有这一天。请核对年、月、日。"),
    "date_out_of_range": _("日期太早或太晚（应在 1880 年至 2119 年之间）。请核对年份。"),
    "date_future": _("日期晚于今天。请核对年份。"),
    "date_two_digit_year": _("年份只写了两位，无法确定世纪。请写成四位年份，如 1985-03-01。"),
    "date_order_unclear": _("无法分清哪个是月、哪个是日。请写成“年-月-日”，如 2022-11-28。"),
    "date_unreadable": _("看不懂这个日期。请写成“年-月-日”，如 2022-11-28。"),
    "date_without_day": _("只有年月，按当月 1 日登记，请核对。"),
    "date_year_only": _("只有年份，按当年 1 月 1 日登记，请核对。"),
    "phone_length": _("电话位数不对。手机应为 11 位；固定电话请写区号，如 0750-3123456。"),
    "phone_characters": _("电话中有不该出现的字符。请只填写数字。"),
    "phone_masked": _("电话被星号遮住，无法登记。请填写完整号码，或清空该格。"),
    "phone_precision_lost": _("号码被表格软件改成了科学计数，已丢失数字。请把该列设为“文本”格式后重新填写。"),
    "phone_zero_lost": _("固定电话区号前的 0 丢失了。请把该列设为“文本”格式，写成 0750-3123456。"),
    "phone_without_area": _("固定电话没有区号，已按原样登记，请补上区号。"),
    "phone_several": _("一格里有几个电话，只登记了第一个，请核对。"),
    "phone_demo_refused": _("这是演示号段，正式系统不接受。请填写真实号码。"),
    "sex_unreadable": _("看不懂性别。请填写“男”或“女”。"),
    "mark_unreadable": _("看不懂是与否。请填写“是”或“否”。"),
    "integer_unreadable": _("这里应为整数。请只填写数字。"),
    "code_unknown": _("这个值不在可选项中。请从模板的可选项中选择，或在导入时为它指定含义。"),
}


def message(code: str) -> str:
    """The sentence for a code; the code itself when unknown, so that nothing is swallowed."""
    return str(MESSAGES.get(code, code))
