"""The facts of an imported file between its reading, the review and the builder: as JSON in the database."""

import datetime
from typing import Any

from cms.meetings.models import Session
from documents.importing.filing import Facts
from documents.models import ImportItem


def facts_as_json(facts: Facts) -> dict[str, Any]:
    """The facts under the names of the review's fields; process and release are the batch's.

    Access is empty for what the batch says, which a row of the review may say otherwise.
    """
    return {
        "symbol": facts.symbol,
        "language": facts.language,
        "title": facts.title,
        "date": facts.date.isoformat() if facts.date else None,
        "kind": facts.kind,
        "distribution": facts.distribution,
        "original_language": facts.original_language,
        "session": facts.session.pk if facts.session else None,
        "agenda_items": list(facts.agenda_items),
        "access": "",
        "job_number": facts.job_number,
        "printed_symbol": facts.printed_symbol,
    }


def access_of(item: ImportItem) -> str:
    """Who may read the document that an item would make: as its row says, else as the batch does."""
    return item.facts.get("access") or item.batch.access


def facts_of_item(item: ImportItem) -> Facts:
    """The facts of an item as the builder takes them. One query where it has a session.

    A session that is gone meanwhile, or belongs to another process now, is left out.
    """
    data, batch = item.facts, item.batch
    session = None
    if data["session"]:
        session = Session.objects.filter(pk=data["session"], working_group__process=batch.process_id).first()
    return Facts(
        symbol=data["symbol"],
        language=data["language"],
        title=data["title"],
        date=datetime.date.fromisoformat(data["date"]) if data["date"] else None,
        kind=data["kind"],
        distribution=data["distribution"],
        original_language=data["original_language"],
        access=access_of(item),
        process=batch.process,
        session=session,
        agenda_items=tuple(data["agenda_items"]),
        job_number=data["job_number"],
        printed_symbol=data["printed_symbol"],
    )
