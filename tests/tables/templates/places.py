"""Blank tables of households, rooms, buildings and firms."""

from __future__ import annotations

from tests.tables.drawing import body, header, letter, one_sheet, saved, signature, title

FAMILY = (
    "序号", "户主>姓名", "户主>身份证号", "户主>联系电话", "家庭住址", "家庭人数",
    *(f"家庭成员{n}>{leaf}" for n in (1, 2, 3) for leaf in ("姓名", "与户主关系", "出生日期", "身份证号")),
)  # fmt: skip


def families() -> bytes:
    """One row a household, its members side by side."""
    book, sheet = one_sheet("户册")
    title(sheet, "家庭户登记册", len(FAMILY))
    last = header(sheet, 2, FAMILY)
    end = body(sheet, last + 1, 6, len(FAMILY), {9: "yyyy/m/d"})
    sheet.cell(end, 1, "合计")
    sheet.cell(end, 6, f"=SUM(F{last + 1}:F{end - 1})")
    return saved(book)


LET = (
    "序号",
    "出租屋地址",
    "房东>姓名",
    "房东>联系电话",
    "承租人>姓名",
    "承租人>联系电话",
    "居住人数",
    "房屋用途",
    "建筑面积",
    "使用状态",
    "备注",
)


def let_rooms() -> bytes:
    """No prepared row: the signature stands right below the header."""
    book, sheet = one_sheet("出租屋")
    title(sheet, "出租屋登记表", len(LET))
    last = header(sheet, 2, LET)
    signature(sheet, last + 1)
    return saved(book)


FIRMS = (
    "序号",
    "企业名称",
    "统一社会信用代码",
    "法定代表人",
    "联系电话",
    "经营地址",
    "从业人数",
    "经营范围",
    "所属社区",
)


def firms() -> bytes:
    """Firms, with a total of their staff."""
    book, sheet = one_sheet("企业")
    title(sheet, "辖区企业名录", len(FIRMS))
    last = header(sheet, 2, FIRMS)
    end = body(sheet, last + 1, 2, len(FIRMS))
    sheet.cell(end, 1, "合 计")
    sheet.cell(end, 7, f"=SUM(G{last + 1}:G{end - 1})")
    return saved(book)


HOUSES = (
    "序号",
    "楼栋名称",
    "地址",
    "楼层数",
    "单元数",
    "总户数",
    "房屋套数",
    "出租套数",
    "空置套数",
    "居住人数",
    "60岁以上人数",
    "流动人口数",
    "所属网格",
)


def houses() -> bytes:
    """One row a building, with sums."""
    book, sheet = one_sheet("楼栋")
    title(sheet, "楼栋底册", len(HOUSES))
    last = header(sheet, 2, HOUSES)
    end = body(sheet, last + 1, 1, len(HOUSES))
    sheet.cell(end, 1, "合计")
    for column in range(6, 13):
        sheet.cell(end, column, f"=SUM({letter(column)}{last + 1}:{letter(column)}{end - 1})")
    return saved(book)


COUNTS = (
    "序号", "户主姓名", "家庭住址", "家庭人口数", "其中>男（人）", "其中>女（人）", 
    "其中>60岁以上（人）", "其中>未成年人（人）",
    "流动人口（人）", "本科以上人数", "户主电话",
)  # fmt: skip


def counts() -> bytes:
    """One row a household with numbers of its people."""
    book, sheet = one_sheet("人口统计")
    title(sheet, "家庭人口情况统计表", len(COUNTS))
    last = header(sheet, 2, COUNTS)
    end = body(sheet, last + 1, 3, len(COUNTS))
    sheet.cell(end, 1, "总计")
    for column in range(4, 11):
        sheet.cell(end, column, f"=SUM({letter(column)}{last + 1}:{letter(column)}{end - 1})")
    return saved(book)
