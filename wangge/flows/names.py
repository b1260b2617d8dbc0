"""What the register's and the areas' events are called, for apps that do not name their own."""

from django.utils.translation import gettext_lazy as _

KINDS = {
    "area.described": _("修改网格资料"),
    "area.split": _("拆分网格"),
    "area.merged": _("合并网格"),
    "area.border_moved": _("调整网格边界"),
    "area.shape_imported": _("导入网格边界"),
    "district.loaded": _("装入区县数据"),
    "demo.loaded": _("装入演示数据"),
    "demo.removed": _("清除演示数据"),
    "building.registered": _("登记楼栋"),
    "building.grid_assigned": _("指定楼栋所属网格"),
    "room.registered": _("登记房屋"),
    "household.registered": _("登记户"),
    "organisation.registered": _("登记单位"),
    "person.registered": _("登记人员"),
    "person.updated": _("修改人员"),
    "person.merged": _("合并人员"),
    "person.unmerged": _("撤销合并"),
    "register.redivided": _("人房随网格调整"),
    "ledger.received": _("收到台账"),
    "ledger.mapped": _("确认列对应"),
    "ledger.planned": _("台账预检"),
    "ledger.commit_requested": _("提交导入"),
    "ledger.rows_written": _("写入台账行"),
    "ledger.imported": _("导入台账"),
    "ledger.cancelled": _("取消导入"),
    "ledger.exported": _("导出台账"),
    "standard.adopted": _("采用标准台账"),
    "standard.published": _("发布标准台账"),
}
