"""The glossary as TBX (ISO 30042), the form in which terminology programs exchange terms.

Written as version 3, dialect TBX-Basic in its DCA style. Read: versions 2 and 3 in either style, as far as terms,
their status, sources and notes go.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from lxml import etree

from cms.core.keys import uid_in
from cms.core.languages import html_lang
from cms.core.languages import language as language_entry
from cms.localization.foreign import NO_XML, XML_LANG, FileRefusedError, local_name, parsed
from cms.localization.glossary.termbase.entries import MOST_ENTRIES, Entry, EntryName
from cms.localization.models import Term, TermName

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

Use = TermName.Use
STATUS = {
    Use.PREFERRED: "preferredTerm-admn-sts",
    Use.ADMITTED: "admittedTerm-admn-sts",
    Use.FORBIDDEN: "deprecatedTerm-admn-sts",
}
# How the values of a status begin, in the data category registry's names, long and short.
USES = {
    "preferred": Use.PREFERRED,
    "standardized": Use.PREFERRED,
    "legal": Use.PREFERRED,
    "regulated": Use.PREFERRED,
    "admitted": Use.ADMITTED,
    "deprecated": Use.FORBIDDEN,
    "superseded": Use.FORBIDDEN,
    "forbidden": Use.FORBIDDEN,
    "notrecommended": Use.FORBIDDEN,
}
STATUSES = {"administrativestatus", "normativeauthorization"}


def write(terms: Iterable[Term], title: str) -> bytes:
    """The terms as a TBX file with this title. Prefetch their names."""
    root = etree.Element("tbx", nsmap={None: NAMESPACE}, attrib={"type": "TBX-Basic", "style": "dca", XML_LANG: "en"})
    description = etree.SubElement(etree.SubElement(root, "tbxHeader"), "fileDesc")
    _add(etree.SubElement(description, "titleStmt"), "title", title)
    _add(etree.SubElement(description, "sourceDesc"), "p", title)
    body = etree.SubElement(etree.SubElement(root, "text"), "body")
    for term in terms:
        concept = etree.SubElement(body, "conceptEntry", id=f"c-{term.uid}")
        if term.source:
            _add(concept, "admin", term.source, type="source")
        if term.note:
            _add(concept, "note", term.note)
        sections: dict[str, Any] = {}
        for name in term.names.all():
            if name.language not in sections:
                section = etree.SubElement(concept, "langSec")
                section.set(XML_LANG, html_lang(name.language))
                sections[name.language] = section
            section = etree.SubElement(sections[name.language], "termSec")
            _add(section, "term", name.text)
            _add(section, "termNote", STATUS[Use(name.use)], type="administrativeStatus")
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return content


def _add(parent: Any, name: str, text: str, **attributes: str) -> None:
    etree.SubElement(parent, name, attrib=attributes).text = NO_XML.sub("", text)


def read(content: bytes) -> Iterator[Entry]:
    """The terms of a TBX file. Raises FileRefusedError."""
    root = parsed(content)
    if local_name(root) not in {"tbx", "martif"}:
        raise FileRefusedError(_("This is no TBX file: it begins with <%(name)s>.") % {"name": local_name(root)[:40]})
    for number, element in enumerate(root.iter("{*}conceptEntry", "{*}termEntry"), start=1):
        if number > MOST_ENTRIES:
            raise FileRefusedError(_("The file has more than %(most)s terms.") % {"most": MOST_ENTRIES})
        yield _entry(number, element)


def _entry(number: int, element: Any) -> Entry:
    names: list[EntryName] = []
    ignored: list[str] = []
    for section in element.iterchildren("{*}langSec", "{*}langSet"):
        given = section.get(XML_LANG) or section.get("lang") or ""
        try:
            language = language_entry(given).code
        except LookupError:
            ignored.append(_("“%(language)s” is no language of this site.") % {"language": given[:40]})
            continue
        for position, one in enumerate(section.iter("{*}termSec", "{*}tig", "{*}ntig")):
            text = next((_text(term) for term in one.iter("{*}term")), "")
            if text:
                names.append(EntryName(language, text, _use(one) or (Use.ADMITTED if position else Use.PREFERRED)))
    source = _first(element, lambda one: local_name(one) == "source" or one.get("type") == "source")
    note = _lines(next((one for one in element.iterchildren("{*}note")), None))
    return Entry(_("Term %(number)s") % {"number": number}, tuple(names), _uid(element), source, note, tuple(ignored))


def _use(section: Any) -> str:
    """The use that a term's status names; empty where it has none that is known."""
    for one in section.iter("{*}*"):
        if local_name(one).lower() in STATUSES or (one.get("type") or "").lower() in STATUSES:
            value = _text(one).lower().replace("-", "").replace(" ", "")
            return next((use for beginning, use in USES.items() if value.startswith(beginning)), "")
    return ""


def _uid(element: Any) -> UUID | None:
    """The id that this glossary gave the term, if it did."""
    return uid_in((element.get("id") or element.get(XML_ID) or "").removeprefix("c-"))


def _first(element: Any, fits: Any) -> str:
    """The text of the first child that fits; children of a language or a term are theirs."""
    return next((_text(child) for child in element.iterchildren("{*}*") if fits(child)), "")


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _lines(element: Any) -> str:
    """The text of an element in its lines, without the spaces at their ends."""
    if element is None:
        return ""
    return "\n".join(" ".join(line.split()) for line in "".join(element.itertext()).strip().split("\n"))
