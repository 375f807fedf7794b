"""Files that are no translations of a page, by accident or on purpose: each gets a sentence."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail_localize.models import Translation

from cms.localization.exchange import xliff_1, xliff_2
from cms.localization.exchange.bundle import contents
from cms.localization.exchange.reading import read_file
from cms.localization.exchange.taking import take
from cms.localization.exchange.units import head_of
from cms.localization.foreign import FileRefusedError


def file_of(head: str, units: str = "<trans-unit id='1'><source>a</source></trans-unit>") -> bytes:
    body = f"<file {head}><body>{units}</body></file>"
    return f'<xliff xmlns="{xliff_1.NAMESPACE}" version="1.2">{body}</xliff>'.encode()


PAGE = "original='0b5b7f2e-4d4c-4f0a-8a57-3f6b0a4b8f11'"
HOSTILE = {
    "a thousand laughs": b'<!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><xliff>&b;</xliff>',
    "a file of the machine": b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff>&a;</xliff>',
    "the same in UTF-16": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xliff>&a;</xliff>'.encode("utf-16"),
    "very deep": b"<xliff>" + b"<g>" * 5_000 + b"</g>" * 5_000 + b"</xliff>",
    "half a file": b'<?xml version="1.0"?><xliff version="1.2"><file>',
    "a web page": b"<!doctype html><html><body><p>Hello</p></body></html>",
    "another XML": b"<tbx/>",
    "no version": b'<xliff version="1.2"><file/></xliff>',
    "version 1.1": b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.1" version="1.1"/>',
    "no file in it": f'<xliff xmlns="{xliff_1.NAMESPACE}"/>'.encode(),
    "no file in version 2": f'<xliff xmlns="{xliff_2.NAMESPACE}"/>'.encode(),
    "two files": f'<xliff xmlns="{xliff_1.NAMESPACE}"><file/><file/></xliff>'.encode(),
    "of another program": file_of("original='index.html' source-language='en' target-language='fr'"),
    "no language": file_of(PAGE),
    "a language of elsewhere": file_of(f"{PAGE} source-language='en' target-language='tlh'"),
    "no texts": file_of(f"{PAGE} source-language='en' target-language='fr'", ""),
    "nothing": b"  \n",
    "NULs": b"\x00" * 50,
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a ZIP file": b"PK\x03\x04\x14\x00\x00\x00",
    "no encoding there is": b'<?xml version="1.0" encoding="klingon"?><xliff/>',
    "another encoding than it says": '<?xml version="1.0" encoding="utf-8"?><xliff>é</xliff>'.encode("latin-1"),
    "no header": b'<tmx version="1.4"><body/></tmx>',
    "a memory of elsewhere": b'<tmx version="1.4"><header/><body/></tmx>',
    "a memory with a language of elsewhere": b"<tmx><header srclang='tlh'><prop type='x-page'>1</prop></header></tmx>",
    "a program's catalogue": b'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "Open"\nmsgstr "Ouvrir"\n',
    "half a catalogue": b'msgid ""\nmsgstr "Lang',
    "a broken catalogue": b'msgid "a\nmsgstr "b\nmsgstr[x] "c"\nmsgid "\\"\nmsgstr nothing\n',
    "a catalogue in Latin-1": 'msgid ""\nmsgstr "é"\n'.encode("latin-1"),
    "a catalogue in UTF-16": 'msgid ""\nmsgstr ""\n'.encode("utf-16"),
    "the name of a file": b"/etc/hostname#msgid#msgstr",
    "too large": b"<xliff>" + b" " * (20 * 1024 * 1024),
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_foreign_file_gets_a_sentence(name: str, french: Translation) -> None:
    with pytest.raises(FileRefusedError) as refusal:
        take(french, read_file(HOSTILE[name]), None, confirm=False)
    assert str(refusal.value).endswith((".", "”."))


@pytest.mark.shared
@pytest.mark.django_db
def test_documents_that_somebody_takes_for_translations_get_a_sentence(shared: Path, french: Translation) -> None:
    paths = [*(shared / "files" / "docx").iterdir(), *(shared / "files" / "pdf").iterdir()][:12]
    paths += list((shared / "documents").glob("*.txt"))
    told = 0
    for path in paths:
        if not path.is_file() or path.stat().st_size > 8_000_000:
            continue
        with pytest.raises(FileRefusedError):
            brought(path, french)
        told += 1
    assert told > 10


def brought(path: Path, translation: Translation) -> None:
    """What happens to a file that somebody brings to a translation's page."""
    with path.open("rb") as file:
        for _name, content in contents(path.name, path.stat().st_size, file):
            read_file(content if isinstance(content, bytes) else b"", head_of(translation))


PIECES = r"""msgid "a" msgstr "b" msgid msgstr msgctxt "x" #, fuzzy #| #~ " \ <tmx> <header /> <xliff> <!-- -->
 <![CDATA[ ]]> &amp; msgid_plural msgstr[0]"""
WORDS = st.sampled_from([*PIECES.split(), "\n", " "])


@given(st.one_of(st.binary(max_size=200), st.lists(WORDS, max_size=30).map(lambda words: "".join(words).encode())))
def test_any_bytes_get_a_sentence(content: bytes) -> None:
    with pytest.raises(FileRefusedError):
        read_file(content)
