"""Words and phrases that editors type one per line: synonyms, and the queries that a result is promoted for."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

MOST_LINES = 10
LONGEST_LINE = 100


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that hold something, each once, with single spaces."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))


def lines_problems(lines: Sequence[str]) -> Iterator[str]:
    """What is wrong with lines that are to be compared with what readers type: a sentence for each."""
    from search.engines.analysis import tokens  # loads an engine's library, which a start does without
    from search.engines.typed import read_typed

    if len(lines) > MOST_LINES:
        yield _("At most %(most)s lines; here are %(count)s.") % {"most": MOST_LINES, "count": len(lines)}
    for line in lines:
        if len(line) > LONGEST_LINE:
            yield _("“%(words)s…” is too long: at most %(most)s characters.") % {
                "words": line[:40],
                "most": LONGEST_LINE,
            }
        elif not tokens(line):
            yield _("“%(words)s” has no letter and no digit.") % {"words": line}
        elif not read_typed(line).symbol:  # which only words without a field and without an exclusion have
            yield _(
                "“%(words)s” cannot be used: with a colon a word names a field, with a minus before it, it is left out."
            ) % {"words": line}
