"""What does not match between languages, in the officer's words."""

from collections.abc import Iterable
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms.core.languages import language
from documents.importing.comparing import Difference


def in_words(differences: Iterable[Difference], first: str, second: str) -> list[str]:
    """One sentence for each difference between two languages, given by Django's codes."""
    names = {"first_language": _name(first), "second_language": _name(second)}
    return [_sentence(difference, names) for difference in differences]


def _sentence(difference: Difference, names: dict[str, str]) -> str:
    first, second = difference.first, difference.second
    if difference.kind == "date":
        first, second = (date_format(date.fromisoformat(day)) for day in (first, second))
    values = {**names, "first": first, "second": second}
    sentences = {
        "footnotes": _("Footnotes: %(first_language)s %(first)s, %(second_language)s %(second)s."),
        "tables": _("Tables: %(first_language)s %(first)s, %(second_language)s %(second)s."),
        "date": _("%(first_language)s has the date %(first)s, %(second_language)s %(second)s."),
        "session": _("%(first_language)s has session %(first)s, %(second_language)s %(second)s."),
        "agenda_items": _("%(first_language)s has agenda items %(first)s, %(second_language)s %(second)s."),
    }
    if difference.kind != "missing":
        # A date ends with a full stop of its own in some languages.
        return (sentences[difference.kind] % values).replace("..", ".")
    if difference.first:
        return _("Paragraphs of %(first_language)s missing in %(second_language)s: %(first)s.") % values
    return _("Paragraphs of %(second_language)s missing in %(first_language)s: %(second)s.") % values


def _name(code: str) -> str:
    return str(language(code).label) if code else "?"
