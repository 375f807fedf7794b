"""Reading the content of the demonstration: TOML files beside this module, and words by language in them."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cms.core import languages
from cms.core.dates import format_date_range

DATA = Path(__file__).parent / "data"

Data = dict[str, Any]
Words = dict[str, str]


@cache
def read(name: str) -> Data:
    """The content of ``data/<name>.toml``. Shared between callers, so not to be changed."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def words(data: Data | None) -> Words:
    """Words by Django's language code; in the files Chinese is called ``zh`` for short."""
    return {code_of(language): text for language, text in (data or {}).items()}


def code_of(language: str) -> str:
    """Django's code of a language named in the files. Raises LookupError for one that the site does not have."""
    return languages.language(language).code


def one_line(text: str) -> str:
    """The text with line breaks and runs of spaces as single spaces."""
    return " ".join(text.split())


def fill(
    pattern: str,
    language: str,
    *,
    number: int | None = None,
    days: tuple[date, date] | None = None,
    venue: str | None = None,
) -> str:
    """A title made from a pattern such as "{ordinal_f} session" or "Report on its meeting of {dates}", capitalised.

    ``{ordinal_m}``, ``{ordinal_f}`` and ``{ordinal_n}`` are the number in words, masculine, feminine and neuter;
    ``{dates}``, ``{year}`` and ``{venue}`` speak for themselves. Raises KeyError for what is not given.
    """
    values: dict[str, str] = {} if venue is None else {"venue": venue}
    if number is not None:
        values |= ordinals(number, language)
    if days is not None:
        values["dates"] = format_date_range(days[0], days[1], language)
        values["year"] = str(days[0].year)
    text = pattern.format(**values)
    return text[:1].upper() + text[1:]


def ordinals(number: int, language: str) -> dict[str, str]:
    """The ordinal of 1 to 13 in words, by the name of its placeholder; nothing for other numbers."""
    table: dict[str, list[str]] = read("ordinals")[languages.short_code(language)]
    return {
        f"ordinal_{gender}": table.get(gender, table["m"])[number - 1]
        for gender in ("m", "f", "n")
        if 1 <= number <= len(table["m"])
    }
