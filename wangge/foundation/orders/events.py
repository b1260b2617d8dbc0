"""What this app's events are called; and where other apps register their rows."""

from django.utils.translation import gettext_lazy as _

from .erasers import forget_rows as forget_rows
from .erasers import register_rows as register_rows

KINDS = {
    "order.drafted": _("起草应急指令"),
    "order.amended": _("修改应急指令"),
    "order.discarded": _("删除应急指令草稿"),
    "order.started": _("启动应急指令"),
    "order.extended": _("延长应急指令"),
    "order.ending": _("应急指令即将到期"),
    "order.values_kept": _("登记应急字段"),
    "order.exported": _("导出应急数据"),
    "order.closing_requested": _("关闭应急指令"),
    "order.frozen": _("冻结应急指令"),
    "order.rows_erased": _("删除应急数据"),
    "order.remains_accepted": _("确认同样文字另有来源"),
    "order.erased": _("出具销毁证明"),
    "order.verified": _("核验销毁"),
}
