"""The public name of a record: its page's title in the reader's language, else the best other one, marked as such."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from cms.core.models import Record
from cms.core.prepared import UIDS
from cms.core.visibility import Viewer, prepared_for_viewers, viewer_for, visible_pages


@dataclass(frozen=True)
class PublicName:
    """A name with the language it is in, and the address of the page it is the title of (None where there is none)."""

    text: str
    language: str
    url: str | None = None


def public_names(
    records: Iterable[Any], language: str, request: HttpRequest, with_addresses: bool = True
) -> dict[Any, PublicName]:
    """The names of records by their uid, in one query whatever their number and their types.

    A record without any visible page is called by its working name, which is English. Where no address is shown, none
    is worked out.
    """
    by_uid: dict[Any, Any] = {record.uid: record for record in records if record is not None}
    names = {uid: PublicName(working_name(record), "en") for uid, record in by_uid.items()}
    if not by_uid:
        return names
    best: dict[Any, tuple[int, str, str, str]] = {}
    # Values, not pages: the pages of all languages are read, and the making of one costs more than the reading.
    for uid, code, title, url_path in _pages(viewer_for(request), uids=by_uid):
        rank = _rank(code, language, by_uid[uid])
        if uid not in best or rank < best[uid][0]:
            best[uid] = (rank, title, code, url_path)
    # The pages named here have the address of their place in the tree, so that the base Page is enough, and one of it.
    page = Page()
    for uid, (_rank_of_page, title, code, url_path) in best.items():
        page.url_path = url_path
        names[uid] = PublicName(title, code, page.get_url(request) if with_addresses else None)
    return names


@prepared_for_viewers
def _pages(viewer: Viewer) -> QuerySet[Page, Any]:
    pages = visible_pages(Page.objects.filter(translation_key__in=UIDS, alias_of=None), viewer)
    rows: QuerySet[Page, Any] = pages.order_by("pk").values_list(
        "translation_key", "locale__language_code", "title", "url_path"
    )
    return rows


def _rank(code: str, language: str, record: Record) -> int:
    """0 for the reader's language, 1 for the record's main language, 2 for English, 3 for any other."""
    wanted = (language, getattr(record, "main_language", None), "en")
    return wanted.index(code) if code in wanted else len(wanted)


def working_name(record: Any) -> str:
    """What a record is called where it has no page."""
    return getattr(record, "name", "") or str(record)
