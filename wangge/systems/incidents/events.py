"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "incident.followed": _("又有人反映同一事项"),
    "hotline.planned": _("读入 12345 工单"),
    "hotline.written": _("登记 12345 工单"),
    "hotline.dropped": _("放弃 12345 工单文件"),
    "hotline.replied": _("导出 12345 答复"),
    "reporter.told": _("给反映人发短信"),
}
