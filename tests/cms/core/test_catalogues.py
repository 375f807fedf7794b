"""Messages found in sources, and catalogues checked, brought up to date and compiled."""

import gettext
import os
from pathlib import Path

import polib
import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from cms.core.catalogues import Message, compile_catalogue, problems, python_messages, template_messages, updated


def test_python_messages_are_found_whatever_the_function() -> None:
    source = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext
title = _("One " "text")
count = ngettext_lazy("%(n)s document", "%(n)s documents", "n")
month = pgettext("short month", "May")
dynamic = _(title)
other = print("not a message")
"""
    assert set(python_messages(source)) == {
        Message("One text"),
        Message("%(n)s document", msgid_plural="%(n)s documents"),
        Message("May", msgctxt="short month"),
    }


def test_template_messages_are_those_that_django_will_look_up() -> None:
    source = """{% load i18n %}<p title="{% translate "It's 100%" %}">{{ name|default:_("Nobody") }}</p>
{% translate 'May' context "short month" %}
{% blocktranslate trimmed count n=total %}
  {{ n }} document
{% plural %}
  {{ n }} documents
{% endblocktranslate %}"""
    assert list(template_messages(source, "page.html")) == [
        Message("It's 100%%"),
        Message("Nobody"),
        Message("May", msgctxt="short month"),
        Message("%(n)s document", msgid_plural="%(n)s documents"),
    ]


def test_a_template_with_wrong_tags_is_named() -> None:
    with pytest.raises(SyntaxError, match=r"page\.html"):
        list(template_messages("{% blocktranslate %}{% if x %}{% endif %}{% endblocktranslate %}", "page.html"))


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    result = polib.POFile()
    result.extend(entries)
    return result


def test_a_complete_catalogue_has_no_problems() -> None:
    messages = {Message("Held"): ["a.py"], Message("%(n)s day", msgid_plural="%(n)s days"): ["b.html"]}
    one = polib.POEntry(msgid="Held", msgstr="Состоялась")
    two = polib.POEntry(msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "один", 1: "%(n)s", 2: "%(n)s"})
    assert list(problems(catalogue(one, two), messages)) == []


def test_each_way_of_drifting_is_named() -> None:
    messages = {Message(text): ["a.py"] for text in ("New", "Empty", "Guessed", "Hello %(name)s")}
    drifted = catalogue(
        polib.POEntry(msgid="Old", msgstr="Старое"),
        polib.POEntry(msgid="Empty", msgstr=""),
        polib.POEntry(msgid="Guessed", msgstr="Угадано", flags=["fuzzy"]),
        polib.POEntry(msgid="Hello %(name)s", msgstr="Привет %(имя)s"),
    )
    assert list(problems(drifted, messages)) == [
        "missing: 'New' (a.py)",
        "not translated: 'Empty'",
        "not translated: 'Guessed'",
        "other placeholders: 'Hello %(name)s' is translated 'Привет %(имя)s'",
        "no longer used: 'Old'",
    ]


def test_bringing_up_to_date_keeps_translations_and_drops_what_is_unused() -> None:
    old = catalogue(polib.POEntry(msgid="Held", msgstr="Состоялась"), polib.POEntry(msgid="Old", msgstr="Старое"))
    messages = {Message("New"): ["b.py"], Message("Held"): ["a.py"], Message("day", msgid_plural="days"): ["c.html"]}
    new = updated(old, "ru", messages)
    assert [(entry.msgid, entry.msgstr) for entry in new] == [("New", ""), ("Held", "Состоялась"), ("day", "")]
    assert new[2].msgstr_plural == {0: "", 1: "", 2: ""}


def test_the_commands_make_catalogues_that_python_reads(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [str(tmp_path)]
    call_command("check_catalogues", write=True)
    for locale, forms in {"fr": 2, "es": 2, "ru": 3, "ar": 6, "zh_Hans": 1}.items():
        path = tmp_path / locale / "LC_MESSAGES" / "django.po"
        written = polib.pofile(str(path))
        assert len(written) > 0
        assert f"nplurals={forms};" in written.metadata["Plural-Forms"]
    with pytest.raises(CommandError, match="ru: not translated"):
        call_command("check_catalogues")

    russian = tmp_path / "ru" / "LC_MESSAGES" / "django.po"
    catalog = polib.pofile(str(russian))
    catalog.append(
        polib.POEntry(msgid="plenary test", msgid_plural="x", msgstr_plural={0: "день", 1: "дня", 2: "дней"})
    )
    catalog.save()
    call_command("compile_catalogues")
    with russian.with_suffix(".mo").open("rb") as compiled:
        translations = gettext.GNUTranslations(compiled)
    days_counted = [translations.ngettext("plenary test", "x", number) for number in (1, 3, 5, 11, 21)]
    assert days_counted == ["день", "дня", "дней", "дней", "день"]


def test_a_catalogue_is_compiled_once_and_again_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    path.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "a"\nmsgstr "б"\n')
    assert compile_catalogue(path) is True
    later = path.stat().st_mtime + 1
    os.utime(path.with_suffix(".mo"), (later, later))
    assert compile_catalogue(path) is False
    os.utime(path, (later + 1, later + 1))
    assert compile_catalogue(path) is True


def test_a_broken_catalogue_is_named_and_the_others_are_compiled(tmp_path: Path, settings: Settings) -> None:
    settings.LOCALE_PATHS = [str(tmp_path)]
    for locale, text in {"ar": 'msgid "a\nmsgstr', "ru": 'msgid "a"\nmsgstr "б"\n'}.items():
        folder = tmp_path / locale / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "django.po").write_text(text)
    with pytest.raises(CommandError, match="ar"):
        call_command("compile_catalogues")
    assert (tmp_path / "ru" / "LC_MESSAGES" / "django.mo").exists()
