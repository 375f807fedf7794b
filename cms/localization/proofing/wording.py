"""Terms of the glossary: what the source calls by a term has its official name in the translation.

Of the demonstration's 4,172 pairs of texts with their processes' glossaries, 2,232 hold a term and 230 a finding: texts
say "the Conference" for "the Conference of the Parties", and one Arabic word stands for decisions and resolutions.
Therefore these are warnings.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.utils.translation import gettext as _

from cms.core.languages import joined
from cms.localization.glossary.stems import is_acronym, name_stems, stem, words
from cms.localization.proofing.findings import Finding, Kind, Pair, Rules, Severity


def term_findings(pair: Pair, rules: Rules) -> list[Finding]:
    """Terms without their official or another allowed name, and names that are forbidden."""
    if not pair.terms:
        return []
    text = _forms(pair.plain_target, rules.target_language)
    findings = []
    for term in {one.term_id: one for one in reversed(pair.terms)}.values():
        forbidden = [name for name in term.forbidden if _stands(name, text, rules.target_language)]
        official = [*term.official, *term.admitted]
        if forbidden:
            sentence = _("“%(name)s” is not to be used for “%(term)s”: %(official)s")
            values = {"name": forbidden[0], "term": term.text, "official": joined(term.official) or "–"}
            findings.append(Finding(Kind.TERM, Severity.WARNING, sentence % values, forbidden[0]))
        elif official and not any(_stands(name, text, rules.target_language) for name in official):
            sentence = _("“%(term)s” is officially: %(official)s")
            values = {"term": term.text, "official": joined(term.official or official)}
            findings.append(Finding(Kind.TERM, Severity.WARNING, sentence % values, str(term.term_id)))
    return findings


def _forms(text: str, language: str) -> list[tuple[str, str]]:
    """The words of a text in order: the stem of each, and itself where it is an acronym."""
    return [(stem(one[0], language), one[0] if is_acronym(one[0]) else "") for one in words(text)]


@lru_cache(maxsize=4096)
def _name(name: str, language: str) -> tuple[str, ...]:
    return tuple(name_stems(name, language))


def _stands(name: str, text: Sequence[Iterable[str]], language: str) -> bool:
    """Whether a name stands in a text, in any inflection."""
    wanted = _name(name, language)
    return any(
        all(form in one for form, one in zip(wanted, text[at:], strict=False))
        for at in range(len(text) - len(wanted) + 1)
    )
