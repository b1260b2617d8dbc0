"""``wangge order``: emergency orders from draft to certificate, and the proof that nothing remains."""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from wangge.site.cli import DONE, Refused, everywhere, order_verify, say_json, start_django

ACTOR = "cli"
ABOUT = ("number", "title", "kind", "basis", "issuer", "retention_days")


def add(nouns: Any) -> None:
    """Register the noun and its verbs."""
    parser = nouns.add_parser("order", help="应急指令：起草、启动、关闭、核验销毁")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    _verb(verbs, "list", show_list, "列出应急指令", number=False)
    _verb(verbs, "show", show, "一个指令：范围、字段、数量、关闭到哪一步")
    draft = _verb(verbs, "draft", write_draft, "按 toml 文件起草", number=False)
    draft.add_argument("--file", required=True, type=Path, metavar="ORDER.toml")
    _verb(verbs, "start", start, "启动")
    closing = _verb(verbs, "close", close, "关闭：冻结、清点、销毁、核验、出具证明；中断后再运行会接着做")
    closing.add_argument("--reason", default="", metavar="TEXT")
    closing.add_argument("--accept", default="", metavar="TEXT", help="核验找到的同样文字另有来源：写明理由")
    closing.add_argument("--certificate", type=Path, metavar="OUT.pdf", help="把销毁证明写到这里")
    verify = _verb(verbs, "verify", order_verify.verify_order, "证明已销毁的数据一处不剩")
    verify.add_argument("--values", type=Path, metavar="FILE", help="已知的值，一行一个，UTF-8")


def _verb(
    verbs: Any, name: str, run: Callable[[argparse.Namespace], int], text: str, *, number: bool = True
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=text)
    if number:
        parser.add_argument("number", metavar="NUMBER", help="文号")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)
    return parser


@contextmanager
def refusing() -> Iterator[None]:
    """What the verbs refuse, as the command line says it."""
    start_django()
    from django.core.exceptions import PermissionDenied

    from wangge.foundation.access.rules import Unacceptable

    with everywhere():
        try:
            yield
        except (Unacceptable, PermissionDenied) as why:
            raise Refused(str(why)) from why


def order_named(number: str) -> Any:
    from wangge.foundation.orders.queries import order_by_number

    order = order_by_number(number)
    if order is None:
        raise Refused(f"没有文号为“{number}”的应急指令。用 `wangge order list` 查看全部。")
    return order


def _as_dict(order: Any) -> dict[str, Any]:
    from wangge.foundation.orders.queries import counts_of
    from wangge.foundation.orders.queries.values import counts_by_key, counts_by_store

    closing, certificate = getattr(order, "closing", None), getattr(order, "certificate", None)
    per_key = counts_by_key(order)
    return {
        "number": order.number, "title": order.title, "kind": order.kind, "state": order.state,
        "in_force": order.in_force, "areas": [area.area_code for area in order.areas.all()],
        "starts": order.starts.isoformat(), "ends": order.ends.isoformat(),
        "retention_days": order.retention_days, "erase_after": order.erase_after.isoformat(),
        "fields": [
            {"function": f.function, "key": f.key, "label": f.label, "kind": f.kind,
             "values": per_key.get(f.key, 0)} for f in order.fields.all()
        ],
        "counts": counts_of(order), "rows": {one.name: one.number for one in counts_by_store(order)},
        "step": closing.step if closing else "", "problem": closing.problem if closing else "",
        "certificate": certificate.number if certificate else "",
    }  # fmt: skip


def show_list(args: argparse.Namespace) -> int:
    """A line an order, the newest first."""
    with refusing():
        from wangge.foundation.orders.queries import orders_in_reach

        orders = list(orders_in_reach())
        if args.json:
            say_json({"orders": [_as_dict(order) for order in orders]})
            return DONE
        for order in orders:
            print(f"{order.number}\t{order.get_state_display()}\t{order.ends:%Y-%m-%d}\t{order.title}")
    return DONE


def show(args: argparse.Namespace) -> int:
    """One order with its counts."""
    with refusing():
        told = _as_dict(order_named(args.number))
    if args.json:
        say_json(told)
        return DONE
    for name in ("number", "title", "state", "starts", "ends", "erase_after", "step", "certificate"):
        print(f"{name}\t{told[name]}")
    for field in told["fields"]:
        print(f"{field['function']}.{field['key']}\t{field['label']}\t{field['values']}")
    return DONE


def write_draft(args: argparse.Namespace) -> int:
    """Read an order from a file."""
    with refusing():
        from wangge.foundation.orders.actions import draft_order

        told = _read(args.file)
        order = draft_order(actor=ACTOR, areas=told.get("areas", []), fields=_fields(told), **_about(told))
    return _say(args, order, f"已起草“{order.number}”；启动：wangge order start {order.number}")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Refused(f"读不了 {path.name}：{error.strerror}。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(f"{path.name} 不是 UTF-8 的 toml 文件：{error}") from error


def _about(told: dict[str, Any]) -> dict[str, Any]:
    about = {name: told[name] for name in ABOUT if name in told}
    return about | {name: _moment(told.get(name)) for name in ("starts", "ends")}


def _moment(value: Any) -> datetime | None:
    """A toml date is its first minute in the district's time zone."""
    from django.utils import timezone

    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        return None
    return value if timezone.is_aware(value) else timezone.make_aware(value)


def _fields(told: dict[str, Any]) -> list[Any]:
    from wangge.foundation.orders.actions import FieldSaid

    try:
        return [
            FieldSaid(**{**field, "choices": tuple(field.get("choices", ()))}) for field in told["fields"]
        ]
    except (KeyError, TypeError) as error:
        raise Refused(
            "每一项写成 [[fields]]：function（declaration 或 group）、label、"
            "kind（text、choice、date、number、yes_no），可加 key、choices、required、note。"
        ) from error


def start(args: argparse.Namespace) -> int:
    """Switch an order on."""
    with refusing():
        from wangge.foundation.orders.actions import start_order

        order = start_order(actor=ACTOR, order=order_named(args.number))
    return _say(args, order, f"已启动“{order.number}”，到 {order.ends:%Y-%m-%d %H:%M} 为止。")


def close(args: argparse.Namespace) -> int:
    """Close an order here and now, or go on with a closing that was interrupted."""
    with refusing():
        from wangge.foundation.orders import actions

        order = order_named(args.number)
        if args.accept:
            actions.accept_remains(actor=ACTOR, order=order, reason=args.accept)
        try:
            actions.close_order(actor=ACTOR, order=order, reason=args.reason)
        except actions.Busy as busy:
            raise Refused("数据库正被别的进程占用，请稍后再运行一次；已做完的步骤不会重做。") from busy
        except actions.Remaining as left:
            raise Refused(_remaining(order)) from left
        order = order_named(args.number)
        if args.certificate:
            _write_paper(order, args.certificate)
    return _say(args, order, f"“{order.number}”已销毁，证明 {order.certificate.number}。")


def _write_paper(order: Any, path: Path) -> None:
    from wangge.foundation.orders.actions import print_certificate

    content = print_certificate(certificate=order.certificate)
    if not content:
        raise Refused("已销毁，但这台机器没有中文字体，排不出 PDF。安装 fonts-noto-cjk 后再运行一次 close。")
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refused(f"已销毁，但写不了 {path.name}：{error.strerror}。") from error


def _remaining(order: Any) -> list[str]:
    from wangge.foundation.orders.models import Closing

    found = Closing.objects.get(order=order).found
    return [
        "核验时仍找到数据，没有出具证明：",
        *(f"  {place}：{times} 处" for place, times in found),
        "行会在下一次关闭时再删；如果同样的文字另有来源，加 --accept 写明理由。",
    ]


def _say(args: argparse.Namespace, order: Any, sentence: str) -> int:
    if args.json:
        with everywhere():
            say_json(_as_dict(order_named(order.number)))
    else:
        print(sentence)
    return DONE
