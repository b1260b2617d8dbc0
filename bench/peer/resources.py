"""The two forms in which django-import-export is measured."""

from __future__ import annotations

from typing import Any

from import_export.fields import Field
from import_export.instance_loaders import CachedInstanceLoader
from import_export.resources import ModelResource

from .models import Resident

COLUMNS = {
    "number": "序号", "name": "姓名", "sex": "性别", "birth": "出生日期", "id_no": "身份证号码",
    "phone": "联系电话", "relation": "与户主关系", "hukou": "户籍地址", "residence": "现住地址",
    "education": "文化程度", "marriage": "婚姻状况", "employer": "工作单位", "kind": "人口类型",
    "arrived": "来本地日期", "remark": "备注",
}  # fmt: skip


class Plain(ModelResource):
    """The defaults: one look-up, one diff, one save, one savepoint a row."""

    class Meta:
        model = Resident
        fields = tuple(COLUMNS)
        import_id_fields = ("id_no",)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        """Whoever has no id number is found by the row's number: many empty ids would be one person."""
        row["身份证号码"] = str(row["身份证号码"] or f"row {row['序号']}")


for _attribute, _header in COLUMNS.items():
    Plain.fields[_attribute] = Field(attribute=_attribute, column_name=_header)


class Bulk(Plain):
    """The fast form its documentation names: known ids in one query, no diff, 1,000 rows a statement."""

    class Meta:
        model = Resident
        fields = tuple(COLUMNS)
        import_id_fields = ("id_no",)
        use_bulk = True
        batch_size = 1000
        skip_diff = True
        instance_loader_class = CachedInstanceLoader


FORMS = {"default": Plain, "use_bulk": Bulk}
