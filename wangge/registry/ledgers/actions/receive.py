"""Taking a file in: kept sealed, its tables found, its columns proposed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.foundation.journal import actions as journal
from wangge.lib.masking import mask_address, mask_id, mask_name, mask_phone
from wangge.registry.people.enums import Source

from ..dictionary.facts import called, facts
from ..enums import BatchState
from ..guards import DEFAULT_LIMITS, Limits
from ..mapping import ColumnProposal, guess_kind, memory_key, names_around, not_kept, propose, told_around
from ..models import Batch, MappingMemory
from ..pipeline import store
from ..pipeline.doors import DoorReader
from ..pipeline.opening import home_of, names_of
from ..reading import Ledger, Sheet, open_ledger

SAMPLES = 3
NAMING = {
    "name", "id_no", "org_name", "org_uscc", "legal_person",
    *(f"{who}_{fact}" for who in ("owner", "renter", "head") for fact in ("name", "id_no")),
}  # fmt: skip
MASKS = {"name": mask_name, "id_no": mask_id, "phone": mask_phone, "address": mask_address}


def receive_file(
    *,
    actor: Any,
    area_code: str,
    name: str,
    content: BinaryIO,
    source: int = Source.IMPORT,
    as_of: date | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Batch:
    """Keep an uploaded ledger and propose what its columns mean.

    The same bytes for the same area are the same batch: the earlier one comes back, whatever its state.

    Args:
        actor: the user, or "cli". name: the file's name as the user knows it. as_of: the day it speaks of.

    Raises:
        Unreadable: what is wrong with the file, and what to do next; nothing is kept.
    """
    digest = _digest(content)
    earlier = Batch.objects.filter(area_code=area_code, file_hash=digest).first()
    if earlier and earlier.state not in (BatchState.CANCELLED, BatchState.FAILED):
        return earlier
    with store.passing(content, Path(name).suffix.lower()) as path:
        ledger = open_ledger(path, name, limits=limits)
        sheets = describe(ledger, area_code, Path(name).stem)
    stored = store.keep(content)
    with transaction.atomic():
        if earlier:
            store.erase(earlier.stored)
            earlier.delete()
        batch = Batch.objects.create(
            area_code=area_code,
            file_name=journal.without_personal(Path(name.replace("\\", "/")).name)[-120:],
            file_hash=digest,
            stored=stored,
            size=content.seek(0, 2),
            source=source,
            as_of=as_of,
            sheets=sheets,
            mapping=_decided(sheets),
            rows=sum(sheet.get("rows", 0) for sheet in sheets),
            state=BatchState.ASKING if _questions(sheets) else BatchState.RECEIVED,
            created_by=actor if hasattr(actor, "pk") else None,
        )
        journal.record(
            "ledger.received", actor=actor, area=area_code, subject=batch, data={"rows": batch.rows}
        )
    return batch


def _digest(content: BinaryIO) -> str:
    content.seek(0)
    digest = hashlib.file_digest(content, "sha256")  # type: ignore[arg-type]
    return digest.hexdigest()


def describe(ledger: Ledger, area_code: str, file_stem: str = "") -> list[dict[str, Any]]:
    """What was found in a file, as the columns page shows it; samples are masked."""
    memory = dict(MappingMemory.objects.filter(area_code=area_code).values_list("header", "fact"))
    find = None if home_of(area_code) else DoorReader(names_of(area_code), "").gazetteer.find
    sheets = [_describe_sheet(sheet, memory, file_stem, find) for sheet in ledger.sheets]
    sheets = _without_lists(sheets)
    sheets += [{"name": s.name, "skipped": s.why, "code": s.code, "columns": []} for s in ledger.skipped]
    if sheets and ledger.package:
        sheets[0]["package"] = ledger.package
    if sheets and ledger.notes:
        sheets[0]["notes"] = list(ledger.notes)
    return sheets


def _without_lists(sheets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Beside a ledger, a table that names nobody (choices for a column, counts by grid) is left out."""
    naming = [any(column["fact"] in NAMING for column in sheet["columns"]) for sheet in sheets]
    if not any(naming):
        return sheets
    why = "这张表没有姓名、证件号码或企业名称，不是台账，不导入。"
    return [
        sheet if names else {"name": sheet["name"], "skipped": why, "code": "no_names", "columns": []}
        for sheet, names in zip(sheets, naming, strict=True)
    ]


def _describe_sheet(
    sheet: Sheet, memory: dict[str, str], file_stem: str, community_in: Callable[[str], str] | None
) -> dict[str, Any]:
    sample = sheet.sample(200)
    proposals = propose(sheet.columns, sample, memory)
    names = names_around(sheet.name, sheet.titles, file_stem)
    kind = guess_kind(proposals, *names)
    held = {proposal.fact: proposal.index for proposal in proposals if proposal.fact}
    residences = [str(row[held["residence"]]) for row in sample] if "residence" in held else []
    told = told_around(set(held), kind, names, residences, community_in)
    return {
        "name": sheet.name,
        "skipped": "",
        "header_rows": list(sheet.header_rows),
        "kind": kind,
        "told": told,
        "rows": sheet.row_count,
        "columns": [_describe_column(p, held, [row[p.index] for row in sample[:50]]) for p in proposals],
    }


def _describe_column(proposal: ColumnProposal, held: Collection[str], cells: list[Any]) -> dict[str, Any]:
    dropped = proposal.dropped_reason or not_kept(proposal.fact or "", held)
    return {
        "index": proposal.index,
        "header": proposal.column,
        "fact": proposal.fact or "",
        "score": round(proposal.score, 2),
        "reason": proposal.reason,
        "ask": proposal.ask,
        "alternatives": list(proposal.alternatives),
        "dropped": dropped,
        "samples": [] if dropped else _samples(proposal.fact, cells),
    }


def _samples(fact: str | None, cells: list[Any]) -> list[str]:
    """A few values, so masked that the column can be told and no person can."""
    texts = [str(cell).strip() for cell in cells if cell not in (None, "")][:SAMPLES]
    kind = facts()[fact].kind if fact else ""
    if kind in MASKS:
        return [MASKS[kind](text) for text in texts]
    return [_blurred(text) for text in texts]


def _blurred(text: str) -> str:
    """Long digits and long words of a column nobody has named yet are not shown whole."""
    if sum(ch.isdigit() for ch in text) >= 7:
        return mask_id(text)
    return text if len(text) <= 6 else text[:6] + "…"


def _questions(sheets: list[dict[str, Any]]) -> bool:
    return any(column["ask"] for sheet in sheets for column in sheet["columns"])


def _decided(sheets: list[dict[str, Any]]) -> dict[str, dict[str, str]]:
    return {
        sheet["name"]: {
            str(c["index"]): c["fact"] for c in sheet["columns"] if c["fact"] and not c["dropped"]
        }
        for sheet in sheets
        if not sheet["skipped"]
    }


def choose_mapping(*, actor: Any, batch: Batch, answers: dict[str, dict[str, str]]) -> Batch:
    """Take the user's word for what columns mean ("" = leave out) and remember it for the unit.

    Raises:
        ValueError: a fact that is not in the dictionary, or two columns of a sheet for one fact.
    """
    mapping = {sheet: dict(columns) for sheet, columns in batch.mapping.items()}
    for sheet, columns in answers.items():
        _check_answers(sheet, mapping.get(sheet, {}) | columns)
        mapping[sheet] = {i: fact for i, fact in (mapping.get(sheet, {}) | columns).items() if fact}
    with transaction.atomic():
        _remember(batch, answers)
        batch.mapping = mapping
        batch.state = BatchState.RECEIVED
        batch.save(update_fields=["mapping", "state"])
        journal.record("ledger.mapped", actor=actor, area=batch.area_code, subject=batch)
    return batch


def _check_answers(sheet: str, columns: dict[str, str]) -> None:
    chosen = [fact for fact in columns.values() if fact]
    for fact in chosen:
        if fact not in facts():
            raise ValueError(_("字典里没有“%(fact)s”。") % {"fact": fact})
        if chosen.count(fact) > 1:
            raise ValueError(
                _("工作表“%(sheet)s”有两列都选了“%(fact)s”，请只保留一列。")
                % {"sheet": sheet, "fact": called(fact)}
            )


def _remember(batch: Batch, answers: dict[str, dict[str, str]]) -> None:
    headers = {
        (sheet["name"], str(column["index"])): column["header"]
        for sheet in batch.sheets
        for column in sheet["columns"]
    }
    for sheet, columns in answers.items():
        for index, fact in columns.items():
            header = headers.get((sheet, index), "")
            if header:
                MappingMemory.objects.update_or_create(
                    area_code=batch.area_code, header=memory_key(header)[:120], defaults={"fact": fact}
                )
