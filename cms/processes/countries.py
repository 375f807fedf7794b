"""Countries with their names in the official languages, from the Unicode CLDR that Babel carries."""

import unicodedata
from functools import lru_cache

from babel import Locale

# Region codes of CLDR that name no country: groupings, pseudo-locales and the unknown region.
NO_COUNTRY = frozenset({"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"})


@lru_cache(maxsize=8)
def country_names(language: str) -> dict[str, str]:
    """Names by ISO 3166 code in one language (Django's code), e.g. ``{"KZ": "Казахстан"}`` for ``ru``."""
    territories = Locale.parse(language, sep="-").territories
    return {
        code: str(name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY
    }


def country_choices() -> list[tuple[str, str]]:
    """Choices of a form, in English alphabetical order, as secretariats seat delegations."""
    return sorted(country_names("en").items(), key=lambda pair: alphabetical_key(pair[1]))


def alphabetical_key(name: str) -> str:
    """The key by which English names are ordered: without diacritics, case and punctuation."""
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if c.isalnum() or c == " ").casefold()
