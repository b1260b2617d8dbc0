"""``python -m bench.linkage.declared``: declaration after declaration against this database's register."""

from __future__ import annotations

import json
import random
import time

import django

COUNT, WARM = 200, 5


def main() -> None:
    """Print the milliseconds of each declaration, how many were found, and how many persons there are."""
    django.setup()
    from wangge.lib.scoping import EVERYWHERE, within
    from wangge.registry.people.models import Person

    with within(EVERYWHERE):
        people = Person._base_manager.exclude(birth=None).exclude(phone_sealed="")
        first, last = people.order_by("pk").first(), people.order_by("-pk").first()
        assert first and last
        rng = random.Random(7)
        keys = [rng.randint(first.pk, last.pk) for _ in range(2 * COUNT)]
        chosen = list(people.filter(pk__in=keys)[: COUNT + WARM])
        spent = [_declare(person) for person in chosen][WARM:]
    found = sum(hit for _ms, hit in spent)
    print(json.dumps({"ms": [ms for ms, _hit in spent], "found": found, "newest": last.pk}))


def _declare(person) -> tuple[float, bool]:  # type: ignore[no-untyped-def]
    from wangge.registry.people.queries.likeness import likely_people

    facts = {"name": person.name, "birth": person.birth, "sex": person.sex, "phone": person.phone}
    begun = time.perf_counter()
    likely = likely_people(facts)
    return (time.perf_counter() - begun) * 1_000, bool(likely) and likely[0].person == person


if __name__ == "__main__":
    main()
