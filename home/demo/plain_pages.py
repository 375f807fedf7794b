"""The demonstration's front pages, plain pages and news."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape
from uuid import uuid5

from wagtail.images.models import AbstractImage
from wagtail.models import Page

from cms.core.publishing import add_published
from home.demo.pages import FIRST_DAY, Existing, existing_pages
from home.demo.pictures import load_pictures
from home.demo.reading import Data, read, words
from home.models import HomePage, NewsPage, StandardPage
from home.site_tree import Trunk, key_of

PAGE_LINK = re.compile(r"\{page:([a-z-]+)\}")


def load_plain_pages(trunks: dict[str, Trunk]) -> Iterator[str]:
    """Makes what is missing of plain pages and news, and names each as it is done."""
    known = existing_pages()
    pictures = load_pictures()
    # Pages that others link to come later in the file, so they are made first.
    for data in reversed(read("site")["pages"]):
        yield from load_standard_pages(data, trunks, pictures, known)
    for data in read("news")["news"]:
        yield from load_news_pages(data, trunks, pictures, known)
    fill_trunks(trunks)


def count_plain_pages() -> int:
    """How many pages :func:`load_plain_pages` goes through."""
    return sum(len(data["title"]) for data in [*read("site")["pages"], *read("news")["news"]])


def load_standard_pages(
    data: Data, trunks: dict[str, Trunk], pictures: dict[str, AbstractImage], known: Existing
) -> Iterator[str]:
    """One plain page in all its languages, under the home page of each."""
    key, bodies, summaries = key_of(f"page:{data['slug']}"), words(data["body"]), words(data["summary"])
    for code, title in words(data["title"]).items():
        if (key, code) not in known:
            home = trunks[code].home
            blocks: list[dict[str, object]] = [
                {"type": "text", "value": with_links(bodies[code], home), "id": str(uuid5(key, "text"))}
            ]
            if "picture" in data:
                image = pictures[data["picture"]]
                value = {"image": image.pk, "decorative": True, "alt_text": ""}
                blocks.append({"type": "image", "value": value, "id": str(uuid5(key, "image"))})
            page = StandardPage(
                title=title,
                slug=data["slug"],
                locale=home.locale,
                translation_key=key,
                show_in_menus=data.get("in_menu", False),
                summary=summaries[code],
                body=json.dumps(blocks),
            )
            add_published(Page.objects.get(pk=home.pk), page, FIRST_DAY)
        yield title


def with_links(html: str, home: HomePage) -> str:
    """The text with each ``{page:slug}`` as a link to that page of the same language."""

    def link(match: re.Match[str]) -> str:
        page = Page.objects.child_of(home).get(slug=match[1])
        return f'<a linktype="page" id="{page.pk}">{escape(page.title, quote=False)}</a>'

    return PAGE_LINK.sub(link, html)


def load_news_pages(
    data: Data, trunks: dict[str, Trunk], pictures: dict[str, AbstractImage], known: Existing
) -> Iterator[str]:
    """One piece of news in all its languages."""
    key, bodies, summaries = key_of(f"news:{data['slug']}"), words(data["body"]), words(data["summary"])
    for code, title in words(data["title"]).items():
        if (key, code) not in known:
            parent = trunks[code].news
            page = NewsPage(
                title=title,
                slug=data["slug"],
                locale=parent.locale,
                translation_key=key,
                date=data["date"],
                summary=summaries[code],
                picture=pictures[data["picture"]],
                body=bodies[code],
            )
            moment = datetime.combine(data["date"], time(10), tzinfo=UTC)
            add_published(Page.objects.get(pk=parent.pk), page, moment)
        yield title


def fill_trunks(trunks: dict[str, Trunk]) -> None:
    """Writes the introductions of home page, list of processes and archive where nobody has written one."""
    site = read("site")
    leads, intros, archive_intros = words(site["lead"]), words(site["processes_intro"]), words(site["archive_intro"])
    for code, trunk in trunks.items():
        for page, field, text in (
            (trunk.home, "lead", leads[code]),
            (trunk.processes, "intro", intros[code]),
            (trunk.archive, "intro", f"<p>{archive_intros[code]}</p>"),
        ):
            fresh = type(page).objects.get(pk=page.pk)
            if not getattr(fresh, field):
                setattr(fresh, field, text)
                fresh.save_revision(log_action=False).publish(log_action=False)
