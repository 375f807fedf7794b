"""The one table of the site's languages, and the small questions asked of it.

Three codes name a language: Django's (`zh-hans`, in settings and locales), the short one (`zh`, in addresses and in
labels such as EN FR ES RU AR ZH) and the one of HTML (`zh-Hans`, in `lang` and `hreflang`). Every function takes any
of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Language:
    """A language: its three codes, its name in itself and in the reader's language, its direction, its commas.

    ``bit`` stands for it in stored sums, so it never changes and is never given to another language.
    ``list_comma`` stands between the items of a list, where Chinese has a mark of its own.
    """

    bit: int
    code: str
    short: str
    html_lang: str
    name: str
    label: Promise
    direction: str = "ltr"
    comma: str = ", "
    list_comma: str = ", "


# In the order in which the United Nations lists them for a reader of English; `reading_order` puts the reader's first.
LANGUAGES: tuple[Language, ...] = (
    Language(1, "en", "en", "en", "English", _("English")),
    Language(2, "fr", "fr", "fr", "Français", _("French")),
    Language(4, "es", "es", "es", "Español", _("Spanish")),
    Language(8, "ru", "ru", "ru", "Русский", _("Russian")),
    Language(16, "ar", "ar", "ar", "العربية", _("Arabic"), "rtl", comma="، ", list_comma="، "),
    Language(32, "zh-hans", "zh", "zh-Hans", "中文", _("Chinese"), comma="，", list_comma="、"),
)

_BY_ANY_CODE = {code.lower(): entry for entry in LANGUAGES for code in (entry.code, entry.short, entry.html_lang)}


def language(code: str) -> Language:
    """Return the language with this Django, short or HTML code, in any case; a country is left aside ("fr-CA").

    Raises LookupError for a code that is not in the table.
    """
    wanted = code.lower()
    found = _BY_ANY_CODE.get(wanted) or _BY_ANY_CODE.get(wanted.partition("-")[0])
    if found is None:
        raise LookupError(f"No language of this site has the code {code!r}.")
    return found


def direction(code: str) -> str:
    """Return "rtl" or "ltr". Raises LookupError for a code that is not in the table."""
    return language(code).direction


def joined(texts: Iterable[str]) -> str:
    """Return the texts as a list in a sentence of the active language."""
    return language(get_language() or settings.LANGUAGE_CODE).list_comma.join(texts)


def html_lang(code: str) -> str:
    """Return the code for `lang` and `hreflang`. Raises LookupError for a code that is not in the table."""
    return language(code).html_lang


def short_code(code: str) -> str:
    """Return the code for addresses and short labels. Raises LookupError for a code that is not in the table."""
    return language(code).short


def from_short(short: str) -> str | None:
    """Return Django's code of the language whose addresses begin with this segment; None where it is no language."""
    return next((entry.code for entry in LANGUAGES if entry.short == short), None)


def from_path(path: str) -> str | None:
    """Return Django's code of the language that an address begins with ("/zh/documents/"); None without one."""
    return from_short(path.lstrip("/").split("/", 1)[0])


def reading_order(reader_code: str) -> list[str]:
    """Return Django's codes, the reader's language first, the others in the order of the table."""
    first = language(reader_code).code
    return [first, *(entry.code for entry in LANGUAGES if entry.code != first)]
