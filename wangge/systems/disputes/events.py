"""What this app's events are called. The README says who may listen to which."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "dispute.registered": _("登记矛盾纠纷"),
    "dispute.parties_changed": _("修改纠纷当事人"),
    "dispute.taken_on": _("承办纠纷"),
    "dispute.appointed": _("指定纠纷承办人"),
    "dispute.released": _("结束纠纷承办"),
    "dispute.mediated": _("记录调解"),
    "dispute.drafted": _("起草调解协议"),
    "dispute.signed": _("签订调解协议"),
    "dispute.printed": _("打印调解协议"),
    "dispute.followed_up": _("回访调解协议"),
    "dispute.revealed": _("查看当事人完整信息"),
    "dispute.exported": _("导出纠纷清单"),
    "dispute.forgotten": _("清除到期纠纷的当事人信息"),
}
