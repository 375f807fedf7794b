"""A document imported again keeps its translations: blocks and notes have the same ids, whoever imports them."""

from datetime import date
from pathlib import Path

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from cms.localization.sending.refreshing import refresh
from cms.localization.sending.translating import translate_page
from cms.localization.texts.rows import load
from documents.importing.runs import Job, Plan, import_chunk
from documents.models import LanguageVersion, ReportPage
from tests import factories
from tests.documents.importing.mastheads import ENGLISH
from tests.tree import fresh, plant, plant_body, plant_process, plant_session

pytestmark = pytest.mark.django_db


def import_english(path: Path) -> ReportPage:
    [done] = import_chunk([Job(path.name, path)], Plan(process=None, publish=True))
    assert not done.outcome.is_trouble, done.outcome.reason
    page: ReportPage = ReportPage.objects.get(locale__language_code="en")
    return page


def test_ids_and_translations_outlive_a_second_import(tmp_path: Path) -> None:
    tree = plant(["en", "fr"])
    process = factories.ProcessFactory(code="untoc", symbol_heads=["CTOC/COP"])
    body = factories.WorkingGroupFactory(process=process, code="cop", symbol_head="CTOC/COP")
    session = factories.SessionFactory(working_group=body, number=12, code="12", starts_on=date(2032, 3, 8))
    plant_session(plant_body(plant_process(tree, process), body), session)
    path = tmp_path / "en.txt"
    path.write_text(ENGLISH.text, encoding="utf-8")
    page = import_english(path)
    boss = factories.UserFactory(is_superuser=True)
    (outcome,) = translate_page(page, [Locale.objects.get(language_code="fr")], boss)
    assert outcome.target is not None, outcome.refusal
    french = Translation.objects.get(source__object_id=page.translation_key)
    for row in load(french):
        StringTranslation.objects.create(
            translation_of=row.segment.string,
            context=row.segment.context,
            locale=french.target_locale,
            data=row.segment.string.data,
        )
    ids = [block.id for block in page.body]
    notes = set(page.footnotes.values_list("translation_key", flat=True))
    assert len(ids) == 3

    page.delete()
    LanguageVersion.objects.filter(document=page.document, language="en").delete()
    again = import_english(path)
    assert [block.id for block in again.body] == ids
    assert set(again.footnotes.values_list("translation_key", flat=True)) == notes
    Translation.objects.update(enabled=True)
    refresh(fresh(again), boss)
    assert {bool(row.current) for row in load(Translation.objects.get(pk=french.pk))} == {True}
