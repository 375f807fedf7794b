"""What wagtail-localize knows of a text that was translated before: a string that is the same, at the same place.

It has no look-up of similar texts. The same ones it joins to a page's texts with each reading of them, where they were
translated on that page and at that place; the other look-up that its tables allow is by the string, one at a time.
"""

import uuid

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.strings import StringValue

from documents.models import ReportPage

BATCH = 5_000


def plant(texts: list[str], documents: int, on_page: int) -> tuple[TranslationSource, TranslationSource]:
    """Every text with its translation, over so many documents; gives two of them with ``on_page`` texts open to read.

    In the first those were translated; the second is a new one that has the same texts.
    """
    english, french = Locale.objects.get(language_code="en"), Locale.objects.get(language_code="fr")
    kind = ContentType.objects.get_for_model(ReportPage)
    objects = TranslatableObject.objects.bulk_create(
        TranslatableObject(translation_key=uuid.uuid4(), content_type=kind) for _number in range(documents + 1)
    )
    strings: list[String] = []
    contexts: list[TranslationContext] = []
    for start in range(0, len(texts), BATCH):
        some = texts[start : start + BATCH]
        made = String.objects.bulk_create(
            String(locale=english, data=text, data_hash=String._get_data_hash(text)) for text in some
        )
        # The texts that are read are those of the first document.
        owners = [objects[0 if n < on_page else n % documents] for n in range(start, start + len(some))]
        places = _places(owners, start)
        StringTranslation.objects.bulk_create(
            StringTranslation(
                translation_of=string,
                context=context,
                locale=french,
                data=f"FR {string.data}",
                translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            )
            for string, context in zip(made, places, strict=True)
        )
        strings += made
        contexts += places
    first, second = (
        TranslationSource.objects.create(
            object=one,
            specific_content_type=kind,
            locale=english,
            object_repr="Report",
            content_json="{}",
            last_updated_at=timezone.now(),
        )
        for one in (objects[0], objects[-1])
    )
    for source, places in ((first, contexts[:on_page]), (second, _places([objects[-1]] * on_page, 0))):
        StringSegment.objects.bulk_create(
            StringSegment(source=source, context=context, string=string, order=number, attrs="{}")
            for number, (context, string) in enumerate(zip(places, strings, strict=False))
        )
    return first, second


def _places(owners: list[TranslatableObject], start: int) -> list[TranslationContext]:
    paths = [f"body.{number}" for number in range(start, start + len(owners))]
    found: list[TranslationContext] = TranslationContext.objects.bulk_create(
        TranslationContext(object=owner, path=path, field_path="body", path_id=TranslationContext._get_path_id(path))
        for owner, path in zip(owners, paths, strict=True)
    )
    return found


def known(source: TranslationSource) -> int:
    """How many texts of a document it has a translation for, as its editor and its files read them. One query."""
    french = Locale.objects.get(language_code="fr")
    rows = StringSegment.objects.filter(source=source).annotate_translation(french).select_related("context", "string")
    return sum(bool(row.translation) for row in rows)


def known_one_by_one(texts: list[str]) -> int:
    """How many texts have a translation anywhere, asked by its strings. Two queries for each."""
    english, french = Locale.objects.get(language_code="en"), Locale.objects.get(language_code="fr")
    strings = [String.from_value(english, StringValue.from_plaintext(text)) for text in texts]
    return sum(string.translations.filter(locale=french).first() is not None for string in strings)
