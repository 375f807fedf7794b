"""The worked examples of the help page: each is a search of this site, one click away."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cms.core.visibility import anonymous, visible_pages
from cms.processes.models import WorkingGroupPage
from documents.models import OfficialDocument
from search.engines.typed import FIELD_NAMES

# Where the archive is empty yet.
SOME_SYMBOL = "A/79/5"


@dataclass(frozen=True)
class Example:
    """What may be typed, and what is found by it."""

    words: str
    finds: str


def examples_with_words(language: str) -> list[Example]:
    """Examples made of words, in the language that is active."""
    phrase = pgettext("example of a search: two words that often stand together", "technical assistance")
    word = pgettext("example of a search: one word that is in many documents", "report")
    other = pgettext("example of a search: another word that is in many documents", "session")
    title = FIELD_NAMES["title"][language][0]
    return [
        Example(phrase, _("both words, in any order and in any form")),
        Example(f'"{phrase}"', _("these very words, one after the other")),
        Example(f"{word} -{other}", _("the first word, in documents that do not hold the second")),
        Example(f"{title}:{word}", _("the word in the title")),
        Example(f'{title}:"{phrase}"', _("the phrase in the title")),
    ]


def examples_with_bodies(language: str) -> list[Example]:
    """An example with a body that has a page in the language, where there is one. Two queries."""
    pages = visible_pages(WorkingGroupPage.objects.filter(locale__language_code=language, alias_of=None), anonymous())
    title = pages.exclude(title__contains='"').order_by("pk").values_list("title", flat=True).first()
    if not title:
        return []
    return [
        Example(
            f'{FIELD_NAMES["body"][language][0]}:"{title}"', _("what belongs to this body; its abbreviation will do")
        )
    ]


def examples_with_symbols(language: str) -> list[Example]:
    """Examples with the symbol of the site's newest document. One query."""
    symbol = _newest_symbol()
    field = FIELD_NAMES["symbol"][language][0]
    return [
        Example(symbol, _("this very document")),
        Example(
            symbol.lower().replace("/", " "), _("the same: capitals, slashes, full stops and spaces do not matter")
        ),
        Example(f"{field}:{'/'.join(symbol.split('/')[:2])}", _("all documents whose symbol begins so")),
    ]


def _newest_symbol() -> str:
    """The symbol of the newest document that everybody may read."""
    documents = OfficialDocument.objects.visible_to(anonymous()).filter(symbol_key__isnull=False, languages_out__gt=0)
    return documents.newest_first().values_list("symbol", flat=True).first() or SOME_SYMBOL
