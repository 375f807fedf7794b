"""Translations made before links were named by what they are keep their texts."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from cms.localization import migrations
from cms.localization.sending.drafts import build
from cms.localization.sending.sources import snapshot
from tests.cms.localization.conftest import House, row_of
from tests.tree import fresh

pytestmark = pytest.mark.django_db

(FILE,) = Path(migrations.__file__ or "").parent.glob("*_names_of_links.py")
migration = import_module(f"{migrations.__name__}.{FILE.stem}")


def number_links(segment: StringSegment, french: Translation, words: str) -> None:
    """Puts a segment and its translation back to links named by their position, as wagtail-localize writes them."""
    attrs = json.loads(segment.attrs)
    data = segment.string.data
    for number, name in enumerate(attrs, start=1):
        data, words = (text.replace(f'id="{name}"', f'id="a{number}"') for text in (data, words))
    string, _created = String.objects.get_or_create(
        locale=segment.string.locale, data_hash=String._get_data_hash(data), defaults={"data": data}
    )
    StringSegment.objects.filter(pk=segment.pk).update(
        string=string, attrs=json.dumps({f"a{n}": value for n, value in enumerate(attrs.values(), start=1)})
    )
    StringTranslation.objects.get_or_create(
        translation_of=string, context=segment.context, locale=french.target_locale, defaults={"data": words}
    )


def test_texts_with_links_keep_their_translations(house: House, french: Translation) -> None:
    row = row_of(french, "The")
    names = list(row.attrs)
    words = f'Ayant pris acte<a id="{names[0]}">1</a> de <a id="{names[1]}">CTOC/COP/2020/3</a>.'
    before = row.segment.string_id
    number_links(row.segment, french, words)
    assert '<a id="a1">' in row_of(french, "The").segment.string.data
    migration.name_links(apps, None)
    row = row_of(french, "The")
    assert (row.segment.string_id, row.current.data if row.current else "") == (before, words)
    assert list(row.attrs) == names
    assert 'linktype="footnote">1</a> de' in build(french).body[1].value["text"].source
    # The next snapshot finds the same.
    snapshot(fresh(house.report))
    assert row_of(french, "The").segment.pk == row.segment.pk


def test_the_same_words_with_other_links_keep_it_both(house: House, french: Translation) -> None:
    text = "".join(f'<p>See <a href="/{name}">it</a>.</p>' for name in "ab")
    house.report.body = [{"type": "plain", "id": "q1", "value": {"anchor": "q", "text": text}}]
    house.report.save()
    source = snapshot(fresh(house.report))
    for segment in StringSegment.objects.filter(source=source, context__path="body.q1.text"):
        (name,) = json.loads(segment.attrs)
        number_links(segment, french, f'Voir <a id="{name}">cela</a>.')
    migration.name_links(apps, None)
    made = build(Translation.objects.get(pk=french.pk)).body[0].value["text"].source
    assert made == '<p>Voir <a href="/a">cela</a>.</p><p>Voir <a href="/b">cela</a>.</p>'
