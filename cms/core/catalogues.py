"""Message catalogues without GNU gettext: what the source asks to have translated, and what locale/ answers.

Django's own commands need xgettext, msgmerge and msgfmt, which a fresh machine does not have. Python sources are read
as syntax trees; templates go through Django's own reader of translation tags. A catalogue never holds a guessed
translation: a message whose wording changes is a new message.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

# What each function takes: its arguments in order, before any other.
SIGNATURES = {
    "gettext": ("msgid",),
    "ngettext": ("msgid", "msgid_plural"),
    "pgettext": ("msgctxt", "msgid"),
    "npgettext": ("msgctxt", "msgid", "msgid_plural"),
}
FUNCTIONS = {f"{name}{ending}": taken for name, taken in SIGNATURES.items() for ending in ("", "_lazy")}
FUNCTIONS |= {"_": ("msgid",), "gettext_noop": ("msgid",)}

# One call in what `templatize` writes; all else there is blanked out.
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(({STRING}(?:, ?{STRING})*)")
PLACEHOLDER = re.compile(r"%%|%\((\w+)\)[a-z]|%[a-z]|\{(\w*)\}")

# The plural rules of the Unicode Common Locale Data Repository, as gettext writes them (fr and es without the form
# for whole millions, which no message here counts).
PLURAL_FORMS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "zh_Hans": "nplurals=1; plural=0;",
}

# The language of the source. Its catalogue repeats the source, so that English is chosen as any other language is.
SOURCE_LOCALE = "en"


@dataclass(frozen=True)
class Message:
    """One message of the source, with the context and the plural that go with it."""

    msgid: str
    msgctxt: str | None = None
    msgid_plural: str = ""


def python_messages(source: str) -> Iterator[Message]:
    """The messages of a Python module. Raises SyntaxError when it is none."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        taken = FUNCTIONS.get(name, ())
        values = [argument.value for argument in node.args[: len(taken)] if isinstance(argument, ast.Constant)]
        texts = [value for value in values if isinstance(value, str)]
        if taken and len(texts) == len(taken):
            yield Message(**dict(zip(taken, texts, strict=True)))


def template_messages(source: str, name: str) -> Iterator[Message]:
    """The messages of a Django template. Raises SyntaxError, naming the template, when its tags are wrong."""
    for call in TEMPLATE_CALL.finditer(templatize(source, origin=name)):
        texts = ast.literal_eval(f"({call[2]},)")
        yield Message(**dict(zip(FUNCTIONS[call[1]], texts, strict=True)))


def source_messages(root: Path, folders: list[str]) -> dict[Message, list[str]]:
    """Every message below the folders, in the order of files and lines, with the files that hold it.

    Migrations are left out: their labels are history.
    """
    found: dict[Message, list[str]] = {}
    files = (path for folder in folders for path in sorted((root / folder).rglob("*")))
    for path in files:
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts or "static" in path.parts:
            continue
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        messages = python_messages(source) if path.suffix == ".py" else template_messages(source, name)
        for message in messages:
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    return found


def updated(old: polib.POFile, locale: str, messages: dict[Message, list[str]]) -> polib.POFile:
    """The catalogue of a locale ("ru", "zh_Hans") with exactly these messages, translated as far as the old one is."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in old if not entry.obsolete}
    new = polib.POFile(wrapwidth=100)
    new.metadata = {
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[locale],
    }
    forms = int(PLURAL_FORMS[locale].removeprefix("nplurals=")[0])
    for message, places in messages.items():
        entry = polib.POEntry(msgid=message.msgid, msgctxt=message.msgctxt, msgid_plural=message.msgid_plural)
        entry.occurrences = [(place, "") for place in places]
        if "%(" in message.msgid + message.msgid_plural:
            entry.flags.append("python-format")
        former = known.get((message.msgctxt, message.msgid))
        if locale == SOURCE_LOCALE:
            entry.msgstr = "" if message.msgid_plural else message.msgid
            entry.msgstr_plural = {0: message.msgid, 1: message.msgid_plural} if message.msgid_plural else {}
        elif message.msgid_plural:
            texts = former.msgstr_plural if former else {}
            entry.msgstr_plural = {form: texts.get(form, "") for form in range(forms)}
        elif former:
            entry.msgstr = former.msgstr
        new.append(entry)
    return new


def problems(catalogue: polib.POFile, messages: dict[Message, list[str]]) -> Iterator[str]:
    """What keeps a catalogue from being the complete translation of these messages, one line each."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    wanted = {(message.msgctxt, message.msgid): message for message in messages}
    for key, message in wanted.items():
        entry = entries.get(key)
        if entry is None or entry.msgid_plural != message.msgid_plural:
            yield f"missing: {message.msgid!r} ({', '.join(messages[message])})"
        elif entry.fuzzy or not entry.translated():
            yield f"not translated: {message.msgid!r}"
        else:
            yield from placeholder_problems(entry)
    for key in entries.keys() - wanted.keys():
        yield f"no longer used: {key[1]!r}"


def placeholder_problems(entry: polib.POEntry) -> Iterator[str]:
    """Translations that name other placeholders than their message does. A form for one or two may leave one out."""
    wanted = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
    for text in entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]:
        given = placeholders(text)
        if not given <= wanted or (not entry.msgid_plural and given != wanted):
            yield f"other placeholders: {entry.msgid!r} is translated {text!r}"


def placeholders(text: str) -> set[str]:
    """The places in a text that the program fills in: %(name)s, %s, {name}."""
    return {found[0] for found in PLACEHOLDER.finditer(text) if found[0] != "%%"}


def compile_catalogue(path: Path) -> bool:
    """Write the .mo beside a .po unless it is there and newer, and say whether it was written.

    Raises OSError when the file cannot be read as a catalogue.
    """
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime > path.stat().st_mtime:
        return False
    # In one step, since a running site may be reading it.
    unfinished = path.with_suffix(".mo.part")
    polib.pofile(str(path)).save_as_mofile(str(unfinished))
    unfinished.replace(compiled)
    return True
