"""Who of a grid's workers goes where: the same number for each, and to the doors one knows. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence


def share(known_by: Sequence[int | None], workers: Sequence[int], turn: int) -> list[int | None]:
    """Divide the doors of one day.

    Nobody gets more than one door more than another; who gets it goes round with ``turn``. Within that a
    door stays with who knows it, and the others are handed out in stretches of the walk, always in the same
    order, so that each worker comes to know one side of the grid.

    Args:
        known_by: for each door, in walking order, who is to go there: the person's contact or who was there
            last; None for nobody.
        workers: the grid's workers in a fixed order.
        turn: a number that grows by one a day.
    """
    if not workers:
        return [None] * len(known_by)
    room = _quotas(len(known_by), workers, turn)
    given: list[int | None] = []
    for worker in known_by:
        keeps = worker is not None and room.get(worker, 0) > 0
        given.append(worker if keeps else None)
        if keeps and worker is not None:
            room[worker] -= 1
    left = [worker for worker in workers for _door in range(room[worker])]
    free = iter(left)
    return [worker if worker is not None else next(free) for worker in given]


def _quotas(doors: int, workers: Sequence[int], turn: int) -> Counter[int]:
    each, more = divmod(doors, len(workers))
    quotas = Counter(dict.fromkeys(workers, each))
    for at in range(more):
        quotas[workers[(turn + at) % len(workers)]] += 1
    return quotas
