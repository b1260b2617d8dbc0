"""标准台账 v1.0: the columns each ledger began with (S14). What was published since stands in the table."""

from __future__ import annotations

FIRST = "1.0"
_WHO = ["name", "sex", "birth", "id_type", "id_no", "phone"]
_PLACE = ["community", "grid", "residence"]
V1: dict[str, list[str]] = {
    "resident": [
        *_WHO,
        "hukou_address",
        *_PLACE,
        "household_no",
        "relation",
        "residence_since",
        "residence_way",
        "education",
        "marriage",
        "employment",
        "occupation",
        "employer",
        "school",
        "remark",
    ],
    "floating": [
        *_WHO,
        "hukou_address",
        *_PLACE,
        "arrive_date",
        "planned_until",
        "reason_come",
        "residence_way",
        "room_state",
        "owner_name",
        "owner_phone",
        "occupation",
        "employer",
        "residence_code_status",
        "remark",
    ],
    "outside": [
        *_WHO,
        "hukou_address",
        *_PLACE,
        "arrive_date",
        "planned_until",
        "reason_come",
        "residence_way",
        "employer",
        "remark",
    ],
    "staff": [
        "name",
        "sex",
        "id_type",
        "id_no",
        "phone",
        "hukou_address",
        "employer",
        "employer_uscc",
        "occupation",
        "residence",
        "remark",
    ],
}
