"""PO, the format of GNU gettext: for editors such as Poedit, and platforms such as Weblate. Codes stand as they are."""

import re
from collections.abc import Iterable, Iterator

import polib
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.localization.exchange.units import Given, Head, Parts, Reading, Unit, counted, head_in, text_of, version_in
from cms.localization.foreign import NO_XML, FileRefusedError
from cms.localization.models import SegmentReview

# In the file's head, beside gettext's own: what names the page, and this file.
PAGE, SOURCE, EXPORT = "X-Plenary-Page", "X-Source-Language", "X-Plenary-Export"
# Before the number of a text's version, in the comment that programs keep with it.
VERSION = "version"
# Behind the place of a text that stands there a second time, in other links.
AGAIN = "#"
_LINE = re.compile(r"^\s*(msgid|msgstr)\b", re.MULTILINE)


def write(head: Head, units: Iterable[Unit]) -> bytes:
    """The texts of a page as a file. What nobody stands by is "fuzzy"."""
    file = polib.POFile(wrapwidth=0)
    moment = timezone.now().strftime("%Y-%m-%d %H:%M%z")
    file.metadata = {
        "Project-Id-Version": " ".join(NO_XML.sub("", head.title).split()),
        "POT-Creation-Date": moment,
        "PO-Revision-Date": moment,
        "Language": head.target.html_lang.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        SOURCE: head.source.html_lang,
        PAGE: head.page,
        EXPORT: head.export,
    }
    times: dict[tuple[str, str], int] = {}
    for unit in units:
        entry = _entry(unit)
        number = times[entry.msgctxt, entry.msgid] = times.get((entry.msgctxt, entry.msgid), 0) + 1
        if number > 1:
            entry.msgctxt += f"{AGAIN}{number}"
        file.append(entry)
    return str(file).encode()


def _entry(unit: Unit) -> polib.POEntry:
    source, translated = unit.previous
    signs = (
        f"{sign.opening}{'…' if sign.closing else ''}{sign.closing} {sign.kind} {sign.detail}".strip()
        for sign in unit.coded.signs()
    )
    lines = [unit.place, *signs]
    if unit.longest:
        lines.append(_("At most %(most)s characters.") % {"most": unit.longest})
    entry = polib.POEntry(
        msgctxt=unit.path,
        msgid=_plain(unit, unit.source),
        msgstr=_plain(unit, unit.target or translated),
        comment="\n".join([*(" ".join(line.split()) for line in lines), f"{VERSION} {unit.row.version}"]),
    )
    if translated:
        entry.previous_msgid = _plain(unit, source)
    if entry.msgstr and unit.row.state not in SegmentReview.FINISHED:
        entry.flags.append("fuzzy")
    return entry


def _plain(unit: Unit, parts: Parts) -> str:
    return NO_XML.sub("", text_of(parts, unit.coded))


def looks_like(content: bytes) -> bool:
    """Whether a file may be one of these, in any encoding of ASCII's letters."""
    return b"msgid" in content and b"msgstr" in content


def read(content: bytes) -> Reading:
    """What a file says of one page. Raises FileRefusedError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefusedError(_("The PO file is not in UTF-8. Save it in that encoding.")) from error
    if len(_LINE.findall(text)) < 2:
        raise FileRefusedError(_("This is no PO file."))
    try:
        # With a line's end polib cannot take it for a file's name.
        file = polib.pofile(f"{text}\n", encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError, LookupError, AttributeError, TypeError) as error:
        raise FileRefusedError(_("The PO file is damaged and cannot be read.")) from error
    head = file.metadata
    return Reading(
        head_in(head.get(PAGE), head.get(SOURCE), str(head.get("Language", "")).replace("_", "-"), head.get(EXPORT)),
        counted(_read(file)),
    )


def _read(file: polib.POFile) -> Iterator[Given]:
    for entry in file:
        if entry.obsolete:
            continue
        path = (entry.msgctxt or "").partition(AGAIN)[0]
        problem = _("Plurals have no place in a page.") if entry.msgid_plural else ""
        lines = (entry.comment or "").split("\n")
        version = next((line for line in lines if line.startswith(f"{VERSION} ")), None)
        # A former translation beside the former source is an offer, until its translator says it is done.
        is_offer = entry.fuzzy and bool(entry.previous_msgid)
        yield Given(
            entry.msgctxt or "",
            (entry.msgid,),
            (entry.msgstr,) if entry.msgstr else (),
            path=path,
            done=bool(entry.msgstr) and not entry.fuzzy,
            is_open=not entry.msgstr or is_offer,
            version=version_in(version),
            problem=problem,
        )
