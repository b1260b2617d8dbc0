"""What is refused before a ledger file is read, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


class Unreadable(Exception):
    """A file, or a sheet of it, that cannot be read as a ledger.

    code: stable English key (missing, too_big, empty, wrong_type, encrypted, corrupt, zip_bomb, unsafe,
    too_many_columns, too_many_rows, sparse, no_table, wrong_encoding); message: Chinese, says which file
    and sheet and what to do next.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Limits:
    """Bounds of one upload; bytes unless said otherwise. ratio holds for parts over ratio_free_bytes."""

    file_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 3 * 1024 * 1024 * 1024
    ratio: int = 200
    ratio_free_bytes: int = 10 * 1024 * 1024
    columns: int = 300
    rows: int = 1_048_576
    sheets: int = 100
    row_gap: int = 200_000


DEFAULT_LIMITS = Limits()

_FOREIGN = (
    (b"%PDF", "PDF 文档"),
    (b"\xff\xd8\xff", "JPG 图片"),
    (b"\x89PNG", "PNG 图片"),
    (b"GIF8", "GIF 图片"),
    (b"BM", "BMP 图片"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gz 压缩包"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SAVE_AS = "请用 Excel 或 WPS 打开原表，另存为“Excel 工作簿（.xlsx）”后再上传。"


def kind_of(path: Path, file_name: str, limits: Limits = DEFAULT_LIMITS) -> str:
    """Say what a file really is, whatever its name: "zip", "xls", "html" or "text".

    Raises Unreadable when it is missing, empty, too big, encrypted or something else than a table.
    """
    if not path.is_file():
        raise Unreadable("missing", f"找不到文件“{file_name}”。请检查路径后重试。")
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty", f"文件“{file_name}”是空的（0 字节）。请确认表格已保存，再重新上传。")
    if size > limits.file_bytes:
        raise Unreadable(
            "too_big",
            f"文件“{file_name}”有 {_megabytes(size)}，超过上限 "
            f"{_megabytes(limits.file_bytes)}。请按社区或网格拆成几个文件再上传。",
        )
    with path.open("rb") as stream:
        head = stream.read(8192)
    if head.startswith(b"PK"):
        return "zip"
    if head.startswith(_OLE):
        return _kind_of_ole(path, file_name)
    return _kind_of_other(head, file_name)


def _kind_of_ole(path: Path, file_name: str) -> str:
    """The streams of an OLE file have UTF-16 names; they tell a workbook from an encrypted or a Word file."""
    content = path.read_bytes()
    if _named(content, "EncryptedPackage"):
        raise encrypted(file_name)
    if _named(content, "Workbook") or _named(content, "Book"):
        return "xls"
    if _named(content, "WordDocument"):
        raise Unreadable(
            "wrong_type",
            f"文件“{file_name}”是 Word 文档，不是表格。请把其中的表格复制到 Excel，存为 .xlsx 后再上传。",
        )
    raise Unreadable("wrong_type", f"文件“{file_name}”不是 Excel 表格。{SAVE_AS}")


def _named(content: bytes, name: str) -> bool:
    return name.encode("utf-16-le") in content


def _kind_of_other(head: bytes, file_name: str) -> str:
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise Unreadable("wrong_type", f"文件“{file_name}”其实是{what}，不是表格。{SAVE_AS}")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "text"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Unreadable("wrong_type", f"文件“{file_name}”是旧式 XML 表格（Excel 2003）。{SAVE_AS}")
    if start.startswith(b"<") and any(
        tag in head.lower() for tag in (b"<html", b"<table", b"<meta", b"<body")
    ):
        return "html"
    if start.startswith((b"<?xml", b"{\\rtf")):
        raise Unreadable("wrong_type", f"文件“{file_name}”不是表格。{SAVE_AS}")
    if b"\x00" in head and not _wide_text(head):
        raise Unreadable(
            "wrong_type", f"文件“{file_name}”不是能识别的表格文件，可能已损坏或改过扩展名。{SAVE_AS}"
        )
    return "text"


def _wide_text(head: bytes) -> bool:
    """UTF-16 without a mark: delimiters and digits leave a zero in every other byte, always on one side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return max(even, odd) > 8 and min(even, odd) == 0


def encrypted(file_name: str) -> Unreadable:
    """The refusal of a password-protected workbook."""
    return Unreadable(
        "encrypted",
        f"文件“{file_name}”设了打开密码，读不了。请在 Excel 的“文件 → 信息 → "
        "保护工作簿 → 用密码进行加密”里清空密码，保存后再上传。",
    )


def corrupt(file_name: str, where: str = "") -> Unreadable:
    """The refusal of a damaged file."""
    return Unreadable(
        "corrupt",
        f"文件“{file_name}”{where}已损坏或没有传完整，读不出来。请在电脑上确认能打开，另存一份后再上传。",
    )


def too_many_columns(file_name: str, sheet: str, limits: Limits) -> Unreadable:
    """The refusal of a sheet that is wider than any ledger."""
    return Unreadable(
        "too_many_columns",
        f"文件“{file_name}”的工作表“{sheet}”超过 {limits.columns} 列，不像台账。"
        "请删去右侧多余的列（选中整列后删除，不只是清空），保存后再上传。",
    )


def too_many_rows(file_name: str, sheet: str, limits: Limits) -> Unreadable:
    """The refusal of a sheet that is longer than Excel itself allows."""
    return Unreadable(
        "too_many_rows",
        f"文件“{file_name}”的工作表“{sheet}”超过 {limits.rows:,} 行。请按社区或网格拆成几个文件再上传。",
    )


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
