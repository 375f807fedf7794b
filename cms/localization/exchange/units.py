"""Texts between a page and a file: what is written of each, and what a file says of each, whatever its format."""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from wagtail_localize.models import Translation

from cms.core.languages import Language, language
from cms.localization.foreign import FileRefusedError
from cms.localization.proofreading import longest
from cms.localization.texts import inline
from cms.localization.texts.rows import Row

MOST_BYTES = 20 * 1024 * 1024  # of one file; a page of 300 paragraphs has 0.4 MB
MOST_UNITS = 20_000


@dataclass(frozen=True)
class Mark:
    """A code within a text: the number (from 0) that the source's code has, and whether it closes."""

    number: int
    closing: bool = False


# A text with its codes; empty for no text.
Parts = tuple[str | Mark, ...]


def parts_of(text: str, coded: inline.Coded) -> Parts:
    """A text of the editor, with this source's codes, in its parts. What only looks like a code is text."""
    parts: list[str | Mark] = []
    position = 0
    for match in coded.pattern.finditer(text) if coded.codes else ():
        number, closing = coded.read(match)
        if number not in range(len(coded.codes)) or (closing and coded.codes[number].alone):
            continue
        if text[position : match.start()]:
            parts.append(text[position : match.start()])
        parts.append(Mark(number, closing))
        position = match.end()
    if text[position:]:
        parts.append(text[position:])
    return tuple(parts)


def text_of(parts: Parts, coded: inline.Coded) -> str:
    """The parts as a text of the editor. Raises inline.CodeError for a code that the source has not."""
    return "".join(part if isinstance(part, str) else _written(part, coded) for part in parts)


def _written(mark: Mark, coded: inline.Coded) -> str:
    if mark.number not in range(len(coded.codes)):
        raise inline.CodeError(_("The source has no code number %(number)s.") % {"number": mark.number + 1})
    return coded.mark(mark.number, mark.closing)


def words_of(parts: Parts) -> str:
    """The text without its codes, with single spaces: what is compared where files write spaces as they like."""
    return " ".join("".join(part for part in parts if isinstance(part, str)).split())


@dataclass(frozen=True)
class Unit:
    """One text of a page as it is written into a file.

    ``path`` is its place in the page, ``key`` that and the text of the source, ``target`` its translation and
    ``version`` that one's, empty and 0 where there is none; ``previous`` is what stood there before the source changed,
    in both languages. ``longest`` is in characters.
    """

    key: str
    path: str
    row: Row
    source: Parts
    target: Parts
    previous: tuple[Parts, Parts]
    longest: int | None = None

    @property
    def coded(self) -> inline.Coded:
        """The source with its codes."""
        return self.row.source

    @property
    def place(self) -> str:
        """Where it stands, in words for the translator."""
        row = self.row
        return " · ".join(part for part in (row.label, row.kind, row.section) if part)


@dataclass(frozen=True)
class Head:
    """What a file says of itself: which page it is of, in which languages, and which writing of it this is.

    ``page`` is the key that a page's languages share, ``export`` is new for each file that is written.
    """

    page: str
    source: Language
    target: Language
    title: str = ""
    export: str = ""


@dataclass(frozen=True)
class Given:
    """One text as a file gives it.

    ``place`` is its name there. It is found by its ``key``, else by ``path`` and source, else by the source alone.
    ``done`` says that by the file somebody stands by it, ``is_open`` that by the file it is still to be translated.
    ``version`` is that of the translation which the file was written with, None where the file does not tell.
    ``problem`` is a sentence that says why it cannot be read.
    """

    place: str
    source: Parts
    target: Parts
    key: str = ""
    path: str = ""
    done: bool = False
    is_open: bool = False
    version: int | None = None
    problem: str = ""


@dataclass(frozen=True)
class Reading:
    """What was read in a file.

    A memory holds texts of anywhere: those that the page has not are passed over, and one may be for several places.
    """

    head: Head
    given: list[Given] = field(default_factory=list)
    is_memory: bool = False


def head_of(translation: Translation) -> Head:
    """The head of a new file."""
    source, target = translation.source, translation.target_locale
    return Head(
        page=str(source.object_id),
        source=language(source.locale.language_code),
        target=language(target.language_code),
        title=source.object_repr,
        export=uuid.uuid4().hex,
    )


def units_of(translation: Translation, rows: Iterable[Row]) -> Iterator[Unit]:
    """The texts of a page for a file. No query."""
    model = translation.source.specific_content_type.model_class()
    for row in rows:
        coded = row.source
        yield Unit(
            key=key_of(row),
            path=row.segment.context.path,
            row=row,
            source=parts_of(coded.text, coded),
            target=_shown(row, row.data),
            previous=_previous(row),
            longest=longest(model, row),
        )


def key_of(row: Row) -> str:
    """What names a text in files, on any site that holds the page: its place and its source, as hashes."""
    return f"{row.segment.context.path_id.hex}-{row.segment.string.data_hash.hex}"


def _shown(row: Row, data: str) -> Parts:
    # Without the marks of direction that the editor sets around codes: elements of a file need none.
    return parts_of(inline.show(data, row.source, row.attrs), row.source)


def _previous(row: Row) -> tuple[Parts, Parts]:
    """What stood at a row's place before, as far as it has the same codes."""
    if row.previous is None:
        return (), ()
    return _shown(row, row.previous.translation_of.data), _shown(row, row.previous.data)


def language_in(code: str | None, what: str) -> Language:
    """The language of a file's code (BCP 47). Raises FileRefusedError where it names none of the site's."""
    try:
        return language(code or "")
    except LookupError:
        raise FileRefusedError(
            _("The file does not name a language of this site as its %(what)s: “%(code)s”.")
            % {"what": what, "code": (code or "")[:40]}
        ) from None


def head_in(page: str | None, source: str | None, target: str | None, export: str | None) -> Head:
    """The head that a file gives. Raises FileRefusedError where it names no page or no language of this site."""
    try:
        key = str(uuid.UUID(page or ""))
    except ValueError:
        raise FileRefusedError(
            _("The file names no page of this site. Only files that were saved here can be taken back.")
        ) from None
    return Head(key, language_in(source, _("source")), language_in(target, _("target")), export=(export or "")[:64])


def counted(given: Iterable[Given]) -> list[Given]:
    """The texts of a file. Raises FileRefusedError where there are none, or far too many."""
    found: list[Given] = []
    for one in given:
        found.append(one)
        if len(found) > MOST_UNITS:
            raise FileRefusedError(_("The file has more than %(most)s texts.") % {"most": MOST_UNITS})
    if not found:
        raise FileRefusedError(_("There is no text in the file."))
    return found


def version_in(text: str | None) -> int | None:
    """The version that a file names; None where it names none."""
    digits = (text or "").removeprefix("version").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None
