"""Sending pages to translation: the rows that translators work on, and the target page as a draft.

It stands in place of wagtail-localize's ``translate_object`` and ``translate_page_subtree``, which ask no permission of
the page or the language, and which publish.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation, TranslationSource

from cms.localization.editions import version_of_translation
from cms.localization.rules import source_refusal, spared_languages, target_parent, target_refusal
from cms.localization.sending.carrying import carry_over
from cms.localization.sending.drafts import languages_with_texts, save_draft
from cms.localization.sending.sources import snapshot
from cms.localization.sending.targets import make_target, references_once


@dataclass(frozen=True)
class Outcome:
    """What became of one page in one language: its new or updated target page, or a sentence that says why not."""

    page: Page
    locale: Locale
    target: Page | None = None
    refusal: str = ""


class Sending:
    """One page on its way to translation: its snapshot is taken when the first language that may be opened asks.

    ``user`` is None where the account of whoever sent it is gone: then all is refused.
    """

    def __init__(self, page: Page, user: Any) -> None:
        self.page, self.user = page, user
        self.refusal = source_refusal(page, user) if user else _("Whoever sent it has no account any more.")
        self._spared = spared_languages(page)
        self._source: TranslationSource | None = None
        self._translated: set[int] = set()

    @transaction.atomic
    def into(self, locale: Locale) -> Outcome:
        """Opens the translation into one language, or says why not; then nothing is written."""
        refusal = self.refusal or target_refusal(self.page, locale, self.user, self._spared)
        if refusal:
            return Outcome(self.page, locale, refusal=refusal)
        try:
            return Outcome(self.page, locale, target=self._open(locale))
        except ValidationError as error:
            return Outcome(self.page, locale, refusal=" ".join(error.messages))
        except IntegrityError:
            return Outcome(self.page, locale, refusal=_("Somebody else started it at the same time."))

    @transaction.atomic
    def _open(self, locale: Locale) -> Page:
        if self._source is None:
            source = snapshot(self.page, self.user)
            carry_over(source, self.user)
            translated = languages_with_texts(source)
            target = start(source, self.page, locale, self.user, has_texts=locale.pk in translated)
            self._source, self._translated = source, translated  # only now: it is taken back with what fails
            return target
        return start(self._source, self.page, locale, self.user, has_texts=locale.pk in self._translated)


def translate_page(page: Page, locales: Iterable[Locale], user: Any) -> list[Outcome]:
    """Sends one page to translation into these languages; each language stands for itself.

    Where nothing is allowed nothing is written, not even the source's snapshot.
    """
    sending = Sending(page, user)
    return [sending.into(locale) for locale in locales]


def start(source: TranslationSource, page: Page, locale: Locale, user: Any, *, has_texts: bool) -> Page:
    """Opens the translation of a page's source into a language and makes its target page, which is never live.

    ``has_texts`` says whether texts of it are translated into the language, as after the target page was deleted.
    Whether the user may is asked before (:class:`Sending`). Raises ValidationError where the language has an edition of
    its own or the page above is gone, and IntegrityError where another process made the page at the same moment; then
    the caller's transaction takes back what was written.
    """
    parent = target_parent(page, locale)
    if parent is None:
        raise ValidationError(_("The page above it does not exist in this language yet."))
    translation = Translation.objects.filter(source=source, target_locale=locale).first()
    translation = translation or Translation(source=source, target_locale=locale)
    translation.enabled = True
    translation.save()
    with references_once() as made:
        target = make_target(source, locale, parent, user)
        made.append(target)
        version_of_translation(target)
        if has_texts:
            save_draft(translation, user)
        else:
            target.save_revision(user=user, changed=False, clean=False)
    log(instance=target, action="localization.start", user=user, data={"source": source.object_repr})
    return target
