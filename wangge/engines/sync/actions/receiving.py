"""What phones send: each operation once, in a transaction of its own, with a receipt."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import uuid5

from django.db import IntegrityError, InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wangge.foundation.access.models import User
from wangge.foundation.journal import actions as journal
from wangge.foundation.photos import actions as photos
from wangge.lib.scoping import within
from wangge.lib.sealing import seal

from ..enums import State
from ..handlers import Done, Handler, Incoming, Unacceptable, handler_of
from ..models import Operation, Phone
from ..queries.areas import reach_then, worked
from ..queries.cursor import unpack
from ..reading import Sent, canonical

log = logging.getLogger(__name__)
STEADY = 60  # seconds of difference that are the way through the network, not a wrong clock
LONGEST_REASON = 300


def receive(*, actor: User, phone: Phone, sent: Sequence[Sent], skew: int) -> list[Operation]:
    """Take operations in, in the order sent; whatever the order, and however often, the outcome is the same.

    Stops where the database cannot go on (a lock, a lost connection): what follows has no receipt, so the
    phone sends it again.

    Args:
        skew: seconds the phone's clock was ahead when it sent them.
    """
    taken: list[Operation] = []
    for one in sent:
        try:
            taken.append(_receive(actor, phone, one, skew if abs(skew) > STEADY else 0))
        except (OperationalError, InterfaceError):
            if not taken:
                raise
            break
    return taken


def _receive(worker: User, phone: Phone, sent: Sent, skew: int) -> Operation:
    try:
        with transaction.atomic():
            return _take(worker, phone, sent, skew)
    except IntegrityError:  # the same operation came by another phone at this moment, and stands now
        with transaction.atomic():
            return _take(worker, phone, sent, skew)


def _take(worker: User, phone: Phone, sent: Sent, skew: int) -> Operation:
    """In a transaction. The phone's row is held, so that its requests wait for one another."""
    held = Phone._base_manager.select_for_update(of=("self",)).get(pk=phone.pk)
    known = Operation._base_manager.select_related("phone").filter(op=sent.op).first()
    if known is not None and (known.digest != sent.digest or known.phone.user_id != worker.pk):
        return _copy(worker, held, sent, skew, known)
    if known is not None:
        _announce(worker, known.area_code, sent)
        return known
    row = _row(held, sent, skew)
    decide(row, sent, worker, held)
    if row.state == State.REJECTED:
        _rejected(worker, row)
    _announce(worker, row.area_code, sent)
    if sent.seq > held.last_seq:
        Phone._base_manager.filter(pk=held.pk).update(last_seq=sent.seq)
    return row


def _row(phone: Phone, sent: Sent, skew: int) -> Operation:
    return Operation(
        op=sent.op, phone=phone, area_code=phone.area_code, seq=sent.seq, kind=sent.kind, at=sent.at,
        skew=skew, digest=sent.digest, payload_sealed=seal(canonical(sent.payload)),
        photos=[{"digest": photo.digest, "size": photo.size} for photo in sent.photos],
    )  # fmt: skip


def _copy(worker: User, phone: Phone, sent: Sent, skew: int, known: Operation) -> Operation:
    """A number that was used for something else: what it holds is kept beside the first, and told."""
    number = uuid5(known.op, f"{phone.device} {sent.digest}")
    before = Operation._base_manager.filter(op=number).first()
    if before is not None:
        return before
    row = _row(phone, sent, skew)
    row.op, row.copy_of, row.state = number, known.op, State.REJECTED
    row.reason = _("这条记录的编号已经用于另一条内容不同的记录。两条内容都已保存，请联系社区核对。")
    stand(row)
    _rejected(worker, row)
    _announce(worker, row.area_code, sent)
    return row


def decide(row: Operation, sent: Sent, worker: User, phone: Phone, *, by_hand: bool = False) -> None:
    """Let the system concerned handle it, and write down what came of it, with the receipt.

    Args:
        by_hand: somebody responsible looked at it, so what a revoked phone sent may count.
    """
    try:
        done = _handled(row, sent, worker, phone, by_hand)
    except Unacceptable as why:
        row.state, row.reason, row.result = State.REJECTED, str(why)[:LONGEST_REASON], {}
    else:
        row.state = State.DIFFERS if done.differs else State.ACCEPTED
        row.area_code, row.result = done.area_code or row.area_code, done.result
        row.reason = done.differs[:LONGEST_REASON]
    stand(row)


def _handled(row: Operation, sent: Sent, worker: User, phone: Phone, by_hand: bool) -> Done:
    at = min(max(row.true_at, phone.registered_at), timezone.now())  # not before the app was there
    day = timezone.localdate(at)
    handler = handler_of(sent.kind)
    if sent.fault:
        raise Unacceptable(sent.fault)
    if handler is None:
        raise Unacceptable(
            _("服务器不认识这种记录。内容已保存；请更新应用，或等服务器升级后由社区重新处理。")
        )
    if phone.revoked_at is not None and not by_hand:
        raise Unacceptable(_("这部手机已停用。内容已保存，由社区核对后决定是否采用。"))
    if not worked(worker, day):
        raise Unacceptable(_("记录时您没有这里的工作权限。内容已保存，请联系社区核对。"))
    incoming = Incoming(
        op=row.op, seq=sent.seq, kind=sent.kind, at=at, place=sent.place, data=sent.data,
        photos=tuple(photo.digest for photo in sent.photos), seen=sent.seen, worker=worker, phone=phone,
    )  # fmt: skip
    return _called(handler, incoming, min(day, _day_shown(sent.seen) or day))


def _day_shown(seen: str) -> date | None:
    """The day of what the phone showed; a phone without signal does not learn that borders moved."""
    cursor = unpack(seen, timezone.now())
    return cursor.day if cursor else None


def _called(handler: Handler, incoming: Incoming, day: date) -> Done:
    """The handler in a savepoint and within the worker's reach; its own mistakes lose nothing."""
    try:
        with within(reach_then(incoming.worker, day)), transaction.atomic():
            done = handler(incoming)
            canonical(done.result)  # what cannot be written down is a mistake too
            return done
    except (Unacceptable, OperationalError, InterfaceError):
        raise
    except Exception as error:
        taken = isinstance(error, IntegrityError) and Operation._base_manager.filter(op=incoming.op).exists()
        if taken:  # by another phone, meanwhile
            raise
        raise Unacceptable(_broken(incoming, error)) from None


def _broken(incoming: Incoming, error: Exception) -> str:
    """Logged by where it broke; an error's own text may hold what was sent."""
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error("operation %s (%s) broke: %s\n%s", incoming.op, incoming.kind, type(error).__name__, where)
    return _("服务器处理这条记录时出错。内容已保存，管理员修复后会重新处理，您不用再填。")


def stand(row: Operation) -> None:
    """Write it down with its receipt: SHA-256 over number, payload, state and the server's time."""
    row.received_at = row.received_at.replace(microsecond=0)
    parts = [str(row.copy_of or row.op), row.digest, row.state, row.received_at.isoformat()]
    row.receipt = sha256(" ".join(parts).encode()).hexdigest()
    row.save()


def _rejected(worker: Any, row: Operation) -> None:
    journal.record(
        "operation.rejected", actor=worker, area=row.area_code, subject=row, data={"kind": row.kind[:40]}
    )


def _announce(worker: User, area: str, sent: Sent) -> None:
    for photo in sent.photos:
        photos.announce(actor=worker, digest=photo.digest, size=photo.size, area_code=area)
