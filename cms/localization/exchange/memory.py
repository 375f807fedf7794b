"""The translation memory of a process as a TMX file: what readers have in two languages, for programs elsewhere."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from lxml import etree
from wagtail.models import Locale, Page

from cms.core.languages import language
from cms.core.visibility import Viewer, visible_pages
from cms.localization.exchange import tmx
from cms.localization.exchange.units import Mark, Parts
from cms.localization.memory.neutral import CODE
from cms.localization.models import MemoryTarget
from cms.localization.texts.inline import Code
from cms.processes.models import Process, ProcessPage

AT_ONCE = 2_000  # pairs that are read and sent together
# What a code of a kind stands for in HTML; of links the memory keeps no address.
ALONE = {"footnote"}


def pairs_of(process: Process, source: Locale, target: Locale, viewer: Viewer) -> QuerySet[MemoryTarget]:
    """The pairs of two languages on pages of a process that the viewer may read, both of them: released ones."""
    sections = ProcessPage.objects.filter(process=process).values_list("path", flat=True)
    inside = Q(pk__in=[])
    for path in sections:
        inside |= Q(path__startswith=path)
    pages = visible_pages(Page.objects.filter(inside), viewer).order_by().values("pk")
    found: QuerySet[MemoryTarget] = MemoryTarget.objects.filter(
        source__locale=source, locale=target, page__in=pages, source_page__in=pages
    )
    return found.order_by("source_id", "pk")


def stream(pairs: QuerySet[MemoryTarget], source: Locale, target: Locale) -> Iterator[bytes]:
    """The bytes of a TMX file, each way in which a text is translated once. Its memory does not grow."""
    languages = language(source.language_code), language(target.language_code)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">'
    yield etree.tostring(tmx.header_of(languages[0], {})) + b"<body>"
    last, told = 0, set[str]()
    piece: list[bytes] = []
    fields = ("source_id", "source__key", "source__text", "text")
    for number, key, text, translated in pairs.values_list(*fields).iterator(chunk_size=AT_ONCE):
        if number != last:
            last, told = number, set()
        if translated in told:
            continue
        told.add(translated)
        codes, parts = _parts(text, translated)
        sides = tuple(zip(languages, parts, strict=True))
        piece.append(etree.tostring(tmx.pair(f"{key}-{len(told)}", sides, codes, props={})))
        if len(piece) == AT_ONCE:
            yield b"\n".join(piece)
            piece.clear()
    yield b"\n".join(piece) + b"</body></tmx>\n"


def _parts(*texts: str) -> tuple[list[Code], list[Parts]]:
    """Texts of the memory in their parts, with the codes of them all."""
    numbers: dict[str, int] = {}
    codes: list[Code] = []
    found: list[Parts] = []
    for text in texts:
        parts: list[str | Mark] = []
        position = 0
        for match in CODE.finditer(text):
            name = match[2] + match[3]
            if name not in numbers:
                numbers[name] = len(codes)
                codes.append(Code(match[2], "", "" if match[2] in ALONE else "/"))
            if text[position : match.start()]:
                parts.append(text[position : match.start()])
            parts.append(Mark(numbers[name], bool(match[1])))
            position = match.end()
        parts.append(text[position:])
        found.append(tuple(parts))
    return codes, found
