"""What stands behind ``body:`` in a search: an abbreviation or words of the name of a body, or of its process."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import QueryDict
from wagtail.models import Page

from cms.core.visibility import Viewer, visible_pages
from cms.processes.models import WorkingGroup
from search.engines.analysis import fold, is_stop_word, stem, tokens
from search.engines.typed import body_parts

MOST_BODIES = 30
# They do not count in an abbreviation: COP is the Conference of the Parties, CdP the Conférence des Parties.
_ARTICLES = frozenset({"the", "la", "le", "les", "l", "el", "las", "los"})

# A name and its language.
Name = tuple[str, str]


def with_bodies(asked: QueryDict, viewer: Viewer) -> QueryDict:
    """The address with each ``body:`` of its words replaced by the filters that it means; the same where there is none.

    What names no body stays among the words. Two queries where there is one.
    """
    text, parts = body_parts(asked.get("q", ""))
    if not parts:
        return asked
    names = list(_names(viewer))
    chosen: list[str] = []
    rest = ""
    place = 0
    for start, end, name in parts:
        found = _meant(name, names)
        chosen += found
        rest += text[place : start if found else end]
        place = end
    if not chosen:
        return asked
    changed = asked.copy()
    changed["q"] = " ".join((rest + text[place:]).split())
    changed.setlist("body", list(dict.fromkeys([*asked.getlist("body"), *chosen]))[:MOST_BODIES])
    changed.pop("page", None)
    return changed


def _names(viewer: Viewer) -> Iterator[tuple[str, list[str], list[Name], list[Name]]]:
    """Every body's key, the acronyms and names of it and of its process, as the viewer may know them."""
    bodies: list[Any] = list(WorkingGroup.objects.select_related("process"))
    uids = {record.uid for body in bodies for record in (body, body.process)}
    pages = visible_pages(Page.objects.filter(translation_key__in=uids, alias_of=None), viewer)
    titles: dict[Any, list[Name]] = defaultdict(list)
    for uid, title, language in pages.values_list("translation_key", "title", "locale__language_code"):
        titles[uid].append((title, language))
    for body in bodies:
        acronyms = [body.acronym, body.process.acronym]
        own = titles[body.uid] or [(body.name, "en")]
        yield str(body.pk), acronyms, own, titles[body.process.uid] or [(body.process.name, "en")]


def _meant(typed: str, bodies: Iterable[tuple[str, list[str], list[Name], list[Name]]]) -> list[str]:
    """The keys of the bodies that are abbreviated so, else of those that hold the words in their name.

    Bodies come before those whose process is called so.
    """
    words = tokens(typed)
    folded = "".join(map(fold, words))
    if not folded:
        return []
    abbreviated, called, of_process = [], [], []
    for key, acronyms, own, above in bodies:
        if folded in _folded(acronyms) or any(folded in _initials(*name) for name in own):
            abbreviated.append(key)
        if any(_holds(words, *name) for name in own):
            called.append(key)
        if any(_holds(words, *name) for name in above):
            of_process.append(key)
    return abbreviated or called or of_process


def _folded(acronyms: Iterable[str]) -> set[str]:
    return {"".join(map(fold, tokens(acronym))) for acronym in acronyms if acronym}


def _initials(name: str, language: str) -> set[str]:
    """How a name is abbreviated by its initials, with its prepositions and without: "cdp" and "cp"."""
    words = [fold(word) for word in tokens(name)]
    spoken = [word for word in words if word not in _ARTICLES]
    weighty = [word for word in words if not is_stop_word(word, language)]
    return {"".join(word[0] for word in chosen) for chosen in (spoken, weighty) if len(chosen) > 1}


def _holds(words: Sequence[str], name: str, language: str) -> bool:
    """Whether a name holds all the words, in any inflection; Chinese ones in this order."""
    stems = [stem(word, language) for word in words if not is_stop_word(word, language)]
    held = [stem(word, language) for word in tokens(name)]
    if language == "zh-hans":
        return bool(stems) and "".join(stems) in "".join(held)
    return bool(stems) and set(stems) <= set(held)
