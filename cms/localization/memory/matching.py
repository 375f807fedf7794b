"""Looking texts up in the translation memory: the same ones for a whole page at once, similar ones text by text.

A pair is shown to whoever may read both of its pages: the gate is asked with each look-up, so a document that is
restricted, withdrawn or put under an embargo is out of the memory at that moment. Before its release a pair is there
for whoever may change both pages, and, where it was translated here, for whoever may change the translation: the editor
shows them both texts anyway. A pair of a file is shown to whoever may read the file's texts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import Translation

from cms.core.languages import direction
from cms.core.visibility import Viewer, visible_pages
from cms.localization.memory.neutral import kinds, neutral, shown
from cms.localization.models import MemoryFile, MemorySource, MemoryTarget, MemoryToken
from cms.localization.texts import inline
from cms.localization.texts.comparing import Comparison, text_key, tokens, word_diff
from cms.localization.texts.rows import Row
from cms.users.people import NAMES, name_from
from documents.models import OfficialDocument

LEAST = 60  # percent; below that a sentence is faster translated anew than mended
MOST_HITS = 5
# Texts that share most words with the one looked up, and those of them that are compared word by word.
MOST_COUNTED = 500
MOST_COMPARED = 100


@dataclass(frozen=True)
class Origin:
    """Where a pair comes from: the page of the translation, its document's symbol, when and by whom it was published.

    ``who`` is the author of the revision that readers have; empty for what a program brought in. Of a file ``number``
    is the file's, ``title`` its name, and the rest tells when and by whom it was taken.
    """

    number: int
    title: str
    symbol: str = ""
    date: datetime | None = None
    who: str = ""
    is_file: bool = False

    @property
    def name(self) -> str:
        """The symbol, or the title of what has none."""
        return _("file “%(name)s”") % {"name": self.title} if self.is_file else self.symbol or self.title

    @property
    def sort_key(self) -> tuple[bool, float, int]:
        """Newer ones have a greater one; what readers have comes before what a file brought, however new that is."""
        return (not self.is_file, self.date.timestamp() if self.date else 0.0, self.number)


@dataclass(frozen=True)
class Hit:
    """A translation that the memory knows, with the codes of the text that was looked up, ready to be inserted.

    ``difference`` leads from the hit's source to the text looked up (``comparing.word_diff``), empty for the same text.
    ``codes_fit`` is false where the texts have other codes: ``target`` is then without those that would be wrong, and
    its translator has to set them. ``origin`` is the newest page that reads so, else the
    newest file; ``times`` counts all that do.
    """

    source: str
    target: str
    percentage: int
    origin: Origin
    difference: list[tuple[str, str]]
    codes_fit: bool = True
    times: int = 1


@dataclass(frozen=True)
class _Pair:
    """A row of the memory as it is read."""

    key: Any
    source_id: int
    source: str
    target: str
    source_page: int | None
    page: int | None
    file: int | None

    @property
    def place(self) -> tuple[int | None, int | None]:
        """The page of the translation, or the file: what its origin is known by."""
        return self.page, self.file


def exact(translation: Translation, rows: Iterable[Row], viewer: Viewer) -> dict[str, list[Hit]]:
    """The translations of texts that are the same, by the row's key: one query for the memory whatever their number.

    Seven more at most ask whether they may be shown, and where they come from. Rows without a hit are left out.
    """
    language = translation.source.locale.language_code
    sources = {row.key: row.source for row in rows}
    keys = {name: text_key(neutral(source), language) for name, source in sources.items()}
    pairs = _open(_read(Q(source__key__in=set(keys.values())), translation.target_locale), viewer)
    by_key: defaultdict[Any, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        by_key[pair.key].append(pair)
    looks = _Looks(pairs, translation.target_locale)
    return {
        name: looks.hits(by_key[key], sources[name], 100)[:MOST_HITS] for name, key in keys.items() if key in by_key
    }


def similar(
    source: inline.Coded, source_locale: Locale, target_locale: Locale, viewer: Viewer, most: int = MOST_HITS
) -> list[Hit]:
    """The translations of the same text and of similar ones: the most similar first, then the newest.

    ``source`` is the text as the editor shows it, ``row.source``. Three queries for the memory, seven more at most
    ask whether the hits may be shown, and where they come from.
    """
    language = source_locale.language_code
    text = neutral(source)
    key = text_key(text, language)
    # The same text first, by itself: of very many that share its words, such as "Table 12", not all are compared.
    same = MemorySource.objects.filter(key=key).values_list("pk", flat=True)
    candidates = list(dict.fromkeys([*same, *_candidates(tokens(text, language))]))
    if not candidates:
        return []
    by_source: defaultdict[int, list[_Pair]] = defaultdict(list)
    for pair in _read(Q(source__in=candidates), target_locale):
        by_source[pair.source_id].append(pair)
    comparison = Comparison(text)
    percentages: dict[int, int] = {}
    for pk in [pk for pk in candidates if pk in by_source][:MOST_COMPARED]:
        one = by_source[pk][0]
        percentages[pk] = 100 if one.key == key else min(99, comparison.percentage(one.source))
    pairs = _open([pair for pk, found in percentages.items() if found >= LEAST for pair in by_source[pk]], viewer)
    looks = _Looks(pairs, target_locale)
    allowed: defaultdict[int, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        allowed[pair.source_id].append(pair)
    hits = [hit for pk, found in allowed.items() for hit in looks.hits(found, source, percentages[pk])]
    return sorted(hits, key=lambda hit: (hit.percentage, hit.origin.sort_key), reverse=True)[:most]


def held_by(source: inline.Coded, source_locale: Locale, pages: Mapping[int, str], viewer: Viewer) -> dict[int, str]:
    """How pages read where their source has exactly this text, by their primary keys; those without it are left out.

    ``pages`` have the codes of their languages. One query for the memory, four more at most ask what may be shown.
    """
    key = text_key(neutral(source), source_locale.language_code)
    pairs = _open(_pairs(Q(source__key=key, page__in=pages)), viewer)
    return {
        pair.page: shown(pair.target, source, rtl=direction(pages[pair.page]) == "rtl") for pair in pairs if pair.page
    }


def _candidates(wanted: Sequence[int]) -> list[int]:
    """Texts that have some of the words, those with most of them first. One query of one table."""
    if not wanted:
        return []
    counted = MemoryToken.objects.filter(token__in=wanted).values("source").annotate(shared=Count("pk"))
    return list(counted.order_by("-shared", "-source").values_list("source", flat=True)[:MOST_COUNTED])


def _read(condition: Q, target_locale: Locale) -> list[_Pair]:
    """The pairs into a language whose sources meet a condition, whoever may see them. One query."""
    return _pairs(condition & Q(locale=target_locale))


def _pairs(condition: Q) -> list[_Pair]:
    """The pairs that meet a condition, whoever may see them. One query."""
    rows = MemoryTarget.objects.filter(condition)
    fields = ("source__key", "source_id", "source__text", "text", "source_page_id", "page_id", "file_id")
    return [_Pair(*row) for row in rows.values_list(*fields)]


def _open(pairs: Sequence[_Pair], viewer: Viewer) -> list[_Pair]:
    """Those of the pairs that the viewer may see."""
    pages = {pk for pair in pairs for pk in (pair.source_page, pair.page) if pk}
    files = {pair.file for pair in pairs if pair.file}
    open_files: set[int | None] = set()
    if files:
        open_files |= set(MemoryFile.objects.filter(pk__in=files).visible_to(viewer).values_list("pk", flat=True))
    visible: set[int | None] = set()
    if pages:
        visible |= set(visible_pages(Page.objects.filter(pk__in=pages), viewer).values_list("pk", flat=True))
    own, translated_here = _own(pages, viewer) if pages - visible else (set(), set())
    return [
        pair
        for pair in pairs
        if pair.file in open_files
        or {pair.source_page, pair.page} <= visible
        or {pair.source_page, pair.page} <= own
        or (pair.page in own and (pair.source_page, pair.page) in translated_here)
    ]


def _own(some: Collection[int], viewer: Viewer) -> tuple[set[int | None], set[tuple[int | None, int | None]]]:
    """Those of the pages that the viewer may change, and the pairs of them of which one was translated from the other.

    Three queries, or none for the public.
    """
    if not (viewer.is_superuser or viewer.groups):
        return set(), set()
    may_change = GroupPagePermission.objects.filter(group__in=viewer.groups, permission__codename="change_page")
    paths = ("",) if viewer.is_superuser else tuple(may_change.values_list("page__path", flat=True))
    pages = list(Page.objects.filter(pk__in=some).values_list("pk", "path", "translation_key", "locale_id"))
    own: set[int | None] = {pk for pk, path, _key, _locale in pages if path.startswith(paths)}
    opened = set(
        Translation.objects.filter(source__object_id__in={key for _pk, _path, key, _locale in pages}).values_list(
            "source__object_id", "source__locale_id", "target_locale_id"
        )
    )
    of_key: defaultdict[Any, list[tuple[int, int]]] = defaultdict(list)
    for pk, _path, key, locale in pages:
        of_key[key].append((pk, locale))
    translated: set[tuple[int | None, int | None]] = {
        (source, target)
        for key, found in of_key.items()
        for source, source_locale in found
        for target, target_locale in found
        if (key, source_locale, target_locale) in opened
    }
    return own, translated


class _Looks:
    """How pairs are shown: where each comes from, read once for all of them, and the way they are written."""

    def __init__(self, pairs: Sequence[_Pair], target_locale: Locale) -> None:
        self.origins: dict[tuple[int | None, int | None], Origin] = {}
        for pk, origin in _origins({pair.page for pair in pairs if pair.page}).items():
            self.origins[pk, None] = origin
        for pk, origin in _origins_of_files({pair.file for pair in pairs if pair.file}).items():
            self.origins[None, pk] = origin
        self.rtl = direction(target_locale.language_code) == "rtl"

    def hits(self, pairs: Sequence[_Pair], source: inline.Coded, percentage: int) -> list[Hit]:
        """The hits for a text of pairs with one source: one for each way it is translated, the newest first."""
        by_target: defaultdict[str, list[_Pair]] = defaultdict(list)
        for pair in pairs:
            by_target[pair.target].append(pair)
        found = [self._hit(same, source, percentage) for same in by_target.values()]
        return sorted(found, key=lambda hit: hit.origin.sort_key, reverse=True)

    def _hit(self, same: Sequence[_Pair], source: inline.Coded, percentage: int) -> Hit:
        one = same[0]
        fits = kinds(one.source) == kinds(neutral(source))
        text = shown(one.source, source)
        return Hit(
            source=text,
            target=shown(one.target, source, rtl=self.rtl),
            percentage=percentage,
            origin=max((self.origins[pair.place] for pair in same), key=lambda origin: origin.sort_key),
            difference=[] if percentage == 100 else word_diff(text, source.text),
            codes_fit=fits,
            times=len({pair.place for pair in same}),
        )


def _origins(pages: Collection[int]) -> dict[int, Origin]:
    """Where the pages' texts come from. Two queries."""
    if not pages:
        return {}
    rows = list(
        Page.objects.filter(pk__in=pages).values_list(
            "pk",
            "title",
            "translation_key",
            "last_published_at",
            *(f"live_revision__user__{name}" for name in NAMES),
        )
    )
    symbols = dict(
        OfficialDocument.objects.filter(uid__in={row[2] for row in rows}, symbol__isnull=False).values_list(
            "uid", "symbol"
        )
    )
    return {
        pk: Origin(pk, title, symbols.get(key) or "", date, name_from(*names)) for pk, title, key, date, *names in rows
    }


def _origins_of_files(files: Collection[int]) -> dict[int, Origin]:
    """Which files the texts come from. One query, or none."""
    if not files:
        return {}
    fields = ("pk", "name", "created_at", *(f"created_by__{name}" for name in NAMES))
    rows = MemoryFile.objects.filter(pk__in=files).order_by().values_list(*fields)
    return {pk: Origin(pk, name, date=date, who=name_from(*names), is_file=True) for pk, name, date, *names in rows}
