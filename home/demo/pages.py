"""The pages of the demonstration's processes, bodies and sessions, one per language that has its words."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid5

from wagtail.models import Page

from cms.core.publishing import add_published
from cms.meetings.models import AgendaItem, AgendaTitle, Session, SessionPage
from cms.processes.models import Process, ProcessPage, WorkingGroup, WorkingGroupPage
from home.demo.reading import Data, Words, code_of, fill, read, words
from home.demo.records import processes
from home.site_tree import Trunk

MAIN_LANGUAGES = ["en", "fr", "ru"]
# Pages of the demonstration were published on this day unless their own facts say another.
FIRST_DAY = datetime(2025, 3, 3, 9, tzinfo=UTC)

Existing = set[tuple[UUID, str]]


def existing_pages() -> Existing:
    """Translation key and language of every page."""
    return set(Page.objects.values_list("translation_key", "locale__language_code"))


def load_pages(trunks: dict[str, Trunk]) -> Iterator[str]:
    """Makes what is missing of the pages of processes, bodies and sessions, and names each as it is done."""
    known = existing_pages()
    for data in processes():
        process = Process.objects.get(code=data["code"])
        yield from load_process_pages(process, data, trunks, known)
        for row in data["bodies"]:
            body = WorkingGroup.objects.get(process=process, code=row["code"])
            yield from load_body_pages(body, row, known)
            for session_row in row.get("sessions", []):
                session = Session.objects.get(working_group=body, code=session_row["code"])
                yield from load_session_pages(session, session_row, row, known)


def count_pages() -> int:
    """How many pages :func:`load_pages` goes through."""
    count = 0
    for data in processes():
        count += len(data["title"])
        for row in data["bodies"]:
            count += len(row.get("title", {}))
            count += sum(len(session_titles(session_row, row)) for session_row in row.get("sessions", []))
    return count


def load_process_pages(process: Process, data: Data, trunks: dict[str, Trunk], known: Existing) -> Iterator[str]:
    """The pages of a process under the list of processes of each language."""
    summaries, bodies = words(data.get("summary")), words(data.get("body"))
    for code, title in words(data["title"]).items():
        if (process.uid, code) not in known:
            page = ProcessPage(
                title=title,
                slug=process.code,
                locale=trunks[code].home.locale,
                process=process,
                summary=summaries.get(code, ""),
                body=bodies.get(code, ""),
            )
            add_published(Page.objects.get(pk=trunks[code].processes.pk), page, FIRST_DAY)
        yield title


def load_body_pages(body: WorkingGroup, row: Data, known: Existing) -> Iterator[str]:
    """The pages of a body under the pages of its process."""
    summaries, mandates = words(row.get("summary")), words(row.get("mandate"))
    for code, title in words(row.get("title")).items():
        parent = process_page(body.process, code) if (body.uid, code) not in known else None
        if parent is not None:
            page = WorkingGroupPage(
                title=title,
                slug=body.code,
                locale=parent.locale,
                working_group=body,
                summary=summaries.get(code, ""),
                mandate=mandates.get(code, ""),
            )
            add_published(parent, page, FIRST_DAY)
        yield title


def load_session_pages(session: Session, row: Data, body_row: Data, known: Existing) -> Iterator[str]:
    """The pages of a session under the pages of its body, with the titles of its agenda."""
    introductions, practical = words(row.get("introduction")), words(row.get("practical_information"))
    for code, title in session_titles(row, body_row).items():
        parent = session_parent(session, code) if (session.uid, code) not in known else None
        if parent is not None:
            page = SessionPage(
                title=title,
                slug=session.code,
                locale=parent.locale,
                session=session,
                introduction=introductions.get(code, ""),
                practical_information=practical.get(code, ""),
            )
            page.agenda_titles.set(agenda_titles(session, row, parent.locale, code))
            add_published(parent, page, session_moment(session))
        yield title


def session_titles(row: Data, body_row: Data) -> Words:
    """Titles of a session by language: its own, or made from the pattern of its body, in the languages it has."""
    patterns = words(row.get("title", body_row.get("session_title")))
    days = (row["starts_on"], row["ends_on"]) if "starts_on" in row else None
    venue = words(read("venues")[row["venue"]]["names"]) if "venue" in row else {}
    languages: list[str] = row.get("pages") or body_row.get("session_pages") or MAIN_LANGUAGES
    chosen = {code_of(language) for language in languages}
    return {
        code: fill(pattern, code, number=row.get("number"), days=days, venue=venue.get(code))
        for code, pattern in patterns.items()
        if code in chosen
    }


def session_parent(session: Session, code: str) -> Page | None:
    """Where the page of a session belongs: under its body's page in the language, else under its process's."""
    body = session.working_group
    body_page = WorkingGroupPage.objects.filter(working_group=body, locale__language_code=code).first()
    return body_page or process_page(body.process, code)


def process_page(process: Process, code: str) -> ProcessPage | None:
    """The page of a process in one language."""
    return ProcessPage.objects.filter(process=process, locale__language_code=code).first()


def agenda_titles(session: Session, row: Data, locale: Any, code: str) -> list[AgendaTitle]:
    """The titles of the agenda in one language, each a translation of the same item's title in the others."""
    items = {item.number: item for item in AgendaItem.objects.filter(session=session)}
    titles = []
    agenda: list[Data] = row.get("agenda", [])
    for order, item_row in enumerate(agenda):
        title = words(item_row["title"]).get(code)
        if title is None:
            continue
        item = items[item_row["number"]]
        titles.append(
            AgendaTitle(
                item=item,
                title=title,
                annotation=words(item_row.get("annotation")).get(code, ""),
                sort_order=order,
                locale=locale,
                translation_key=uuid5(item.uid, "title"),
            )
        )
    return titles


def session_moment(session: Session) -> datetime:
    """When the page of a session was published: on its first day, where that is known and past."""
    if session.starts_on is None:
        return FIRST_DAY
    return min(datetime.combine(session.starts_on, time(9), tzinfo=UTC), FIRST_DAY)
