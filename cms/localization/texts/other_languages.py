"""The same text in the other languages of its page: as translated so far, as far as the reader may see that."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail_localize.models import StringTranslation, Translation

from cms.core.languages import Language, direction, language
from cms.core.visibility import Viewer
from cms.localization.memory.matching import held_by
from cms.localization.models import SegmentReview
from cms.localization.texts import inline
from cms.localization.texts.rows import Row, state_of_text


@dataclass(frozen=True)
class OtherText:
    """How the text reads in another language, with the codes of the source, and how far that is, in words."""

    language: Language
    text: str
    state: str


def in_other_languages(translation: Translation, row: Row, user: Any, viewer: Viewer) -> list[OtherText]:
    """The text in the languages other than the two at hand, in the order of the languages' codes.

    What is being translated is shown to whoever may change that page, what readers have to whoever may read it.
    At most nine queries.
    """
    source = translation.source
    codes = dict(
        Page.objects.filter(translation_key=source.object_id, alias_of=None)
        .exclude(locale__in=[source.locale_id, translation.target_locale_id])
        .values_list("pk", "locale__language_code")
    )
    if not codes:
        return []
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change").filter(pk__in=codes)
    found = _being_translated(row, {codes[pk] for pk in own.values_list("pk", flat=True)})
    rest = {pk: code for pk, code in codes.items() if code not in found}
    texts = held_by(row.source, source.locale, rest, viewer) if rest else {}
    found |= {codes[pk]: OtherText(language(codes[pk]), text, _("Published")) for pk, text in texts.items()}
    return [found[code] for code in sorted(found)]


def _being_translated(row: Row, codes: Iterable[str]) -> dict[str, OtherText]:
    """What translators have written of the text in these languages, by language code. One query."""
    made = StringTranslation.objects.filter(
        context=row.segment.context_id, translation_of=row.segment.string_id, locale__language_code__in=codes
    )
    found = {}
    for entry in made.select_related("locale", "review"):
        code = entry.locale.language_code
        text = inline.show(entry.data, row.source, row.attrs, rtl=direction(code) == "rtl")
        found[code] = OtherText(language(code), text, str(SegmentReview.State(state_of_text(entry)).label))
    return found
