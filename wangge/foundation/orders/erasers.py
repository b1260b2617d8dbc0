"""Rows of other apps that exist only under an order: each says how to count and how to erase them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Store:
    """One kind of rows that name an order, see ``register_rows``."""

    name: str
    count: Callable[[str], int]
    erase: Callable[[str], int]
    label: str | Promise
    tables: tuple[str, ...] = ()
    values: Callable[[str], Iterable[str]] | None = None
    address: Callable[[str], str] | None = None


_stores: dict[str, Store] = {}


def register_rows(
    name: str,
    count: Callable[[str], int],
    erase: Callable[[str], int],
    *,
    label: str | Promise = "",
    tables: tuple[str, ...] = (),
    values: Callable[[str], Iterable[str]] | None = None,
    address: Callable[[str], str] | None = None,
) -> None:
    """Say which rows live and die with an order; call it in ``AppConfig.ready``.

    Args:
        name: unique, such as "declarations". count: rows that name the order. erase: deletes them, and
            whatever is derived from them (search indexes, files of one's own), in the caller's transaction;
            returns how many. It must be idempotent.
        label: how people call them; the name when not given.
        tables: tables whose storage must be rewritten besides those that ``erase`` deletes from or updates.
        values: clear texts in these rows that the verification shall look for afterwards.
        address: a page with these rows, for the number on the order's page.
    """
    _stores[name] = Store(name, count, erase, label or name, tables, values, address)


def forget_rows(name: str) -> None:
    """Take a registration back."""
    _stores.pop(name, None)


def stores() -> list[Store]:
    """Every registered kind of rows, by name."""
    return [_stores[name] for name in sorted(_stores)]
