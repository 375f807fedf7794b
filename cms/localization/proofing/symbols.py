"""Symbols of documents and decisions: the same in every language, but for the letters of some decision series."""

import re
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.localization.proofing.findings import Finding, Kind, Pair, Rules, Severity
from documents.importing.dates import even_out
from documents.symbols.finding import FoundSymbol, find_symbols
from documents.symbols.folding import fold_lookalikes, loose_key
from documents.symbols.series import SeriesTable

# No symbol is without one of these.
_HINT = re.compile(r"[/／]|ITU|UIT|МСЭ")
MISSING = gettext_lazy("The symbol %(symbol)s is missing from the translation.")
EXTRA = gettext_lazy("The symbol %(symbol)s is not in the source.")


def symbol_findings(pair: Pair, rules: Rules) -> tuple[list[Finding], str, str]:
    """What is wrong with the symbols of a translation, and both texts without the symbols, for the other checks."""
    if not _HINT.search(pair.plain_source) and not _HINT.search(pair.plain_target):
        return [], pair.plain_source, pair.plain_target
    of_source = _find(pair.plain_source, rules.source, rules.source_series, rules.tables.heads)
    of_target = _find(pair.plain_target, rules.target, rules.target_series, rules.tables.heads)
    lost = _lacking(of_source, of_target, pair.plain_target)
    called = [symbol for symbol in lost if _is_called(symbol, pair.plain_target)]
    missing = [symbol for symbol in lost if symbol not in called]
    extra = _lacking(of_target, of_source, pair.plain_source)
    findings = [_finding(MISSING, symbol, Severity.ERROR) for symbol in missing]
    findings += [_finding(MISSING, symbol, Severity.WARNING) for symbol in called]
    if not lost:  # one that is there in place of another is told by the other
        findings += [_finding(EXTRA, symbol, Severity.WARNING) for symbol in extra]
    findings += [found for symbol in of_target if symbol not in extra for found in _spelling(symbol, rules)]
    # One that was found in one text alone and yet stands in the other stays in both: its numbers are compared.
    left_source = [one for one in of_source if one in missing or _known(one, of_target)]
    unheard = [one for one in extra if not _is_called(one, pair.plain_source)]
    left_target = [one for one in of_target if one in unheard or _known(one, of_source)]
    return (
        list(dict.fromkeys(findings)),
        _without(pair.plain_source, left_source),
        _without(pair.plain_target, left_target),
    )


def _find(text: str, language: str, table: SeriesTable, heads: frozenset[str]) -> list[FoundSymbol]:
    # Word's hyphen that does not break is one to the eye, in "ITU‑T E.119" as elsewhere.
    return find_symbols(text.replace("\u2011", "-"), language, table, heads) if _HINT.search(text) else []


def _known(symbol: FoundSymbol, others: Sequence[FoundSymbol]) -> bool:
    return any(symbol.key == other.key for other in others)


def _lacking(symbols: Sequence[FoundSymbol], others: Sequence[FoundSymbol], text: str) -> list[FoundSymbol]:
    """Those of the symbols that the other text does not print, in whatever spelling, each once."""
    left = {symbol.key: symbol for symbol in symbols if not _known(symbol, others)}
    if not left:
        return []
    loose = loose_key(text)
    return [
        symbol for symbol in left.values() if not re.search(rf"{re.escape(loose_key(symbol.canonical))}(?!\d)", loose)
    ]


def _is_called(symbol: FoundSymbol, text: str) -> bool:
    """Whether all its numbers are there: A/RES/48/161 may be called "resolution 48/161"."""
    numbers = set(re.findall("[0-9]+", symbol.canonical))
    return bool(numbers) and numbers <= set(re.findall("[0-9]+", even_out(text)))


def _finding(sentence: Promise, symbol: FoundSymbol, severity: Severity) -> Finding:
    return Finding(Kind.SYMBOL, severity, str(sentence) % {"symbol": symbol.printed}, symbol.canonical)


def _spelling(symbol: FoundSymbol, rules: Rules) -> list[Finding]:
    """Decision letters of another language, and letters of another alphabet that only look like those of a symbol."""
    if letters := rules.target_series.pattern.fullmatch(symbol.printed):
        own = rules.target_series.printed.get((symbol.canonical.partition("-")[0], rules.target))
        if own is None or not letters["letters"].isascii():
            return []
        number = f"{letters['session']}/{letters['number']}"
        sentence = _("In this language the decision %(printed)s is %(right)s.") % {
            "printed": symbol.printed,
            "right": f"{own}-{number}",
        }
        return [Finding(Kind.SYMBOL, Severity.WARNING, sentence, symbol.canonical)]
    if symbol.canonical.startswith("ITU-") or not _is_mixed(symbol.printed, rules.target):
        return []
    sentence = _("The symbol %(symbol)s is written with letters of another alphabet.") % {"symbol": symbol.printed}
    return [Finding(Kind.SYMBOL, Severity.WARNING, sentence, symbol.printed)]


def _is_mixed(printed: str, language: str) -> bool:
    """Whether letters of two alphabets stand in one part. Russian documents print whole parts in Cyrillic letters."""
    if language != "ru":
        return fold_lookalikes(printed) != printed
    return any(
        re.search("[A-Za-z]", part) and fold_lookalikes(part) != part for part in re.split(r"[/／.\s\-]", printed)
    )


def _without(text: str, symbols: Sequence[FoundSymbol]) -> str:
    for symbol in reversed(symbols):
        text = f"{text[: symbol.start]} {text[symbol.end :]}"
    return text
