"""What this app's events are called. The README says who may listen to which."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "tour.created": _("新建调研督导"),
    "tour.changed": _("修改调研督导"),
    "tour.arrived": _("到达调研点"),
    "tour.raised": _("调研中提出问题"),
    "tour.briefed": _("生成汇报材料"),
    "tour.forgotten": _("清除到期的调研文字"),
}
