"""What the things that entries belong to are called in each language: words of an entry that are not in its text."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from wagtail.models import Page

from cms.core.visibility import anonymous, visible_pages
from cms.meetings.models import AgendaTitle, SessionPage


class Names:
    """The names and abbreviations of processes, bodies and sessions, by language. One query.

    A record is called what the title of its page in that language says, if everybody may see that page. One without
    any such page has its working name, which is English.
    """

    def __init__(self, records: Iterable[Any]) -> None:
        uids = {record.uid for record in records if record is not None}
        pages = visible_pages(Page.objects.filter(translation_key__in=uids, alias_of=None), anonymous())
        self._titles: dict[Any, dict[str, str]] = defaultdict(dict)
        for uid, language, title in pages.values_list("translation_key", "locale__language_code", "title"):
            self._titles[uid][language] = title

    def of(self, records: Iterable[Any], language: str) -> tuple[str, ...]:
        """Names and abbreviations of records (or None) in a language, each once."""
        found = []
        for record in records:
            if record is None:
                continue
            titles = self._titles.get(record.uid, {})
            found.append(titles.get(language, ""))
            if not titles and language == "en":
                found.append(getattr(record, "name", ""))
            found.append(getattr(record, "acronym", ""))
        return tuple(dict.fromkeys(name for name in found if name))


class AgendaTitles:
    """The titles of agenda items by language, from the pages that everybody may see. One query."""

    def __init__(self, items: Collection[int]) -> None:
        pages = visible_pages(SessionPage.objects.all(), anonymous())
        titles = AgendaTitle.objects.filter(item__in=items, page__in=pages) if items else AgendaTitle.objects.none()
        self._titles = {
            (item, language): title
            for item, language, title in titles.values_list("item", "locale__language_code", "title")
        }

    def of(self, items: Iterable[int], language: str) -> tuple[str, ...]:
        """The titles that items have in a language."""
        return tuple(self._titles[item, language] for item in items if (item, language) in self._titles)
