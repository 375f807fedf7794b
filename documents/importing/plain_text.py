"""Plain text: the encoding of its bytes told, and repaired text as a source."""

import re

from documents.importing.cleaning import clean_characters, clean_markup
from documents.importing.footnotes import lift_marked_notes
from documents.importing.formats import sniff
from documents.importing.refusal import Refused
from documents.importing.source import SourceText

MAX_TEXT_BYTES = 20 * 1024 * 1024
_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

# Legacy encodings of the six languages. The letters are the language's most frequent ones: text decoded with the
# wrong table consists of other letters, so the table whose letters are the likeliest wins.
_RUSSIAN, _ARABIC = "оеаинтсрвлкмдпуяы", "اليمنتوربدعةسفكأحق"
_LATIN = "éèàçêôîûùëïñóíáúü«»—–’“”°ºª…œÉÀÑ¿¡"
_CHINESE = "的和国在一会是议有不人大合为了第员权中联以行对及成日关际理各于其这条本出务上或决报告"
_LEGACY = (
    ("cp1251", _RUSSIAN),
    ("koi8-r", _RUSSIAN),
    ("iso8859-5", _RUSSIAN),
    ("cp866", _RUSSIAN),
    ("cp1256", _ARABIC),
    ("iso8859-6", _ARABIC),
    ("cp1252", _LATIN),
    ("gb18030", _CHINESE),
    ("big5", _CHINESE),
)
_READABLE = re.compile(
    "[\\t\\n\\r\\f -~\u00a0-\u017f\u0400-\u045f\u0600-\u06ff\u2010-\u2026\u3000-\u3011\u4e00-\u9fff\uff00-\uff1f]"
)
_UTF16_SURE = 0.8  # share of readable characters; the wrong byte order gives under a half
_LEGACY_SAMPLE = 20_000  # bytes
_LEGACY_SURE = 0.3  # share of frequent letters among the non-ASCII ones; right tables give 0.4 to 0.9

_WEB_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"</?(?:div|span|p|a|td|tr|table|script|style|li|ul|meta|link)\b[^<>]{0,300}>", re.IGNORECASE)
_ERROR_PAGE = re.compile(
    r"(?:document|page|file|resource|url|link)\b[^.]{0,80}\b(?:does not exist|doesn.t exist|not (?:be )?found"
    r"|is unavailable)"
    r"|\b(?:404|403|500|502|503)\b[^.\n]{0,20}\b(?:not found|forbidden|error|unavailable|bad gateway)"
    r"|\berror (?:404|403|500|502|503)\b|\baccess (?:is |was )?denied\b|service (?:is )?(?:temporarily )?unavailable"
    r"|(?:document|page)\b[^.]{0,60}\b(?:n.existe pas|introuvable|no existe|no se encuentra)"
    r"|(?:документ|страница)[^.]{0,60}не (?:найден|существует)|(?:找不到|不存在|无法找到)[^。]{0,20}(?:页面|文件|文档)?"
    r"|(?:الصفحة|الوثيقة)[^.]{0,60}غير موجودة",
    re.IGNORECASE,
)
_ERROR_PAGE_LENGTH = 1_500  # characters; a longer text is a document, whatever it says


def read_plain_text(data: bytes) -> SourceText:
    """The text of a plain-text file's bytes; `decode` says what is refused."""
    return plain_source(decode(data))


def plain_source(text: str) -> SourceText:
    """A plain text as a source: repaired, and with the notes that a converter marked lifted out."""
    text, notes = lift_marked_notes(clean_markup(clean_characters(text)))
    return SourceText(text, tuple(notes))


def decode(data: bytes) -> str:
    """The text of a plain-text file's bytes: UTF-8, UTF-16, UTF-32, or a legacy encoding of the six languages.

    Raises Refused for empty, binary and undecodable data, for web pages and for error pages.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise Refused("The text file is larger than 20 MB.")
    if not data.strip(b" \t\r\n\f\x00"):
        raise Refused("The file is empty.")
    if sniff(data) != "txt":
        raise Refused("The file is no plain text.")
    text = _decode_any(data)
    _refuse_unreadable(text)
    _refuse_web_page(text)
    return text


def _decode_any(data: bytes) -> str:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x00" in data[:4096]:
        return _strictly(data, _utf16_order(data))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4:  # a file cut off inside its last character
            return data[: error.start].decode("utf-8")
    return data.decode(_legacy_encoding(data), errors="replace")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(f"The file says it is {encoding.upper().removesuffix('-SIG')} text, but it is not.") from error


def _utf16_order(data: bytes) -> str:
    """The byte order of UTF-16 text without a mark: the one that gives characters of the six languages."""
    sample = data[: 4096 - len(data) % 2]
    shares = {encoding: _readable_share(sample, encoding) for encoding in ("utf-16-le", "utf-16-be")}
    best = max(shares, key=lambda encoding: shares[encoding])
    if shares[best] < _UTF16_SURE:
        raise Refused("The file is binary, not text.")
    return best


def _readable_share(sample: bytes, encoding: str) -> float:
    """The share of a text's characters that Latin, Cyrillic, Arabic or Chinese text is made of."""
    text = sample.decode(encoding, errors="replace")
    return sum(bool(_READABLE.match(character)) for character in text) / max(1, len(text))


def _legacy_encoding(data: bytes) -> str:
    sample = data[:_LEGACY_SAMPLE]
    scores = {encoding: _likelihood(sample, encoding, letters) for encoding, letters in _LEGACY}
    best = max(scores, key=lambda encoding: scores[encoding])
    if scores[best] < _LEGACY_SURE:
        raise Refused("The file's encoding cannot be recognised; save it as UTF-8.")
    return best


def _likelihood(sample: bytes, encoding: str, frequent: str) -> float:
    """The share of a language's most frequent letters among the non-ASCII characters that an encoding gives."""
    text = sample.decode(encoding, errors="replace")
    other = [character for character in text if not character.isascii()]
    if not other or text.count("\ufffd") > len(text) / 200:
        return 0.0
    if frequent is _LATIN and len(other) > len(text) / 5:
        return 0.0  # accented letters are few among plain ones; a text full of them is in another script
    share = sum(character in frequent for character in other) / len(other)
    return share * 2 if frequent is _CHINESE else share  # forty characters make a fifth of Chinese text


def _refuse_unreadable(text: str) -> None:
    solid = [character for character in text if not character.isspace()]
    controls = sum(character < " " and character not in "\t\n\r\f\v\x02\x1c\x1d\x1e\x1f" for character in text)
    if controls > max(3, len(text) / 500) or text.count("\ufffd") > max(3, len(text) / 100):
        raise Refused("The file is binary, not text.")
    letters = sum(character.isalpha() for character in solid)
    if letters < 8:
        raise Refused("The file holds no text.")
    if letters < len(solid) * 0.3:
        raise Refused("The file holds hardly any letters: its text layer is unusable.")


def _refuse_web_page(text: str) -> None:
    if _WEB_PAGE.match(text[:3000]) or len(_TAG.findall(text[:200_000])) > max(20, len(text[:200_000]) / 300):
        raise Refused("The file is a web page, not a document.")
    if len(text) < _ERROR_PAGE_LENGTH and _ERROR_PAGE.search(" ".join(text.split())):
        raise Refused("The file is an error page, not a document.")
