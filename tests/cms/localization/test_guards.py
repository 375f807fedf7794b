"""The last line: what no view should let through is refused where it would be written."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.models import Locale, Page
from wagtail_localize.models import LocaleSynchronization, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from cms.localization.guards import StockWriterCalledError
from documents.models import LanguageVersion, ReportPage
from tests import factories
from tests.cms.localization.conftest import House, imported_edition, target

pytestmark = pytest.mark.django_db


def test_no_translation_is_opened_over_an_imported_edition_whoever_asks(house: House) -> None:
    edition = imported_edition(house, "fr")
    with pytest.raises(ValidationError, match="edition of its own"):
        translate_object(house.report, [Locale.objects.get(language_code="fr")])
    assert ReportPage.objects.get(pk=edition.pk).title == "Rapport importé"
    assert not TranslationSource.objects.exists()


def test_a_version_that_becomes_an_edition_of_its_own_stops_its_translation(house: House, french: Translation) -> None:
    version = LanguageVersion.objects.get(document=house.document, language="fr")
    version.origin = LanguageVersion.Origin.IMPORTED
    version.save()
    assert not Translation.objects.get(pk=french.pk).enabled
    with pytest.raises(ValidationError):
        Translation.objects.update_or_create(
            source=french.source, target_locale=french.target_locale, defaults={"enabled": True}
        )


def test_wagtail_localizes_own_writer_is_caught_and_taken_back(house: House, french: Translation) -> None:
    target(french).save_revision().publish()
    before = target(french).latest_revision_id
    with pytest.raises(StockWriterCalledError), transaction.atomic():
        french.save_target(publish=False)
    assert target(french).latest_revision_id == before


def test_no_language_is_mirrored_into_another(house: House) -> None:
    russian = factories.LocaleFactory(language_code="ru")
    with pytest.raises(ValidationError, match="not mirrored"):
        LocaleSynchronization.objects.create(locale=russian, sync_from=Locale.objects.get(language_code="en"))
    assert not Page.objects.filter(locale=russian).exists()
