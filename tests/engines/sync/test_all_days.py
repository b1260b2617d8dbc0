"""Phones, a bad network, a server that is killed, clocks that are wrong, grids that move: whatever happens in
whatever order, nothing is lost, nothing stands twice, and in the end everybody believes the same.

Beside the product runs a model in memory: what each worker recorded, where it was recorded, which photos were
taken, who lives where. Steps are drawn by hypothesis; ``WANGGE_SYNC_STEPS=10000`` draws so many in all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.engines.sync.days_world import Killed, Recorded, Worker, World, settle
from tests.engines.sync.sync_cast import Handset
from tests.foundation.photos.picture_cast import digest_of, jpeg
from wangge.engines.sync import handlers
from wangge.engines.sync.actions import retry_operation
from wangge.engines.sync.handlers import Done, Incoming
from wangge.engines.sync.models import Operation, Phone
from wangge.engines.sync.queries import horizon
from wangge.foundation.journal.models import Entry
from wangge.foundation.photos import actions as photos
from wangge.foundation.photos.models import Photo
from wangge.foundation.photos.queries import content_of

STEPS = int(os.environ.get("WANGGE_SYNC_STEPS", "240"))
A_RUN = 30  # steps of one day; of each day hypothesis leaves out some kinds of steps altogether
FATES = ("arrives", "answer lost", "request lost", "killed before", "killed after", "twice")
OPERATIONS = Operation._base_manager


class Days(World):
    """Everything that can go wrong between phones and the server."""

    # --- what workers do ---

    @rule(who=st.integers(0, 2), at=st.integers(0, 2), number=st.integers(0, 2), odd=st.booleans())
    def a_worker_records(self, who: int, at: int, number: int, odd: bool) -> None:
        phone, pictures = self.phones[who], []
        for _ in range(number):
            self.shade += 1
            pictures.append(jpeg(self.shade, noise=self.shade * 7 % 400))
        told = [{"digest": digest_of(one), "size": len(one), "type": "image/jpeg"} for one in pictures]
        op = phone.record("test.mark", {"room": self.rooms[at].pk, "odd": odd}, photos=told)
        made = Recorded(op, phone, pictures)
        phone.outbox.append(made)
        self.recorded.append(made)

    @rule(
        who=st.integers(0, 2), order=st.randoms(use_true_random=False), number=st.integers(1, 6),
        fate=st.sampled_from(FATES),
    )  # fmt: skip
    def a_phone_sends(self, who: int, order: Any, number: int, fate: str) -> None:
        """In any order, also what was sent before; the network or the server may fail."""
        phone = self.phones[who]
        chosen = order.sample(phone.outbox, min(number, len(phone.outbox)))
        ops = [one.op for one in chosen]
        if fate == "request lost":
            return
        if fate.startswith("killed"):
            at = order.randint(0, len(ops))
            self.kill(phone, ops, at, committed=fate == "killed after")
            return
        answer = phone.post(*ops, *(ops if fate == "twice" else ()))
        if fate != "answer lost":
            self.hear(phone, chosen, answer)

    @rule(who=st.integers(0, 2), data=st.data())
    def a_phone_uses_a_number_again(self, who: int, data: Any) -> None:
        """Restored from a copy of itself, say: what it now holds is kept too, and told; the first stands."""
        phone = self.phones[who]
        if not (sent := [one for one in phone.outbox if one.receipt]):
            return
        self.use_again(phone, data.draw(st.sampled_from(sent)).op)

    def use_again(self, phone: Worker, op: dict[str, Any]) -> None:
        answer = phone.post(op | {"data": op["data"] | {"other": True}})
        if answer.status_code == 403:
            return
        (said,) = answer.json()["receipts"]
        assert said["state"] == "rejected" and OPERATIONS.filter(copy_of=op["op"]).exists()

    def kill(self, phone: Worker, ops: list[dict[str, Any]], at: int, *, committed: bool) -> None:
        """The server dies in the middle of a post: in the transaction of one operation, or after it."""
        if committed:
            phone.post(*ops[:at])
            return
        left = at

        def dying(incoming: Incoming) -> Done:
            nonlocal left
            done = settle(incoming)
            if left <= 0:
                raise Killed
            left -= 1
            return done

        handlers.register("test.mark", dying)
        with suppress(Killed):
            phone.post(*ops)
        handlers.register("test.mark", settle)

    def hear(self, phone: Worker, chosen: list[Recorded], answer: Any) -> None:
        if answer.status_code == 403:
            return  # no work for a long time
        assert answer.status_code == 200, answer.content
        receipts = {receipt["op"]: receipt for receipt in answer.json()["receipts"]}
        for one in chosen:
            receipt = receipts[one.op["op"]]
            one.receipt = receipt
            if receipt["state"] != "rejected":
                one.receipts.add(receipt["receipt"])

    @rule(
        who=st.integers(0, 2), data=st.data(), fate=st.sampled_from(["arrives", "answer lost", "killed"]),
        size=st.integers(100, 900), jump=st.sampled_from([0, 0, 0, -50, 200]),
    )  # fmt: skip
    def a_phone_sends_a_piece(self, who: int, data: Any, fate: str, size: int, jump: int) -> None:
        phone = self.phones[who]
        waiting = [
            picture for one in phone.outbox if one.receipt for picture in one.pictures
            if digest_of(picture) not in phone.arrived
        ]  # fmt: skip
        if not waiting:
            return
        picture = data.draw(st.sampled_from(waiting))
        self.send_piece(phone, picture, size, jump, fate)

    def send_piece(self, phone: Worker, picture: bytes, size: int, jump: int, fate: str) -> None:
        digest = digest_of(picture)
        there = phone.client.get(f"/field/api/photos/{digest}/").json()["received"]
        offset = min(max(there + jump, 0), len(picture))
        if fate == "killed":
            self.kill_piece(digest, picture, offset, size)
            return
        answer = phone.put(digest, picture, offset, offset + size)
        if offset > there and answer.status_code == 409:
            assert answer.json()["received"] == there
        else:
            assert answer.status_code == 200, answer.content
            held = answer.json()  # never fewer bytes than before: nothing has to come anew
            assert held["received"] == max(there, min(offset + size, len(picture)))
            assert held["complete"] is (held["received"] == len(picture))
            if fate == "arrives" and held["complete"]:
                phone.arrived.add(digest)

    def kill_piece(self, digest: str, picture: bytes, offset: int, size: int) -> None:
        """The piece was written to the file, but never to the database."""
        with suppress(Killed, photos.WrongOffset), transaction.atomic():
            piece = picture[offset : offset + size]
            photos.append(actor="t", digest=digest, size=len(picture), offset=offset, piece=piece)
            if Photo._base_manager.filter(digest=digest, complete_at=None).exists():
                raise Killed

    @rule(who=st.integers(0, 2), fate=st.sampled_from(["arrives", "arrives", "answer lost"]))
    def a_phone_pulls(self, who: int, fate: str) -> None:
        phone = self.phones[who]
        answer = phone.fetch()
        if answer.status_code == 403:
            self.wipe(phone)
        elif fate == "arrives":
            phone.take(answer.json())

    def wipe(self, phone: Worker) -> None:
        """Nothing stays but what was not sent; the app sends it on before it forgets it."""
        assert phone.fetch().json()["wipe"] is True
        phone.rows, phone.areas, phone.cursor, phone.wiped = {}, {}, "", True

    @rule()
    def somebody_looks_at_what_was_rejected(self) -> None:
        for row in OPERATIONS.filter(state="rejected", copy_of=None)[:3]:
            retry_operation(actor="test", operation=row)

    # --- what must hold at every moment ---

    @invariant()
    def nothing_stands_twice(self) -> None:
        marks = [
            entry["op"] for entry in Entry.objects.filter(kind="test.marked").values_list("data", flat=True)
        ]
        assert len(marks) == len(set(marks))
        stand = OPERATIONS.exclude(state="rejected").values_list("op", flat=True)
        assert sorted(marks) == sorted(map(str, stand))

    @invariant()
    def green_means_that_it_stands(self) -> None:
        """Accepted once is accepted for good, and the server knows the receipt."""
        stand = dict(OPERATIONS.values_list("op", "receipt"))
        for one in getattr(self, "recorded", ()):
            assert len(one.receipts) <= 1
            assert not one.receipt or one.receipts <= {stand[UUID(one.op["op"])]}

    @invariant()
    def a_photo_that_arrived_is_whole(self) -> None:
        arrived = set().union(*(phone.arrived for phone in getattr(self, "phones", ())))
        held = Photo._base_manager.exclude(complete_at=None).values_list("digest", flat=True)
        assert not arrived or arrived <= set(held)

    # --- how every day ends ---

    def all_ends_well(self) -> None:
        """The network comes back: everything arrives, and everybody holds what the register says."""
        if not hasattr(self, "phones"):
            return
        for who, phone in enumerate(self.phones):
            self.a_worker_records(who, who, 1, odd=False)  # so much happens on every day, whatever was drawn
            self.deliver(phone)
            self.use_again(phone, phone.outbox[-1].op)
        assert OPERATIONS.filter(copy_of=None).count() == len(self.recorded)
        for one in self.recorded:
            for picture in one.pictures:
                row = Photo._base_manager.get(digest=digest_of(picture))
                assert row.complete_at and content_of(row) == picture
        for phone in self.phones:
            self.compare(phone)
            for _ in self.grids_are_dealt_anew(phone):
                self.compare(phone)

    def deliver(self, phone: Worker) -> None:
        answer = phone.post(*[one.op for one in phone.outbox][:50])
        assert answer.status_code == 200, answer.content
        self.hear(phone, phone.outbox[:50], answer)
        for one in phone.outbox:
            assert one.receipt is not None
            for picture in one.pictures:
                for _piece in range(20):
                    if digest_of(picture) in phone.arrived:
                        break
                    self.send_piece(phone, picture, 500, 0, "arrives")
                assert digest_of(picture) in phone.arrived

    def compare(self, phone: Worker) -> None:
        """What lies on the phone is what a new one would get, and nothing of grids not the worker's."""
        answer = phone.fetch()
        if answer.status_code == 403:
            assert answer.json()["wipe"] is True
            revoked = Phone._base_manager.get(device=phone.device).revoked_at is not None
            assert revoked or not self.held[phone.user.pk]
            return
        phone.pull()
        fresh = Handset(phone.user, phone.device)
        fresh.pull()
        for name in ("people", "rooms", "buildings", "organisations"):
            assert phone.rows.get(name, {}) == fresh.rows.get(name, {}), name
        assert set(phone.areas) == set(fresh.areas) == self.held[phone.user.pk]
        homes = {str(one.pk) for one in self.people if one.ties.filter(
            kind="lives", known_to=None, valid_to=None, area_code__in=self.held[phone.user.pk]
        ).exists()}  # fmt: skip
        assert set(phone.rows.get("people", {})) == homes


def days(steps: int) -> Callable[[], None]:
    """So many steps in runs of ``A_RUN``."""
    return settings(
        max_examples=max(1, steps // A_RUN), stateful_step_count=A_RUN, deadline=None, database=None,
        derandomize=steps < 1_000, phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip


@pytest.mark.django_db
def test_whatever_happens_nothing_is_lost_twice_or_different(monkeypatch) -> None:
    # Nobody writes beside this test, so nothing needs to be delivered twice to be safe: a change that the
    # trail does not tell is missed at once.
    monkeypatch.setattr(horizon, "MARGIN", timedelta(0))
    run_state_machine_as_test(Days, settings=days(STEPS))
