"""The writing of the target: its script, look-alike letters, and texts that were left as they were."""

import re

from django.utils.translation import gettext as _

from cms.core.languages import LANGUAGES
from cms.localization.glossary.stems import HAN
from cms.localization.proofing.findings import Finding, Kind, Pair, Rules, Severity
from documents.symbols.folding import fold_lookalikes

_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_CYRILLIC = "\u0400-\u052f"
_ARABIC = "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff"
_SCRIPTS = {"ru": _CYRILLIC, "ar": _ARABIC, "zh": HAN}
_LETTERS = {one.short: re.compile(f"[{_SCRIPTS.get(one.short, _LATIN)}]") for one in LANGUAGES}
# A word that is written, not an acronym or a name: in small letters where the script has them.
_WORD = re.compile(
    rf"(?<![\w@./\-])(?:[a-z\u00df-\u024f]{{2,}}|[{_CYRILLIC}]{{2,}}|[{_ARABIC}]{{2,}})(?![\w@/]|\.\w)|[{HAN}]"
)
_ADDRESS = re.compile(r"@|://|^www\.|\.[a-z]{2,4}/")
_MIXED = re.compile(rf"[A-Za-z{_CYRILLIC}]{{3,}}")
_IS_LATIN, _IS_CYRILLIC = re.compile("[A-Za-z]"), re.compile(f"[{_CYRILLIC}]")

# A text with fewer written words says too little to be judged: titles, names and acronyms stay as they are.
FEWEST_WORDS = 4
# Of the written words of a translation at least so many are in its own script; quotations are in another.
OWN_SCRIPT = 0.5


def script_findings(pair: Pair, rules: Rules) -> list[Finding]:
    """Words of two alphabets, a text that is the source's, and one that is written in another script."""
    source, target = pair.plain_source, pair.plain_target
    findings = [
        Finding(
            Kind.SCRIPT,
            Severity.WARNING,
            _("The word “%(word)s” mixes letters of two alphabets that look alike.") % {"word": word},
            word,
        )
        for word in _mixed(target)
    ]
    words = _WORD.findall(" ".join(word for word in target.split() if not _ADDRESS.search(word)))
    if len(words) < FEWEST_WORDS:
        return findings
    if " ".join(source.split()) == " ".join(target.split()):
        return [*findings, Finding(Kind.SAME, Severity.WARNING, _("The translation is the same as the source."))]
    own = sum(bool(_LETTERS[rules.target].search(word)) for word in words)
    if own < OWN_SCRIPT * len(words):
        sentence = _("Most of the text is not written in the script of its language.")
        findings.append(Finding(Kind.SCRIPT, Severity.WARNING, sentence))
    return findings


def _mixed(text: str) -> list[str]:
    """Words with Latin and Cyrillic letters, of which all of one alphabet look like the other's, each once."""
    found = [
        match[0]
        for match in _MIXED.finditer(text)
        if _IS_LATIN.search(match[0]) and _IS_CYRILLIC.search(match[0]) and _alike(match[0])
    ]
    return list(dict.fromkeys(found))


def _alike(word: str) -> bool:
    latin = fold_lookalikes(word)
    return not _IS_CYRILLIC.search(latin) or all(
        letter in _LATIN_LOOKALIKES for letter in word if _IS_LATIN.match(letter)
    )


_LATIN_LOOKALIKES = frozenset("ABEKMHOPCTXYIJSaeopcxyijs")
