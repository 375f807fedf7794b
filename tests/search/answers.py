"""What search answers to a visitor, after the outbox was fed."""

from django.contrib.auth.models import AnonymousUser

from cms.core.visibility import viewer_for_user
from cms.users.models import User
from search.asking import ask, visibility_of
from search.engines.base import Query, Results
from search.outbox import feed


def results(words: str, language: str = "en", user: User | AnonymousUser | None = None) -> Results:
    """The engine's own answer, so that nothing is put right by the page's second look at the gate."""
    fed = feed()
    assert fed.trouble == ""
    viewer = viewer_for_user(user)
    answer = ask(Query(words, language, visibility_of(viewer)), viewer)
    assert answer.results is not None
    return answer.results


def titles(words: str, language: str = "en", user: User | AnonymousUser | None = None) -> list[str]:
    """The titles of the hits, in their order."""
    return [hit.shown.title for hit in results(words, language, user).hits]


def addresses(words: str, language: str = "en") -> list[str]:
    """The addresses that the hits lead to."""
    return [hit.shown.url for hit in results(words, language).hits]


def quoted(words: str, language: str = "en") -> list[tuple[str, str]]:
    """Anchor and text of every passage shown."""
    return [
        (snippet.anchor, "".join(piece.text for piece in snippet.pieces))
        for hit in results(words, language).hits
        for snippet in hit.snippets
    ]
