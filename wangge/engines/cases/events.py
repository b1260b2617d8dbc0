"""What this app's events are called."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "case.opened": _("上报事项"),
    "case.step": _("办理一步"),
    "case.closed": _("事项办结"),
    "case.warned": _("事项临近时限"),
    "case.late": _("事项超时"),
    "case.merged": _("并案"),
    "case.split": _("拆分事项"),
    "case.rated": _("评价办理结果"),
}
