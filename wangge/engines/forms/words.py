"""What the forms in the browser say (front/src/forms), by key: all at once, as they work without signal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Opening, keeping, sending.
_FORM: dict[str, str | Promise] = {
    "opening": _("正在打开表单…"),
    "back": _("返回"),
    "close": _("关闭"),
    "done": _("好了"),
    "keep": _("不，留着"),
    "undo": _("撤销"),
    "load_broken": _("这张表单打不开：文件不完整或写法有误。请告诉发布表单的人，再换一张表单。"),
    "load_function": _("这张表单打不开：它用了手机上还不会算的算式 %(name)s。请告诉发布表单的人。"),
    "list_missing": _("这张表单要用的清单“%(name)s”不在手机上，用到它的题没有选项，其他题照常填。"),
    "draft_back": _("已恢复 %(at)s 没填完的内容。"),
    "draft_anew": _("重新填写"),
    "draft_anew_sure": _("没填完的内容连同照片会从这部手机上删掉，找不回来。"),
    "draft_anew_yes": _("删掉，重新填"),
    "draft_unreadable": _("上次没填完的内容读不出来（表单改过），已单独留在这部手机上。现在是一张空表。"),
    "draft_saved": _("草稿已存 %(at)s"),
    "draft_failed": _("草稿存不下：手机空间不够或浏览器不许保存。请填完马上提交。"),
    "left": _("还有 %(n)s 题必答"),
    "nothing_left": _("必答题都答了"),
    "to_mend": _("%(n)s 题要改"),
    "submit": _("提交"),
    "sending": _("正在提交…"),
    "sent": _("已提交"),
    "not_sent": _("没有提交成功：%(why)s。填的内容都在，可以再提交一次。"),
    "errors": _("有 %(n)s 题要改。先看这一题：%(first)s"),
}

# Questions of every kind, and what is wrong with an answer.
_QUESTION: dict[str, str | Promise] = {
    "must": _("必答"),
    "required": _("这一题必须回答。"),
    "constraint": _("这个答案不符合要求，请改一下。"),
    "not_whole": _("请填整数，例如 3。"),
    "not_number": _("请填数字，例如 3.5。"),
    "too_large": _("数字太大了，最多填到 2147483647。"),
    "not_date": _("日期没有填完整。"),
    "not_month": _("请填年和月，例如 2026-05。"),
    "not_year": _("请填四位数的年份，例如 1985。"),
    "acknowledge": _("我已知晓"),
    "odd_appearance": _("表单要求的样式“%(name)s”手机上没有，这一题按普通样式回答。"),
    "unsupported_audio": _("这一题要录音，这部手机上还不能录，可以不答；其他题照常填。"),
    "unsupported_video": _("这一题要录像，这部手机上还不能录，可以不答；其他题照常填。"),
    "unsupported_file": _("这一题要交文件，这部手机上还不能交，可以不答；其他题照常填。"),
    "unsupported_line": _("这一题要在地图上画线或画面，这部手机上还不能画，可以不答；其他题照常填。"),
    "unsupported_other": _("这一题的题型这部手机上还不能回答，可以不答；其他题照常填。"),
    "unsupported_kept": _("这一题已有答案，在这部手机上不能改。"),
    "no_picture": _("图片“%(name)s”不在手机上。"),
    "no_sound": _("这一题配有声音或录像，这里不能播放。"),
    "row": _("一条"),
    "add": _("添加：%(name)s"),
    "remove": _("去掉"),
    "removed": _("已去掉：%(name)s"),
}

# Choices, sliders, orders.
_CHOICE: dict[str, str | Promise] = {
    "choose": _("请选择"),
    "choose_of": _("请选择（共 %(n)s 项）"),
    "no_choices": _("还没有可选的：请先回答前面的题。"),
    "clear": _("清除"),
    "search_label": _("输入名称的一部分"),
    "found": _("找到 %(n)s 项"),
    "found_more": _("找到 %(n)s 项，还有 %(rest)s 项没有列出，请多输几个字"),
    "found_none": _("没有找到，请换几个字试试"),
    "not_chosen": _("还没有选"),
    "this_order": _("就按这个顺序"),
    "up": _("上移：%(name)s"),
    "down": _("下移：%(name)s"),
    "moved": _("%(name)s 现在是第 %(n)s 位"),
}

# What the phone itself does: place, photo, signature, codes.
_PHONE: dict[str, str | Promise] = {
    "place_find": _("定位"),
    "place_again": _("重新定位"),
    "place_enough": _("就用这个位置"),
    "place_cannot": _("定位不到"),
    "place_looking": _("正在定位，请站到开阔处…"),
    "place_better": _("已定到约 %(m)s 米以内，还在变准…"),
    "place_is": _("位置 %(place)s，精度约 %(m)s 米"),
    "place_taken": _("已定位，精度约 %(m)s 米"),
    "place_without": _("已注明：定位不到。"),
    "place_denied": _("手机不许本页定位。请在手机设置里允许浏览器定位，或点“定位不到”。"),
    "place_no_signal": _("收不到定位信号。请到开阔处再试，或点“定位不到”。"),
    "place_too_long": _("半分钟内没有定到位置。请再试一次，或点“定位不到”。"),
    "take_photo": _("拍照"),
    "take_photo_again": _("重拍"),
    "pick_photo": _("从相册选"),
    "pick_photo_again": _("从相册另选"),
    "remove_photo": _("删除照片"),
    "photo_working": _("正在缩小照片…"),
    "photo_size": _("照片已缩小到约 %(n)s KB，印有时间和位置"),
    "photo_alt": _("这一题的照片"),
    "not_a_photo": _("这不是手机能打开的照片，请重拍或另选一张（JPG、PNG）。"),
    "stamp_place": _("位置 %(place)s（约 %(m)s 米）"),
    "stamp_no_place": _("没有定位"),
    "sign": _("签名"),
    "sign_again": _("重新签名"),
    "sign_here": _("请在白框里用手指签名"),
    "sign_use": _("用这个签名"),
    "sign_anew": _("重写"),
    "sign_empty": _("还没有签名，请在白框里写。"),
    "signature_alt": _("这一题的签名"),
    "scan": _("扫码"),
    "scan_hint": _("把二维码或条形码放到画面中间"),
    "scan_by_hand": _("这个浏览器不能扫码，请把码下面的号码输进来。"),
    "scan_no_camera": _("相机打不开：请在手机设置里允许浏览器用相机，或把号码输进来。"),
    "scan_read": _("已读出 %(code)s"),
}

WORDS = _FORM | _QUESTION | _CHOICE | _PHONE


def renderer_words() -> dict[str, str]:
    """The words in the language of the request."""
    return {key: str(text) for key, text in WORDS.items()}
