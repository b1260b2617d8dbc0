"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "rights.entered": _("本人查看自己的信息"),
    "rights.copied": _("本人下载自己的信息"),
    "rights.asked": _("提出个人信息请求"),
    "rights.withdrawn": _("撤回个人信息请求"),
    "rights.extended": _("延长答复期限"),
    "rights.answered": _("答复个人信息请求"),
    "rights.overdue": _("个人信息请求逾期未答复"),
}
