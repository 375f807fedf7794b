"""The table of languages."""

import pytest
from django.conf import settings
from django.utils import translation

from cms.core import languages


def test_table_and_settings_name_the_same_languages() -> None:
    assert [(entry.code, entry.name) for entry in languages.LANGUAGES] == list(settings.LANGUAGES)


@pytest.mark.parametrize("code", ["zh-hans", "zh", "zh-Hans", "ZH-HANS", "zh-cn"])
def test_chinese_is_found_by_every_code(code: str) -> None:
    entry = languages.language(code)
    assert (entry.code, entry.short, entry.html_lang, entry.name) == ("zh-hans", "zh", "zh-Hans", "中文")


def test_a_country_is_left_aside() -> None:
    assert languages.language("fr-CA").code == "fr"


def test_only_arabic_runs_from_the_right() -> None:
    assert [entry.code for entry in languages.LANGUAGES if languages.direction(entry.code) == "rtl"] == ["ar"]


@pytest.mark.parametrize("code", ["", "de", "x", "english"])
def test_an_unknown_language_is_refused_by_name(code: str) -> None:
    with pytest.raises(LookupError, match=repr(code)):
        languages.direction(code)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/zh/documents/S/RES/2770/", "zh-hans"),
        ("/ru/", "ru"),
        ("/ar", "ar"),
        ("/", None),
        ("/rules/", None),
        ("/zh-hans/", None),
        ("/documents/en/", None),
    ],
)
def test_language_of_an_address(path: str, code: str | None) -> None:
    assert languages.from_path(path) == code


def test_short_codes_lead_back_to_themselves() -> None:
    for entry in languages.LANGUAGES:
        assert languages.from_short(languages.short_code(entry.code)) == entry.code
    assert languages.from_short("zh-hans") is None


def test_readers_language_comes_first_and_the_others_keep_their_order() -> None:
    assert languages.reading_order("ru") == ["ru", "en", "fr", "es", "ar", "zh-hans"]
    assert languages.reading_order("zh") == ["zh-hans", "en", "fr", "es", "ru", "ar"]
    assert languages.reading_order("en") == ["en", "fr", "es", "ru", "ar", "zh-hans"]


def test_labels_are_words_of_the_interface() -> None:
    with translation.override("en"):
        assert str(languages.language("ar").label) == "Arabic"
