"""Whether translations may go public: somebody stands by every text, and in none of them the checks find errors."""

from collections.abc import Collection, Iterable

from django.utils.translation import ngettext
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.localization.proofreading import rows_with_errors
from cms.localization.states import with_counts


def unfinished_sentence(number: int) -> str:
    """That so many texts are not finished."""
    return ngettext("%(n)d text is not finished yet.", "%(n)d texts are not finished yet.", number) % {"n": number}


def errors_sentence(number: int) -> str:
    """That so many texts have errors."""
    return ngettext("%(n)d text has an error.", "%(n)d texts have errors.", number) % {"n": number}


def incomplete(translation: Translation) -> str | None:
    """Why it cannot go public: texts that nobody stands by, a machine's among them. One query."""
    counted = with_counts(Translation.objects.filter(pk=translation.pk)).get()
    left = counted.total - counted.done
    return unfinished_sentence(left) if left else None


def mistakes(translation: Translation) -> str | None:
    """Why it cannot go public: texts in which the checks find errors. Two queries, and every text is read."""
    wrong = len(rows_with_errors(translation))
    return errors_sentence(wrong) if wrong else None


def open_translations(pages: Collection[Page]) -> list[tuple[Page, Translation]]:
    """Those of the pages that are targets of open translations, each with its own and its numbers of texts. One query.

    The numbers are those of :func:`with_counts`.
    """
    by_key = {(page.translation_key, page.locale_id): page for page in pages}
    open_ones = Translation.objects.filter(
        source__object_id__in=[key for key, _locale in by_key], enabled=True
    ).select_related("source__locale", "source__specific_content_type", "target_locale")
    return [
        (by_key[key], translation)
        for translation in with_counts(open_ones)
        if (key := (translation.source.object_id, translation.target_locale_id)) in by_key
    ]


def unfinished(translated: Iterable[tuple[Page, Translation]]) -> list[Page]:
    """The pages of :func:`open_translations` that lack texts: published, they would mix two languages. No query."""
    return [page for page, translation in translated if translation.done < translation.total]


def erroneous(translated: Iterable[tuple[Page, Translation]]) -> list[Page]:
    """The pages of :func:`open_translations` in which the checks find errors. Two queries for each."""
    return [page for page, translation in translated if rows_with_errors(translation)]
