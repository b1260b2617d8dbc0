"""The world in which phones work: people move, grids move, clocks go wrong, phones are lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from tests import cast
from tests.engines.sync.sync_cast import Handset
from wangge.engines.sync import handlers
from wangge.engines.sync.actions import revoke_phone
from wangge.engines.sync.handlers import Done, Incoming, Unacceptable
from wangge.engines.sync.models import Phone
from wangge.foundation.access import actions as access
from wangge.foundation.access.models import Grant, User
from wangge.foundation.journal import actions as journal
from wangge.foundation.territory.models import Area
from wangge.lib.scoping import EVERYWHERE, within
from wangge.registry.people import actions as register
from wangge.registry.people.models import Building, Person, Room

GRIDS = (cast.GRID, cast.COMMUNITY + "002", cast.OTHER_GRID)


class Killed(BaseException):
    """The server died at this point: nothing in it can catch this."""


class Recorded:
    """What the model knows of one operation."""

    def __init__(self, op: dict[str, Any], phone: Worker, pictures: list[bytes]) -> None:
        self.op, self.phone, self.pictures = op, phone, pictures
        self.receipt: dict[str, Any] | None = None
        self.receipts: set[str] = set()


class Worker(Handset):
    """A phone with what only it knows: the outbox, and which photos it believes arrived."""

    def __init__(self, user: User) -> None:
        super().__init__(user)
        self.outbox: list[Recorded] = []
        self.arrived: set[str] = set()
        self.wiped = False


def settle(incoming: Incoming) -> Done:
    """The system of this test: a mark at a room, in the register, within the worker's reach."""
    room = Room.objects.filter(pk=incoming.data["room"]).first()
    if room is None:
        raise Unacceptable("不在您的网格里")
    journal.record(
        "test.marked", actor=incoming.worker, area=room.area_code, subject=room, data={"op": str(incoming.op)}
    )
    return Done(room.area_code, {"room": room.pk}, "两人记录不一致" if incoming.data["odd"] else "")


class World(RuleBasedStateMachine):
    """Three workers, three grids, one building in each: what happens there, and a model of what is known."""

    def __init__(self) -> None:
        super().__init__()
        self.reach = within(EVERYWHERE)
        self.reach.__enter__()
        self.holding = transaction.atomic()  # one day is forgotten after the other
        self.holding.__enter__()
        self.shade = 0
        handlers.register("test.mark", settle)

    def teardown(self) -> None:
        try:
            self.all_ends_well()
        finally:
            transaction.set_rollback(True)
            self.holding.__exit__(None, None, None)
            self.reach.__exit__(None, None, None)

    def all_ends_well(self) -> None:
        """What must hold at the end of every day."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        cast.lay_ground()
        Area.objects.create(
            code=GRIDS[1], level="grid", kind="general", name="丙网格", parent_id=cast.COMMUNITY
        )
        self.held: dict[int, set[str]] = {}
        self.phones = [self.worker(grid) for grid in (GRIDS[0], GRIDS[0], GRIDS[1])]
        self.rooms = [self.room(grid) for grid in GRIDS]
        self.people: list[Person] = []
        self.recorded: list[Recorded] = []
        self.serial = 0

    def worker(self, grid: str) -> Worker:
        user = cast.worker(grid)
        Grant.objects.filter(user=user).update(valid_from="2020-01-01")
        made = Worker(user)
        assert made.register().status_code == 200
        self.held[user.pk] = {grid}
        return made

    def room(self, grid: str) -> Room:
        building = Building.objects.create(area_code=grid, community=grid[:12], key=grid, name=grid[-3:])
        return Room.objects.create(area_code=grid, building=building, key="1", door="1")

    # --- what happens in the world ---

    @rule(at=st.integers(0, 2), name=st.sampled_from("甲乙丙丁"))
    def somebody_moves_in(self, at: int, name: str) -> None:
        self.serial += 1
        facts = {"name": f"{name}{self.serial}"}
        made = register.register_person(actor="test", facts=facts, room=self.rooms[at], answer="new")
        assert made.person is not None
        self.people.append(made.person)

    @precondition(lambda self: getattr(self, "people", None))
    @rule(data=st.data(), to=st.integers(0, 2), leaves=st.booleans())
    def somebody_moves(self, data: Any, to: int, leaves: bool) -> None:
        person = Person._base_manager.get(pk=data.draw(st.sampled_from(self.people)).pk)
        if leaves:
            register.record_leave(actor="test", person=person, on=timezone.localdate())
            self.people = [one for one in self.people if one.pk != person.pk]
        elif not person.ties.filter(room=self.rooms[to], known_to=None, valid_to=None).exists():
            register.move_person(actor="test", person=person, on=timezone.localdate(), room=self.rooms[to])

    @precondition(lambda self: getattr(self, "people", None))
    @rule(data=st.data())
    def somebody_is_confirmed(self, data: Any) -> None:
        person = Person._base_manager.get(pk=data.draw(st.sampled_from(self.people)).pk)
        self.serial += 1
        register.update_person(
            actor="test",
            person=person,
            facts={"phone": f"100{self.serial:08}"},
            source=40,
            on=timezone.localdate(),
        )

    @rule(at=st.integers(0, 1), to=st.integers(0, 1))
    def a_building_goes_to_another_grid(self, at: int, to: int) -> None:
        building = Building.objects.get(pk=self.rooms[at].building_id)
        if building.area_code != GRIDS[to]:
            register.assign_grid(actor="test", building=building, grid=GRIDS[to])

    @rule(who=st.integers(0, 2), grid=st.integers(0, 2))
    def a_grid_is_given(self, who: int, grid: int) -> None:
        user = self.phones[who].user
        if GRIDS[grid] not in self.held[user.pk]:
            access.give_grant(actor="test", user=user, role="grid_worker", area_code=GRIDS[grid])
            self.held[user.pk].add(GRIDS[grid])

    @rule(who=st.integers(0, 2), grid=st.integers(0, 2))
    def a_grid_is_taken(self, who: int, grid: int) -> None:
        user = self.phones[who].user
        if GRIDS[grid] in self.held[user.pk]:
            Grant.objects.filter(user=user, area_code=GRIDS[grid]).update(valid_to=timezone.localdate())
            Grant.objects.filter(user=user, area_code=GRIDS[grid], valid_from=timezone.localdate()).delete()
            self.held[user.pk].discard(GRIDS[grid])

    def grids_are_dealt_anew(self, phone: Worker) -> Iterator[None]:
        """She gets a grid more, then loses one: what comes and what leaves shows on every day."""
        numbers, mine = range(len(GRIDS)), self.held[phone.user.pk]
        who = self.phones.index(phone)
        self.a_grid_is_given(who, next((n for n in numbers if GRIDS[n] not in mine), 0))
        yield
        self.a_grid_is_taken(who, next(n for n in numbers if GRIDS[n] in mine))
        yield

    @rule(who=st.integers(0, 2), hours=st.sampled_from([0, 24, -24, 3]))
    def a_clock_goes_wrong(self, who: int, hours: int) -> None:
        self.phones[who].skew = timedelta(hours=hours)

    @rule(who=st.integers(1, 2))
    def a_phone_is_lost(self, who: int) -> None:
        row = Phone._base_manager.get(device=self.phones[who].device)
        revoke_phone(actor="test", phone=row)
