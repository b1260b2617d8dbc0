"""A file of records as an office has it: parquet, or csv in UTF-8 or GB18030."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from .tokens import COLUMNS

# What offices call the columns; anything else is left aside.
CALLED = {
    "record_id": ("序号", "编号", "记录号", "rec_id", "id"),
    "id_no": ("证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证", "证件号"),
    "name": ("姓名", "名字"),
    "sex": ("性别", "gender"),
    "birth": ("出生日期", "出生年月", "生日", "date_of_birth", "dob"),
    "phone": ("电话", "联系电话", "手机", "手机号", "手机号码"),
    "address": ("地址", "现住址", "住址", "居住地址"),
    "head": ("户主", "户主姓名"),
    "employer": ("工作单位", "单位", "就业单位"),
}


class Unreadable(ValueError):
    """A file that cannot be linked. ``code`` is one of no_file, not_read, empty, no_id, twice, no_columns;
    ``at`` says where, without quoting values of persons."""

    def __init__(self, code: str, at: str = "") -> None:
        self.code, self.at = code, at
        super().__init__(code)


def read_records(path: Path) -> tuple[pl.DataFrame, list[str]]:
    """Read a file.

    Returns: a frame of text with the columns of ``COLUMNS`` the file has; the names of columns left aside.

    Raises:
        Unreadable: no such file, no table in it, no rows, no or repeated record_id, nothing to compare by.
    """
    if not path.is_file():
        raise Unreadable("no_file")
    frame = _table(path)
    named = {column: known for column in frame.columns if (known := _known(column, frame.columns))}
    aside = [column for column in frame.columns if column not in named]
    frame = frame.select(
        pl.col(column).cast(pl.String, strict=False).alias(name) for column, name in named.items()
    )
    _check(frame)
    return frame, aside


def _known(column: str, columns: list[str]) -> str:
    plain = column.strip().lstrip("\ufeff").lower()
    if plain in COLUMNS:
        return plain
    taken = {other.strip().lower() for other in columns}
    return next((name for name, words in CALLED.items() if plain in words and name not in taken), "")


def _table(path: Path) -> pl.DataFrame:
    try:
        if path.suffix.lower() == ".parquet":
            return pl.read_parquet(path)
        content = path.read_bytes()
        encoding = "utf-8" if _is_utf8(content) else "gb18030"
        return pl.read_csv(content.decode(encoding).encode(), infer_schema=False)
    except pl.exceptions.NoDataError as error:
        raise Unreadable("empty") from error
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as error:
        raise Unreadable("not_read") from error


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _check(frame: pl.DataFrame) -> None:
    if "record_id" not in frame.columns:
        raise Unreadable("no_id")
    if not frame.height:
        raise Unreadable("empty")
    if frame["record_id"].null_count():
        raise Unreadable("no_id", str(frame["record_id"].is_null().arg_max() + 2))  # type: ignore[operator]
    if frame["record_id"].n_unique() != frame.height:
        raise Unreadable("twice", str(frame["record_id"].is_first_distinct().not_().arg_max() + 2))  # type: ignore[operator]
    if not {"id_no", "name", "phone"} & set(frame.columns):
        raise Unreadable("no_columns")
