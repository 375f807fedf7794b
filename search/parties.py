"""Which parties a text names.

Names are looked up word by word, the longest first, so "Equatorial Guinea" does not name Guinea. The names of all
countries are known, also of those that are no party, for the same reason.

Stems alone do not decide: the Russian stemmer gives "Нигер" and "Нигерия" one stem and "Корея" and "Кореи" two, and
takes "данные" for "Дания". So a word of a text must be the very word of the name, as far as the language inflects it.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from pathlib import Path

from cms.processes.countries import country_names
from cms.processes.models import Party
from search.engines.analysis import fold, is_stop_word, stem, tokens

NOBODY = ""
_NO_COUNTRY = "none"  # the table of what holds a country's name and does not name it

# What stands behind the part that the cases of a Russian noun or adjective share.
_RUSSIAN_ENDING = re.compile(
    "[аяуюеиыоьй]?|[оеаыя]й|ий|[оеаяыи]м|[аяыи]х|[оеё]в|[оеую]ю|[аыоя]я|[оеы]е|ие|[аяыи]ми|[ое]го|[ое]му"
)
_RUSSIAN_ADJECTIVE = ("ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие")
_RUSSIAN_VOWELS = "аеиоуыэюяйь"
# And, by, for, then, as, with the article or without: written together with the word behind them.
_ARABIC_PREFIXES = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "ول", "وب", "و", "ب", "ل", "ف", "ك")
_MOST_WORDS = 100_000  # kept per language


@dataclass(frozen=True)
class _Name:
    """A name in one language: its words as they stand there and folded, and whose it is (empty for nobody's)."""

    owner: str
    words: tuple[str, ...]
    folded: tuple[str, ...]
    is_acronym: bool = False


class _Lexicon(dict[str, list[_Name]]):
    """The names that may begin with a word of a text, by that word, those of most words first.

    What a word may begin is worked out when it is first asked for; all is forgotten when there are too many.
    """

    def __init__(self, names: Iterable[_Name], language: str) -> None:
        super().__init__()
        self.language = language
        # Names and acronyms are capitalised wherever there are capitals.
        self._is_cased = language not in {"ar", "zh-hans"}
        self._by_key: dict[str, list[_Name]] = defaultdict(list)
        for name in sorted(dict.fromkeys(names), key=lambda name: -len(name.words)):
            if name.words:
                self._by_key[_key(name.words[0], language)].append(name)

    def __missing__(self, word: str) -> list[_Name]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        is_capital = not self._is_cased or word[0].isupper()
        sharing = self._by_key.get(_key(word, self.language), ())
        found = self[word] = [name for name in sharing if is_capital or name.words[0][0].islower()]
        return found


class PartyNames:
    """The names of all parties, to be looked up in the texts of a batch of entries. One query.

    Names in a language are put in order when the first text in it comes.
    """

    def __init__(self) -> None:
        self.parties = list(Party.objects.order_by("pk"))
        self._by_key = {str(party.pk): party for party in self.parties}
        self._by_language: dict[str, _Lexicon] = {}

    def named_in(self, texts: Iterable[str], language: str) -> dict[str, str]:
        """The parties that texts in a language name, as identifiers with their names in that language."""
        if language not in self._by_language:
            self._by_language[language] = _Lexicon(self._names(language), language)
        lexicon = self._by_language[language]
        found: set[str] = set()
        for text in texts:
            found.update(_owners(tokens(text), lexicon))
        return {key: party.name(language) for key, party in self._by_key.items() if key in found}

    def _names(self, language: str) -> Iterator[_Name]:
        """All names in a language; what names nobody is nobody's, whoever is called so."""
        owners = {party.country: str(party.pk) for party in self.parties if party.country}
        names = [_name(text, owners.get(code, NOBODY)) for code, text in country_forms(language)]
        for party in self.parties:
            own = party.names.get(language)
            if own:
                names.append(_name(own, str(party.pk)))
            if party.acronym:
                names.append(_name(party.acronym, str(party.pk), is_acronym=True))
        nobodys = [_name(text, NOBODY) for text in _printed_forms()[_NO_COUNTRY].get(language, ())]
        taken = {name.folded for name in nobodys}
        yield from nobodys
        yield from (name for name in names if name.folded not in taken)


@lru_cache(maxsize=8)
def country_forms(language: str) -> tuple[tuple[str, str], ...]:
    """The names of countries in one language as (ISO code, name), several of a country that is called so."""
    forms = [(code, _without_brackets(name, language)) for code, name in country_names(language).items()]
    for code, by_language in _printed_forms().items():
        if code != _NO_COUNTRY:
            forms += [(code, name) for name in by_language.get(language, ())]
    return tuple(forms)


@lru_cache(maxsize=1)
def _printed_forms() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(Path(__file__).with_name("party_forms.toml").read_text(encoding="utf-8"))


def _without_brackets(name: str, language: str) -> str:
    """ "Myanmar (Burma)" is called Myanmar; in Chinese "刚果（金）" is no other's name than with the bracket."""
    return name.partition("(")[0].replace("&", "and" if language == "en" else "")


def _name(text: str, owner: str, *, is_acronym: bool = False) -> _Name:
    words = tuple(tokens(text))
    return _Name(owner, words, tuple(fold(word) for word in words), is_acronym)


def _key(word: str, language: str) -> str:
    """What a word of a text and of a name must share for a look at the whole name."""
    folded = fold(word)
    if language == "ru":
        return folded[:3]
    if language == "ar":
        return _without_prefix(folded)
    return stem(word, language)


def _without_prefix(folded: str) -> str:
    for prefix in _ARABIC_PREFIXES:
        if folded.startswith(prefix) and len(folded) >= len(prefix) + 3:
            return folded[len(prefix) :]
    return folded


def _owners(words: Sequence[str], lexicon: _Lexicon) -> Iterator[str]:
    """Whose names stand among the words of a text, from the left to the right, never two names in one place."""
    free = 0
    for place in [place for place, word in enumerate(words) if lexicon[word]]:
        best = _best(words, place, lexicon) if place >= free else None
        if best is not None:
            free = place + len(best.words)
            if best.owner:
                yield best.owner


def _best(words: Sequence[str], place: int, lexicon: _Lexicon) -> _Name | None:
    """The name that stands at a place: the longest; of equally long ones that which is closest in form."""
    best, closeness = None, (0, 0, False)
    for name in lexicon[words[place]]:
        if best is not None and len(name.words) < len(best.words):
            break
        if not _stands_at(name, words, place, lexicon.language):
            continue
        pairs = zip(fold(words[place]), name.folded[0], strict=False)
        shared = sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
        close = (shared, -len(name.folded[0]), bool(name.owner))
        if best is None or close > closeness:
            best, closeness = name, close
    return best


def _stands_at(name: _Name, words: Sequence[str], place: int, language: str) -> bool:
    there = words[place : place + len(name.words)]
    if len(there) < len(name.words):
        return False
    if name.is_acronym:
        return tuple(there) == name.words and not _is_shouted(words, place, name, language)
    is_single = len(name.words) == 1
    for number, (word, folded) in enumerate(zip(there, name.folded, strict=True)):
        if language == "ru":
            is_form = _is_russian_form(fold(word), folded, is_single=is_single)
        elif language == "ar":
            is_form = fold(word) == folded or (number == 0 and _without_prefix(fold(word)) == _without_prefix(folded))
        else:
            is_form = fold(word) == folded or (not is_single and stem(word, language) == stem(folded, language))
        if not is_form:
            return False
    return True


def _is_shouted(words: Sequence[str], place: int, name: _Name, language: str) -> bool:
    """Whether an acronym is an ordinary word in a line of capitals: THOSE WHO SERVE."""
    after = place + len(name.words)
    around = [*words[max(place - 1, 0) : place], *words[after : after + 1]]
    return is_stop_word(name.words[0], language) and any(len(word) > 1 and word.isupper() for word in around)


def _is_russian_form(word: str, name: str, *, is_single: bool) -> bool:
    """Whether a word is a case of a name's word, by what the two share and by the ending behind that."""
    if word == name:
        return True
    if not is_single and name.endswith(_RUSSIAN_ADJECTIVE):
        shared = len(name) - 2
    else:
        shared = len(name) - (name[-1] in _RUSSIAN_VOWELS)
    return shared >= 3 and word[:shared] == name[:shared] and _RUSSIAN_ENDING.fullmatch(word[shared:]) is not None
