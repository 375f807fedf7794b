"""The formats in which the texts of a page are saved, and their names."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail_localize.models import Translation

from cms.localization.exchange import docx, po, tmx, xliff_1, xliff_2
from cms.localization.exchange.units import Head, Unit, head_of, units_of
from cms.localization.texts.rows import load

LONGEST_NAME = 80


@dataclass(frozen=True)
class Format:
    """A format: the ending of its files' names, its name and what it is for, its media type, and what writes it."""

    ending: str
    label: str
    purpose: object
    media_type: str
    write: Callable[[Head, Iterable[Unit]], bytes]
    comes_back: bool = True


FORMATS: dict[str, Format] = {
    one.ending: one
    for one in (
        Format(
            "xlf",
            "XLIFF 1.2",
            _("For translation programs such as OmegaT, Trados, memoQ and Phrase."),
            "application/xliff+xml",
            xliff_1.write,
        ),
        Format(
            "xliff",
            "XLIFF 2.0",
            _("For programs that read the newer version."),
            "application/xliff+xml",
            xliff_2.write,
        ),
        Format(
            "po",
            "PO",
            _("For editors of message catalogues, such as Poedit. Circled digits stand in the text as they do here."),
            "text/x-gettext-translation; charset=utf-8",
            po.write,
        ),
        Format(
            "tmx",
            "TMX",
            _("The finished texts as a translation memory for other programs."),
            "application/x-tmx+xml",
            tmx.write,
        ),
        Format(
            "docx",
            "Word",
            _("Source and translation in two columns, for reading. It is not taken back."),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            docx.write,
            comes_back=False,
        ),
    )
}


def write(form: Format, translation: Translation) -> bytes:
    """The texts of a translation as a file. Two queries for the texts, whatever their number."""
    return form.write(head_of(translation), units_of(translation, load(translation)))


def file_name(form: Format, translation: Translation, title: str) -> str:
    """The name of such a file: the page and the language, in letters that every system takes."""
    name = slugify(title)[:LONGEST_NAME].strip("-") or "page"
    return f"{name}-{translation.target_locale.language_code}.{form.ending}"
