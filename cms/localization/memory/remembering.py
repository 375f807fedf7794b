"""Filling the translation memory from what is published: every two pages of one translation key in two languages.

Whether a page was translated here, written, or imported from its own file makes no difference: texts at the same place
belong together. The place of a paragraph or note is its anchor, which is the same in every language, and also where
somebody has typed it in the editor; elsewhere it is the block's id, or the child's translation key.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from cms.localization.memory.neutral import Attrs, neutral_pair
from cms.localization.models import MemoryChange, MemorySource, MemoryTarget, MemoryToken
from cms.localization.texts import inline
from cms.localization.texts.comparing import text_key, tokens
from documents.models import LanguageVersion, ReportPage

BATCH = 1_000  # rows of one statement


@dataclass(frozen=True)
class Piece:
    """One text of a page, with the attributes of its elements by id."""

    coded: inline.Coded
    attrs: Attrs

    @property
    def says_something(self) -> bool:
        """Whether there is a letter in it: numbers alone need no translation."""
        return any(character.isalpha() for character in self.coded.text)


@dataclass(frozen=True)
class Pair:
    """A text and its translation, with what the memory knows them by."""

    key: UUID
    locale_id: int
    text: str
    source_page_id: int
    page_id: int


def note(keys: Iterable[UUID]) -> None:
    """Notes that pages with these translation keys changed, and has the worker look at them once this is saved."""
    from cms.localization.tasks import remember_pages  # the task imports this module

    wanted = list(dict.fromkeys(keys))
    MemoryChange.objects.bulk_create(
        [MemoryChange(translation_key=key) for key in wanted], ignore_conflicts=True, batch_size=BATCH
    )

    def ask() -> None:
        for key in wanted:
            remember_pages.enqueue(str(key))

    # Robust: what the editor did is saved by then, and no trouble of the memory may say otherwise.
    transaction.on_commit(ask, robust=True)


def note_all() -> int:
    """Notes every translation key with live pages in two languages, and those that the memory has pairs of.

    For the command, which works them off itself. Gives how many wait now.
    """
    live = Page.objects.filter(live=True, alias_of=None).order_by().values("translation_key")
    several = live.annotate(languages=Count("locale", distinct=True)).filter(languages__gt=1)
    remembered = Page.objects.filter(Exists(MemoryTarget.objects.filter(page=OuterRef("pk")))).order_by()
    keys = set(several.values_list("translation_key", flat=True))
    keys |= set(remembered.values_list("translation_key", flat=True).distinct())
    MemoryChange.objects.bulk_create(
        [MemoryChange(translation_key=key) for key in sorted(keys)], ignore_conflicts=True, batch_size=BATCH
    )
    return MemoryChange.objects.count()


def remember_all(done: Callable[[], None]) -> tuple[int, int]:
    """Works off all that is noted, and gives how many pairs are new and how many are gone. ``done`` hears of each key.

    Each key is saved by itself, so a run that was stopped goes on where it stopped.
    """
    added = removed = 0
    for key in list(MemoryChange.objects.values_list("translation_key", flat=True)):
        more, fewer = remember(key)
        added, removed = added + more, removed + fewer
        done()
    sweep()
    return added, removed


@transaction.atomic
def remember(key: UUID) -> tuple[int, int]:
    """Brings the pairs of a translation key's pages to what they hold now; gives how many are new and how many gone.

    Does nothing where nothing is noted for the key: somebody else has done it.
    """
    # Deleted first: a change that comes after this is noted again, and two workers take turns.
    if not MemoryChange.objects.filter(translation_key=key).delete()[0]:
        return 0, 0
    texts, wanted = _pairs(_pages(key))
    kept, gone = set(), []
    held = MemoryTarget.objects.filter(page__translation_key=key)
    fields = ("pk", "source__key", "locale_id", "text", "source_page_id", "page_id")
    for pk, source_key, locale, text, source_page, page in held.values_list(*fields):
        pair = Pair(source_key, locale, text, source_page, page)
        if pair in wanted and pair not in kept:
            kept.add(pair)
        else:
            gone.append(pk)
    new = [pair for pair in wanted if pair not in kept]
    for start in range(0, len(gone), BATCH):
        MemoryTarget.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    sources = source_rows({pair.key: texts[pair.key] for pair in new})
    MemoryTarget.objects.bulk_create(
        [
            MemoryTarget(
                source_id=sources[pair.key],
                locale_id=pair.locale_id,
                text=pair.text,
                source_page_id=pair.source_page_id,
                page_id=pair.page_id,
            )
            for pair in new
        ],
        batch_size=BATCH,
    )
    return len(new), len(gone)


def forget(pages: QuerySet[Any]) -> None:
    """Takes all pairs out in which one of these pages has a part, at once; texts left alone are swept up afterwards."""
    from cms.localization.tasks import sweep_memory  # the task imports this module

    if MemoryTarget.objects.of_pages(pages.values_list("pk", flat=True)).delete()[0]:
        transaction.on_commit(partial(sweep_memory.enqueue), robust=True)


@transaction.atomic
def sweep() -> int:
    """Removes texts that are in no pair any more, and gives their number."""
    keys = list(MemorySource.objects.without_targets().values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        MemoryToken.objects.filter(source__in=some).delete()
        MemorySource.objects.filter(pk__in=some).delete()
    return len(keys)


def _pages(key: UUID) -> list[Page]:
    """The live pages of a translation key, one per language; a web edition only while its version is not withdrawn."""
    pages: list[Page] = list(
        Page.objects.filter(translation_key=key, live=True, alias_of=None).select_related("locale").specific()
    )
    if not any(isinstance(page, ReportPage) for page in pages):
        return pages
    there = LanguageVersion.objects.filter(
        document__uid=key, state__in=[LanguageVersion.State.HELD, LanguageVersion.State.RELEASED]
    )
    languages = set(there.values_list("language", flat=True))
    return [page for page in pages if page.locale.language_code in languages]


def _pairs(pages: list[Page]) -> tuple[dict[UUID, tuple[int, str, str]], dict[Pair, None]]:
    """All pairs of some pages in order, and by key what each source is: its locale, its language, its text."""
    texts: dict[UUID, tuple[int, str, str]] = {}
    found: dict[Pair, None] = {}
    if len(pages) < 2:
        return texts, found
    places = {page.pk: _places(page) for page in pages}
    for source, target in permutations(pages, 2):
        language = source.locale.language_code
        for place, pieces in places[source.pk].items():
            others = places[target.pk].get(place, [])
            # A place with another number of paragraphs in it tells nothing of which belongs to which.
            if len(others) != len(pieces):
                continue
            for piece, other in zip(pieces, others, strict=True):
                if not (piece.says_something and other.says_something):
                    continue
                text, translated = neutral_pair(piece.coded, piece.attrs, other.coded, other.attrs)
                if text == translated:
                    continue
                key = text_key(text, language)
                texts[key] = (source.locale_id, language, text)
                found[Pair(key, target.locale_id, translated, source.pk, target.pk)] = None
    return texts, found


def _places(page: Page) -> dict[str, list[Piece]]:
    """The texts of a page by their place."""
    anchors = _anchors(page)
    places: defaultdict[str, list[Piece]] = defaultdict(list)
    for value in extract_segments(page):
        if isinstance(value, StringSegmentValue):
            first, _dot, rest = value.path.partition(".")
            block, dot, inner = rest.partition(".")
            place = f"{first}.{anchors[block]}{dot}{inner}" if block in anchors else value.path
            attrs = value.attrs or {}
            places[place].append(Piece(inline.encode(value.string.data, attrs), attrs))
    return places


def _anchors(page: Page) -> dict[str, str]:
    """What names each block and note of a web edition in every language, by its id in this one."""
    if not isinstance(page, ReportPage):
        return {}
    times: defaultdict[str, int] = defaultdict(int)
    found = {}
    named = [(block.id, block.value["anchor"]) for block in page.body]
    named += [(str(footnote.translation_key), footnote.anchor) for footnote in page.footnotes.all()]
    for name, anchor in named:
        if anchor:
            times[anchor] += 1
            # An anchor that stands twice is two places.
            found[name] = f"{anchor} {times[anchor]}"
    return found


def source_rows(wanted: dict[UUID, tuple[int, str, str]]) -> dict[UUID, int]:
    """The rows of texts by key; made, with their words, where they are missing. To be called in a transaction.

    ``wanted`` says of each key the text's locale, language and the text itself.
    """
    found = dict(_known(wanted))
    missing = [key for key in wanted if key not in found]
    if not missing:
        return found
    MemorySource.objects.bulk_create(
        [MemorySource(key=key, locale_id=wanted[key][0], text=wanted[key][2]) for key in missing],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    made = dict(_known(missing))
    MemoryToken.objects.bulk_create(
        [
            MemoryToken(token=token, source_id=pk)
            for key, pk in made.items()
            for token in tokens(wanted[key][2], wanted[key][1])
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    return found | made


def _known(keys: Iterable[UUID]) -> Iterator[tuple[UUID, int]]:
    """Those of the texts that are there, held until this is saved, so that no sweep takes them meanwhile."""
    every = list(keys)
    for start in range(0, len(every), BATCH):
        rows = MemorySource.objects.select_for_update().filter(key__in=every[start : start + BATCH])
        yield from rows.values_list("key", "pk")
