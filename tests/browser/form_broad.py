# ruff: noqa: E501  (rows of a workbook)
"""A form with every kind of question, as an official would make it in Excel."""

from __future__ import annotations

import io
from collections.abc import Sequence

import openpyxl

ROOMS = 800
SURVEY = """
type | name | label::中文 (zh) | label::English (en) | hint::中文 (zh) | appearance | required | relevant | constraint | constraint_message::中文 (zh) | calculation | choice_filter | parameters | default
start | began
today | day
hidden | source
audit | audit
note | intro | **请当面核对**，[区里的说明](https://example.test/help)
begin_group | who | 基本情况 | About the person | | field-list
text | name | 姓名 | Name | 与身份证一致 | | yes
text | remark | 备注 | Remark | | multiline
text | door | 门牌号 | Door number | | numbers
integer | heads | 住几个人 | How many live here | 包括孩子 | | yes | | . >= 1 and . <= 20 | 人数要在 1 到 20 之间
decimal | metres | 面积（平方米） | Area
calculate | each | | | | | | | | | round(${metres} div ${heads}, 1)
note | shown | 人均 ${each} 平方米 | Each ${each} | | | | ${heads} > 0 and ${metres} > 0
end_group
begin_group | when | 时间 | Time
date | moved | 搬来的日期 | Moved in
date | check | 上次检查的月份 | Last check | | month-year
date | built | 建成年份 | Built | | year
time | home | 几点在家 | At home at
dateTime | seen | 看到的时间 | Seen at
end_group
begin_group | pick | 选择 | Choices
select_one yn | alarm | 有烟感报警器吗 | Smoke alarm? | | | yes
select_multiple tools | tools | 有哪些消防器材 | Fire tools | | columns
select_one yn | quick | 门口通畅吗 | Door free? | | minimal
select_one agree | agree | 对物业满意吗 | Content? | | likert
select_one rooms | room | 房屋 | Room | | autocomplete | yes
select_one towns | town | 镇街 | Town
select_one communities | community | 社区 | Community | | | | ${town} != '' | | | | town=${town}
range | mood | 邻里关系打几分 | Neighbours | | | | | | | | | start=0 end=10 step=1
rank tools | order | 按重要程度排一排 | In order
acknowledge | told | 已告知用火用电注意事项 | Told
end_group
begin_repeat | members | 家庭成员 | Members
text | called | 称呼 | Called | | | yes
integer | age | 年龄 | Age | | | | | . < 130 | 年龄不对
end_repeat
begin_group | proof | 现场 | On the spot
geopoint | where | 位置 | Place | | | yes
image | photo | 门口照片 | Photo of the door | | | yes
image | sign | 住户签名 | Signature | | signature | yes
barcode | tag | 灭火器编号 | Extinguisher tag
text | why_not | 为什么没有报警器 | Why no alarm | | | yes | ${alarm} = 'n'
audio | voice | 现场录音 | Recording | | | yes
geotrace | path | 逃生路线 | Way out
image | plan | 在图上标出 | Mark it | | annotate
end_group
"""
CHOICES = """
yn y 有 Yes
yn n 没有 No
tools hose 水带 Hose
tools mask 面具 Mask
tools bucket 沙桶 Bucket
agree 1 不满意 No
agree 2 一般 So-so
agree 3 满意 Yes
towns a 甲街道 Town_A
towns b 乙街道 Town_B
communities a1 甲一社区 A1 a
communities a2 甲二社区 A2 a
communities b1 乙一社区 B1 b
"""


SMALL = """
type | name | label | required | relevant | appearance | calculation
text | name | 姓名 | yes
integer | heads | 人数
hidden | source
select_one towns | town | 镇街
select_one communities | community | 社区
begin_repeat | members | 成员
hidden | person_id |
text | called | 称呼
end_repeat
geopoint | where | 位置 | yes
image | photo | 照片
barcode | tag | 灭火器编号
"""


def _lines(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def _choices() -> list[list[str]]:
    head = ["list_name", "name", "label::中文 (zh)", "label::English (en)", "town"]
    rooms = [
        ["rooms", f"r{n}", f"虚构花园{n // 100 + 1}栋{n % 100 + 101}室", f"Garden {n}"] for n in range(ROOMS)
    ]
    return [head, *(line.split() for line in CHOICES.strip().splitlines()), *rooms]


def broad_form() -> bytes:
    """The workbook of the whole range."""
    settings = [
        ["form_title", "form_id", "version", "default_language"],
        ["入户全项", "broad", "1", "中文 (zh)"],
    ]
    return _book(survey=_lines(SURVEY), choices=_choices(), settings=settings)


def small_form() -> bytes:
    """A few questions, for what happens around them."""
    choices = [["list_name", "name", "label"], *(line.split()[:3] for line in CHOICES.strip().splitlines())]
    settings = [["form_title", "form_id", "version"], ["小表", "small", "7"]]
    return _book(survey=_lines(SMALL), choices=choices, settings=settings)


def _book(**sheets: Sequence[Sequence[str]]) -> bytes:
    book = openpyxl.Workbook()
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append([cell or None for cell in line])
    del book["Sheet"]
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
