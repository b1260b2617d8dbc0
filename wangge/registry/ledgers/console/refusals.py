"""Why a file was not read, as guards.py and reading/ say it; ``retold`` knows the English."""

from __future__ import annotations

from django.utils.translation import gettext_noop

KINDS = (
    gettext_noop("PDF 文档"),
    gettext_noop("JPG 图片"),
    gettext_noop("PNG 图片"),
    gettext_noop("GIF 图片"),
    gettext_noop("BMP 图片"),
    gettext_noop("RAR 压缩包"),
    gettext_noop("7z 压缩包"),
    gettext_noop("gz 压缩包"),
    gettext_noop("程序文件"),
    gettext_noop("数据库文件"),
    gettext_noop("Word 文档"),
    gettext_noop("PPT 演示文稿"),
    gettext_noop("二进制工作簿（.xlsb）"),
    gettext_noop("OpenDocument 文档"),
)
REFUSALS = (
    gettext_noop("找不到文件“%s”。请检查路径后重试。"),
    gettext_noop("文件“%s”是空的（0 字节）。请确认表格已保存，再重新上传。"),
    gettext_noop("文件“%s”有 %s，超过上限 %s。请按社区或网格拆成几个文件再上传。"),
    gettext_noop("文件“%s”是 Word 文档，不是表格。请把其中的表格复制到 Excel，存为 .xlsx 后再上传。"),
    gettext_noop(
        "文件“%s”不是 Excel 表格。请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"
    ),
    gettext_noop(
        "文件“%s”其实是%s，不是表格。请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"
    ),
    gettext_noop(
        "文件“%s”是旧式 XML 表格（Excel 2003）。"
        "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"
    ),
    gettext_noop("文件“%s”不是表格。请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"),
    gettext_noop(
        "文件“%s”不是能识别的表格文件，可能已损坏或改过扩展名。"
        "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"
    ),
    gettext_noop(
        "文件“%s”设了打开密码，读不了。请在 Excel 的“文件 → 信息 → "
        "保护工作簿 → 用密码进行加密”里清空密码，保存后再上传。"
    ),
    gettext_noop(
        "文件“%s”的工作表“%s”已损坏或没有传完整，读不出来。请在电脑上确认能打开，另存一份后再上传。"
    ),
    gettext_noop("文件“%s”已损坏或没有传完整，读不出来。请在电脑上确认能打开，另存一份后再上传。"),
    gettext_noop(
        "文件“%s”的工作表“%s”超过 %s 列，不像台账。"
        "请删去右侧多余的列（选中整列后删除，不只是清空），保存后再上传。"
    ),
    gettext_noop("文件“%s”的工作表“%s”超过 %s 行。请按社区或网格拆成几个文件再上传。"),
    gettext_noop("文件“%s”里没有任何内容。请确认表格已保存，再重新上传。"),
    gettext_noop("文件“%s”里没有找到台账。%s 请确认表头（姓名、身份证号等）在前几行，再重新上传。"),
    gettext_noop("工作表“%s”：%s"),
    gettext_noop(
        "文件“%s”其实是 %s，不是能导入的表格。"
        "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"
    ),
    gettext_noop("文件“%s”是压缩包，不是表格。请先解压，再逐个上传里面的表格。"),
    gettext_noop(
        "文件“%s”里有表格不该有的内容（XML 实体定义），为安全起见不予读取。"
        "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"
    ),
    gettext_noop(
        "文件“%s”的工作表“%s”在第 %s 行有零散内容，与上面的数据隔得太远。"
        "请删去表格下方多余的行，保存后再上传。"
    ),
    gettext_noop(
        "文件“%s”解压后大得不正常，像压缩炸弹，为安全起见不予读取。"
        "请在 Excel 里打开核对，删去多余的空行和图片，另存后再上传。"
    ),
    gettext_noop(
        "文件“%s”的文字编码不是 UTF-8，也不是 GB18030（GBK），读出来会是乱码。"
        "请用 Excel 打开，另存为“CSV UTF-8（逗号分隔）”或 .xlsx 后再上传。"
    ),
    gettext_noop(
        "文件“%s”第 %s 行附近的引号没有配对，后面的内容无法分列。"
        "请在 Excel 里改正这一行，或另存为 .xlsx 后再上传。"
    ),
    gettext_noop("错误说明表写不出来：%s 文件的格式不规范。"),
)
