"""Blank tables with a row for each person."""

from __future__ import annotations

import io

import xlsxwriter
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from tests.tables.drawing import as_macro_workbook, body, header, letter, one_sheet, saved, signature, title

# A picture of one dot.
DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f00050001ffa7a1ed3e0000000049454e44ae426082"
)
VBA = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"not a real project, carried along untouched" * 20


ALONE = ("序号", "基本信息>姓名", "基本信息>性别", "基本信息>出生年月", "基本信息>年龄",
         "基本信息>身份证号码",
         "居住情况>居住地址", "居住情况>是否独居", "居住情况>联系电话", "紧急联系人", "备注")  # fmt: skip


def alone() -> bytes:
    """Two header rows, total by formula, signature line, five prepared rows."""
    book, sheet = one_sheet("独居老人")
    title(sheet, "60岁以上独居老人登记表", len(ALONE))
    sheet.cell(2, 1, "填报单位（盖章）：")
    last = header(sheet, 3, ALONE)
    end = body(sheet, last + 1, 5, len(ALONE), {4: "yyyy.mm", 6: "@"})
    sheet.cell(end, 1, "合计")
    sheet.cell(end, 3, f'=COUNTIF(C{last + 1}:C{end - 1},"女")')
    sheet.cell(end, 5, f"=AVERAGE(E{last + 1}:E{end - 1})")
    signature(sheet, end + 2)
    return saved(book)


RESIDENTS = (
    "序号", "人员信息>基本情况>姓名", "人员信息>基本情况>性别", "人员信息>基本情况>文化程度",
    "人员信息>身份>证件类型", "人员信息>身份>证件号码", "人员信息>身份>户籍地址",
    "居住信息>楼栋", "居住信息>单元", "居住信息>房号", "与户主关系",
    "婚姻状况", "是否本地户籍", "网格",
)  # fmt: skip


def residents() -> bytes:
    """Three header rows, drop-down lists with words of their own, a list on a hidden sheet, a print area."""
    book, sheet = one_sheet("采集表")
    title(sheet, "常住人口信息采集表", len(RESIDENTS))
    last = header(sheet, 2, RESIDENTS)
    end = body(sheet, last + 1, 10, len(RESIDENTS))
    codes = book.create_sheet("代码")
    for row, word in enumerate(("研究生", "本科", "大专", "高中", "初中", "小学", "文盲"), start=1):
        codes.cell(row, 1, word)
    codes.sheet_state = "hidden"
    for column, source in (
        ("C", '"男性,女性"'),
        ("D", "代码!$A$1:$A$7"),
        ("L", '"未婚,已婚,离异,丧偶"'),
        ("M", '"是,否"'),
    ):
        rule = DataValidation(type="list", formula1=source, allow_blank=True)
        rule.add(f"{column}{last + 1}:{column}{end - 1}")
        sheet.add_data_validation(rule)
    sheet.print_area = f"A1:{letter(len(RESIDENTS))}{end - 1}"
    sheet.print_title_rows = f"2:{last}"
    return saved(book)


BOXES = (
    "序号", "姓名", "性别（打√）>男", "性别（打√）>女", "年龄段>17岁以下",
    "年龄段>18-59岁", "年龄段>60岁以上",
    "住房类型>自有", "住房类型>租住", "是否流动人口(√/×)", "学历>本科及以上",
)  # fmt: skip


def boxes() -> bytes:
    """Columns to be ticked."""
    book, sheet = one_sheet("勾选表")
    title(sheet, "居民情况勾选表", len(BOXES))
    last = header(sheet, 2, BOXES)
    body(sheet, last + 1, 3, len(BOXES))
    return saved(book)


SMALL = ("序号", "姓名", "性别", "年龄", "身份证号", "手机号码", "现住址")


def by_community() -> bytes:
    """A sheet for each community and one that sums them up."""
    book, total = one_sheet("汇总")
    total["A1"], total["B1"] = "甲社区人数", "=COUNTA(甲社区!B3:B7)"
    total["A2"], total["B2"] = "丙社区人数", "=COUNTA(丙社区!B3:B7)"
    for name in ("甲社区", "丙社区", "乙社区"):
        sheet = book.create_sheet(name)
        title(sheet, f"{name}居民登记表", len(SMALL))
        header(sheet, 2, SMALL)
        body(sheet, 3, 5, len(SMALL))
    return saved(book)


COVERED = (
    "编号",
    "姓名",
    "性别",
    "公民身份号码",
    "户籍所在地",
    "现居住地址",
    "联系方式",
    "就业状况",
    "婚姻状况",
    "籍贯",
    "监护人",
)


def covered() -> bytes:
    """A cover sheet, instructions above the header, a line of column numbers, an example row."""
    book, cover = one_sheet("封面")
    cover["B3"], cover["B5"], cover["B7"] = "人口基础信息表", "填报单位：", "填报日期：      年   月   日"
    sheet = book.create_sheet("信息表")
    title(sheet, "人口基础信息表", len(COVERED))
    sheet.cell(2, 1, "填表说明：1. 身份证号请用文本格式；2. 现居住地址写到房号；3. 没有的填“无”。")
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(COVERED))
    sheet.cell(3, 1, "单位：人")
    last = header(sheet, 4, COVERED)
    for column in range(1, len(COVERED) + 1):
        sheet.cell(last + 1, column, column)
        sheet.cell(last + 2, column, "示例" if column == 1 else "张三" if column == 2 else "略")
    end = body(sheet, last + 3, 20, len(COVERED))
    sheet.cell(end, 1, "注：本表一式两份，社区、镇街各存一份。")
    return saved(book)


FLOATING = (
    "序号",
    "姓名",
    "性别",
    "出生日期",
    "身份证号码",
    "户籍地址",
    "现住址",
    "来本地日期",
    "流入原因",
    "居住方式",
    "手机号码",
    "工作单位",
)


def floating() -> bytes:
    """A macro workbook with a conditional format."""
    book, sheet = one_sheet("流动人口")
    title(sheet, "流动人口登记表", len(FLOATING))
    last = header(sheet, 2, FLOATING)
    end = body(sheet, last + 1, 4, len(FLOATING), {4: "yyyy-mm-dd", 8: "yyyy\\年m\\月d\\日"})
    sheet.conditional_formatting.add(
        f"C{last + 1}:C{end - 1}",
        CellIsRule(operator="equal", formula=['"女"'], fill=PatternFill(bgColor="FFFF00")),
    )
    return as_macro_workbook(saved(book), VBA)


TALENT = ("序号", "姓名", "性别", "年龄", "学历", "手机", "居住地", "职业", "是否就业", "签名")


def talent() -> bytes:
    """A picture above and a stamp below, a comment, a named range, frozen panes; not written by openpyxl."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("人才")
    frame, head = book.add_format({"border": 1}), book.add_format({"border": 1, "bold": True})
    sheet.merge_range(0, 0, 0, len(TALENT) - 1, "本科以上学历人员登记表", head)
    for column, text in enumerate(TALENT):
        sheet.write(1, column, text, head)
        for row in (2, 3, 4):
            sheet.write_blank(row, column, None, frame)
    sheet.write(5, 1, "小计")
    sheet.write_formula(5, 3, "=COUNT(人才名单)")
    sheet.write_comment(1, 1, "与身份证一致")
    sheet.write_comment(5, 1, "自动计算")
    sheet.insert_image(0, 10, "logo.png", {"image_data": io.BytesIO(DOT)})
    sheet.insert_image(7, 7, "stamp.png", {"image_data": io.BytesIO(DOT)})
    book.define_name("人才名单", "=人才!$D$3:$D$5")
    sheet.freeze_panes(2, 2)
    book.close()
    return out.getvalue()


INLINE = ("序号", "姓名", "性别", "身份证号", "住址", "是否户主", "年龄")


def inline_boxes() -> bytes:
    """男□ 女□ in every prepared row, and an age the sheet computes itself."""
    book, sheet = one_sheet("核查")
    title(sheet, "人员核查表", len(INLINE))
    last = header(sheet, 2, INLINE)
    body(sheet, last + 1, 4, len(INLINE))
    for row in range(last + 1, last + 5):
        sheet.cell(row, 1, row - last)
        sheet.cell(row, 3, "男□ 女□")
        sheet.cell(row, 6, "□是 □否")
        sheet.cell(row, 7, f"=LEN(D{row})")
    return saved(book)


BARE = (
    "姓  名",
    "身份 证号",
    "电话（手机）",
    "所属镇街",
    "社区",
    "详细地址",
    "出生年份",
    "家庭人数",
    "人口类型",
)


def bare() -> bytes:
    """No frame, no title, headers with blanks in them."""
    book, sheet = one_sheet("Sheet1")
    for column, text in enumerate(BARE, start=1):
        sheet.cell(1, column, text)
    return saved(book)
