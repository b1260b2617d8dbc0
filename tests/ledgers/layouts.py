"""Workbooks whose difficulty is how the table is laid out or what its columns mean."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from tests.ledgers.expected import Expected, Table
from tests.ledgers.people import people
from tests.ledgers.registered import book, line, write

# The expected reports read as tables.
# ruff: noqa: E501
# fmt: off


@book(Expected("xlsx", (Table(
    "常住人口", (1,), 2, 30,
    {"序号": "serial", "*姓名（必填）": "name", "性别（男/女）": "sex", "公民身份号码": "id_no", "联系\n方式": "phone",
     "现住门（楼）详址": "residence", "文化程度": "education"}, "residents",
    {"民族": "ethnic", "政治面貌": "politics", "宗教信仰": "religion", "微信号": "secret"}),)))
def plain_residents(folder: Path) -> Path:
    """One header row with stars, brackets and line breaks; columns that must not be kept."""
    header = ["序号", "*姓名（必填）", "性别（男/女）", "公民身份号码", "联系\n方式", "现住门（楼）详址", "文化程度", "民族", "政治面貌",
              "宗教信仰", "微信号"]
    rows = [[*line(i, one), "大专", "汉", "群众", "无", "x"] for i, one in enumerate(people(30), 1)]
    return write(folder / "常住人口.xlsx", {"常住人口": [header, *rows]})


@book(Expected("xlsx", (Table(
    "出租屋", (3, 4), 5, 12,
    {"序号": "serial", "房屋信息/地址": "residence", "房屋信息/用途": "room_use", "房东/姓名": "owner_name",
     "房东/电话": "owner_phone", "承租人/姓名": "renter_name", "承租人/身份证号": "renter_id_no",
     "承租人/电话": "renter_phone"}, "rental", skipped={"total": 1, "note": 1}),)))
def rental_two_row_header(folder: Path) -> Path:
    """Merged title, a letterhead line, groups over columns, a total and a signature at the foot."""
    path = folder / "出租屋登记表.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("出租屋")
        sheet.merge_range(0, 0, 0, 7, "虚构社区出租屋及租住人员登记表")
        sheet.write_row(1, 0, ["填报单位：虚构社区", "", "", "填报日期：2026年3月1日"])
        sheet.merge_range(2, 0, 3, 0, "序号")
        sheet.merge_range(2, 1, 2, 2, "房屋信息")
        sheet.merge_range(2, 3, 2, 4, "房东")
        sheet.merge_range(2, 5, 2, 7, "承租人")
        sheet.write_row(3, 1, ["地址", "用途", "姓名", "电话", "姓名", "身份证号", "电话"])
        for i, (owner, renter) in enumerate(zip(people(12), people(12, 50), strict=True)):
            sheet.write_row(4 + i, 0, [i + 1, owner.home, "住宅", owner.name, owner.phone, renter.name,
                                       renter.id_no, renter.phone])
        sheet.write_row(16, 0, ["合计", 12])
        sheet.write_row(17, 0, ["填表人：赵试甲", "", "审核人："])
    return path


@book(Expected("xlsx", (Table(
    "花名册", (2,), 3, 9,
    {"户主": "head_name", "住址": "residence", "姓名": "name", "与户主关系": "relation", "身份证": "id_no"},
    "residents"),)))
def merged_households(folder: Path) -> Path:
    """Head and address are merged down the rows of each household."""
    path = folder / "花名册.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("花名册")
        sheet.merge_range(0, 0, 0, 4, "住户花名册")
        sheet.write_row(1, 0, ["户主", "住址", "姓名", "与户主关系", "身份证"])
        for house in range(3):
            members, first = people(3, 10 * house + 1), 2 + 3 * house
            sheet.merge_range(first, 0, first + 2, 0, members[0].name)
            sheet.merge_range(first, 1, first + 2, 1, members[0].home)
            for i, (one, relation) in enumerate(zip(members, ["户主", "配偶", "子"], strict=True)):
                sheet.write_row(first + i, 2, [one.name, relation, one.id_no])
    return path


@book(Expected("xlsx", (Table(
    "流动人口", (2, 3, 4), 5, 5,
    {"姓名": "name", "证件/类型": "id_type", "证件/号码": "id_no", "户籍地/详细地址": "hukou_address",
     "居住信息/现住/楼栋": "building", "居住信息/现住/房号": "room_no", "居住信息/来江日期": "arrive_date"},
    "floating"),)))
def three_row_header(folder: Path) -> Path:
    """Groups of groups."""
    path = folder / "流动人口.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("流动人口")
        sheet.merge_range(0, 0, 0, 6, "流动人口信息采集表")
        sheet.merge_range(1, 0, 3, 0, "姓名")
        sheet.merge_range(1, 1, 1, 2, "证件")
        sheet.merge_range(2, 1, 3, 1, "类型")
        sheet.merge_range(2, 2, 3, 2, "号码")
        sheet.write(1, 3, "户籍地")
        sheet.merge_range(2, 3, 3, 3, "详细地址")
        sheet.merge_range(1, 4, 1, 6, "居住信息")
        sheet.merge_range(2, 4, 2, 5, "现住")
        sheet.write_row(3, 4, ["楼栋", "房号"])
        sheet.merge_range(2, 6, 3, 6, "来江日期")
        for i, one in enumerate(people(5)):
            sheet.write_row(4 + i, 0, [one.name, "身份证", one.id_no, "某省某市某县某路1号", "3栋", "502", "2025.3.1"])
    return path


@book(Expected("xlsx", (Table(
    "户表", (1,), 2, 8, {"门牌号": "residence", "姓名": "name", "身份证号": "id_no", "电话": "phone", "与户主关系": "relation"},
    "residents", last_row=4),)))
def members_side_by_side(folder: Path) -> Path:
    """One row per household: its head, then up to three members beside each other."""
    header = ["门牌号", "户主姓名", "户主身份证号", "户主电话"]
    header += [f"成员{n}{leaf}" for n in (1, 2, 3) for leaf in ("姓名", "关系", "身份证号")]
    rows = []
    for house, size in enumerate([3, 1, 1]):
        head, *members = people(size + 1, 20 * house + 1)
        row: list[object] = [head.home, head.name, head.id_no, head.phone]
        for one in members:
            row += [one.name, "子", one.id_no]
        rows.append(row + [""] * (13 - len(row)))
    return write(folder / "户表.xlsx", {"户表": [header, *rows]})


@book(Expected("xlsx", (Table(
    "员工", (1,), 2, 15, {"单位名称": "employer", "统一社会信用代码": "org_uscc", "员工姓名": "name", "证件号码": "id_no",
                        "岗位": "occupation", "联系电话": "phone", "籍贯": "native_place", "户口类型": "hukou_nature"},
    "staff", {"入职时间": "employment_history", "月薪": "income", "是否接种疫苗": "epidemic"}),)))
def enterprise_staff(folder: Path) -> Path:
    """A firm's list of staff with wages and vaccinations, which are refused; 户口类型 holds 农业/非农."""
    header = ["单位名称", "统一社会信用代码", "员工姓名", "证件号码", "岗位", "联系电话", "籍贯", "户口类型", "入职时间", "月薪",
              "是否接种疫苗"]
    rows = [["虚构电器有限公司", "91999703MA00000003", o.name, o.id_no, "普工", o.phone, "湖南", "农业", "2024-1-1",
             "5000", "是"] for o in people(15)]
    return write(folder / "员工.xlsx", {"员工": [header, *rows]})


@book(Expected("xlsx", (Table(
    "商铺", (1,), 2, 6, {"序号": "serial", "商铺名称": "org_name", "社会信用代码": "org_uscc", "经营者": "legal_person",
                       "电话": "org_phone", "地址": "org_address", "经营范围": "scope", "从业人数": "staff_number"},
    "organisations"),)))
def shops(folder: Path) -> Path:
    """A list of shops: 电话 and 地址 are the shop's."""
    header = ["序号", "商铺名称", "社会信用代码", "经营者", "电话", "地址", "经营范围", "从业人数"]
    rows = [[i, f"虚构第{i}商店", f"92999703MA{i:08d}", o.name, o.phone, o.home, "零售", 3]
            for i, o in enumerate(people(6), 1)]
    return write(folder / "商铺.xlsx", {"商铺": [header, *rows]})


@book(Expected("xlsx", (Table(
    "Sheet1", (1,), 2, 7, {"姓明": "name", "身份正号码": "id_no", "手机号吗": "phone", "現住址": "residence",
                         "本人常住户口所在地": "hukou_address"}, "residents"),)))
def misspelt_headers(folder: Path) -> Path:
    """Typing errors that sound right, and traditional characters."""
    header = ["姓明", "身份正号码", "手机号吗", "現住址", "本人常住户口所在地"]
    return write(folder / "错字.xlsx", {"Sheet1": [header, *([o.name, o.id_no, o.phone, o.home, "某省某市某镇1号"]
                                                          for o in people(7))]})


@book(Expected("xlsx", (Table(
    "Sheet1", (1,), 2, 8, {"姓名": "name", "身份证": "id_no", "电话": "phone", "房东": "owner_name",
                         "电话#2": "owner_phone", "户号": "household_no", "地址": "residence", "地址#2": "hukou_address"},
    "residents", asked=("电话#2", "户号", "地址#2")),)))
def doubtful_columns(folder: Path) -> Path:
    """Two phones, two addresses, a 户号: the second of each is asked."""
    header = ["姓名", "身份证", "电话", "房东", "电话", "户号", "地址", "地址"]
    rows = [[o.name, o.id_no, o.phone, "冯试辛", "10099999999", f"H{i:05d}", o.home, "湖南省某市某县某村1号"]
            for i, o in enumerate(people(8))]
    return write(folder / "两列.xlsx", {"Sheet1": [header, *rows]})


@book(Expected("xlsx", (Table(
    "登记", (5,), 7, 4, {"序号": "serial", "姓名": "name", "证件号": "id_no", "电话": "phone", "房号": "room_no"},
    "residents", skipped={"note": 2, "blank": 6}),)))
def template_off_corner(folder: Path) -> Path:
    """The table begins at C5, with a line 1 2 3 4 5, an example, and numbers ready for blank rows."""
    path = folder / "模板.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("登记")
        sheet.merge_range(1, 2, 1, 6, "人员登记模板")
        sheet.write(2, 2, "填表说明：带 * 的为必填")
        sheet.write_row(4, 2, ["序号", "姓名", "证件号", "电话", "房号"])
        sheet.write_row(5, 2, [1, 2, 3, 4, 5])
        sheet.write_row(6, 2, ["示例", "某某", "略", "略", "101"])
        for i, one in enumerate(people(4)):
            sheet.write_row(7 + i, 2, [i + 1, one.name, one.id_no, one.phone, "101"])
        for i in range(4, 10):
            sheet.write(7 + i, 2, i + 1)
    return path


@book(Expected("xlsx", (Table(
    "Sheet1", (), 1, 6, {"第1列": "name", "第2列": "id_no", "第3列": "phone"}, "residents", asked=("第1列",)),)))
def without_header(folder: Path) -> Path:
    """Nobody wrote a header; ids and phones speak for themselves."""
    return write(folder / "无表头.xlsx", {"Sheet1": [[o.name, o.id_no, o.phone] for o in people(6)]})


@book(Expected("xlsx", (Table(
    "台账", (1,), 2, 6, {"户主姓名": "name", "户主身份证号": "id_no", "户主电话": "phone", "楼栋": "building", "户号": "room_no"},
    "residents", {"家庭人口数": "count", "网格员姓名": "paperwork", "网格员电话": "paperwork", "配偶姓名": "relative"},
    asked=("户号",)),)))
def heads_only(folder: Path) -> Path:
    """One row per household and only its head named: the head is the person, worker and spouse are not."""
    header = ["户主姓名", "户主身份证号", "户主电话", "楼栋", "户号", "家庭人口数", "网格员姓名", "网格员电话", "配偶姓名"]
    rows = [[o.name, o.id_no, o.phone, "3栋", "302", 3, "卫试壬", "10088888888", "某某"] for o in people(6)]
    return write(folder / "户台账.xlsx", {"台账": [header, *rows]})
