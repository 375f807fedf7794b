"""Where web editions stand in the tree, which decides rights and workflow and never their address."""

from typing import Any

from django.utils.text import slugify
from wagtail.models import Locale, Page

from cms.meetings.models import SessionPage
from cms.processes.models import ProcessPage, WorkingGroupPage
from documents.models import ArchivePage, OfficialDocument, ReportPage


def parent_for(document: OfficialDocument, locale: Locale) -> Page | None:
    """The page under which the document's edition in this language belongs.

    The page of its session in that language, else of its body, else of its process, else that language's archive;
    None where there is not even that. Four queries at most. Aliases are no parents: they are copies in the wrong
    language.
    """
    places: list[tuple[type[Page], dict[str, Any]]] = [
        (SessionPage, {"session": document.session_id}),
        (WorkingGroupPage, {"working_group": document.working_group_id}),
        (ProcessPage, {"process": document.process_id}),
        (ArchivePage, {}),
    ]
    for model, condition in places:
        if None in condition.values():
            continue
        # Put in order here: asked for the first by path, SQLite goes through all pages of the site in that order.
        found = model.objects.filter(locale=locale, alias_of=None, **condition).order_by()
        if pages := sorted(found, key=lambda page: page.path):
            return pages[0]
    return None


def slug_for(document: OfficialDocument, parent: Page, page: Page | None = None) -> str:
    """A slug made from the symbol ("ctoc-cop-2020-3"), free among the children of the parent. One query as a rule.

    ``page`` is the edition that will bear it, which is not in its own way.
    """
    text = (document.symbol or f"archive-{document.archive_number}").replace("/", "-").replace(".", "-")
    stem = slugify(text, allow_unicode=True)[:200] or f"document-{document.pk}"
    siblings = parent.get_children().exclude(pk=page.pk if page else None)
    slug, number = stem, 1
    # One slug at a time: asked for all that begin alike, the database reads every child of the parent.
    while siblings.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug


def move_editions(document: OfficialDocument) -> int:
    """Moves the document's web editions to where they belong now, and gives how many moved."""
    moved = 0
    for page in ReportPage.objects.filter(document=document, alias_of=None).select_related("locale"):
        target = parent_for(document, page.locale)
        if target is None or page.is_child_of(target):
            continue
        if target.get_children().filter(slug=page.slug).exists():
            _rename(page, slug_for(document, target, page))
        page.move(target, pos="last-child")
        moved += 1
    return moved


def _rename(page: ReportPage, slug: str) -> None:
    """Gives an edition another slug, in its draft too: publishing that would bring the older one back."""
    page.slug = slug
    page.save(update_fields=["slug"], clean=False)
    draft = page.latest_revision
    if draft is not None:
        draft.content["slug"] = slug
        draft.save(update_fields=["content"])
