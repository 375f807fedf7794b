"""What a check found, and what it is told: a text with its translation, and what holds for all texts of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from cms.core.languages import short_code
from cms.localization.glossary.terms import Found
from cms.localization.texts.inline import RLM, Coded
from documents.symbols.references import DEFAULT_TABLES, SymbolTables
from documents.symbols.series import SeriesTable, series_table


class Kind(StrEnum):
    """What a finding is about."""

    EMPTY = "empty"
    LENGTH = "length"
    CODE = "code"
    BRACKET = "bracket"
    SYMBOL = "symbol"
    DATE = "date"
    NUMBER = "number"
    SCRIPT = "script"
    SAME = "same"
    TERM = "term"
    PUNCTUATION = "punctuation"
    SPACE = "space"


class Severity(StrEnum):
    """An error stops the publishing; a warning asks whether it is right so."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing found in a translation: what it is about, how grave, and a sentence for the translator.

    ``detail`` is the number, symbol, word or term that it is about, if any.
    """

    kind: Kind
    severity: Severity
    sentence: str
    detail: str = ""

    @property
    def is_error(self) -> bool:
        return self.severity == Severity.ERROR

    @property
    def mark(self) -> str:
        """What the finding is known by when it has been accepted, as long as the source stays."""
        return f"{self.kind}:{self.detail}"


@dataclass(frozen=True)
class Pair:
    """A text of the source, and its translation as its translator sees it, both with codes.

    ``longest`` is how many characters the field takes, None for any number. ``terms`` are those of the glossary that
    stand in the source (``cms.localization.glossary.terms``).
    """

    source: Coded
    target: str
    longest: int | None = None
    terms: Sequence[Found] = ()

    @cached_property
    def plain_source(self) -> str:
        """The source without codes."""
        return self._plain(self.source.text)

    @cached_property
    def plain_target(self) -> str:
        """The translation without codes and marks of direction."""
        return self._plain(self.target)

    def _plain(self, text: str) -> str:
        text = self.source.pattern.sub("", text) if self.source.codes else text
        return text.replace(RLM, "").strip()


@dataclass(frozen=True)
class Rules:
    """The languages of a translation, by any of their codes, and what the site knows of symbols."""

    source_language: str
    target_language: str
    tables: SymbolTables = field(default=DEFAULT_TABLES)

    @cached_property
    def source(self) -> str:
        """The short code of the language translated from."""
        return short_code(self.source_language)

    @cached_property
    def target(self) -> str:
        """The short code of the language translated into."""
        return short_code(self.target_language)

    @cached_property
    def source_series(self) -> SeriesTable:
        """The decision series as the source's language prints them."""
        return series_table(self.tables.series, self.source)

    @cached_property
    def target_series(self) -> SeriesTable:
        """The decision series as the target's language prints them."""
        return series_table(self.tables.series, self.target)
