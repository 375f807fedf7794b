"""A site for tests: home pages, lists and archives in several languages, and pages of records where they belong."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from wagtail.models import Page, Site

from cms.meetings.models import Session, SessionPage
from cms.processes.models import Process, ProcessIndexPage, ProcessPage, WorkingGroup, WorkingGroupPage
from documents.models import ArchivePage, LanguageVersion, OfficialDocument, ReportPage
from home.models import HomePage
from tests import factories

P = TypeVar("P", bound=Page)

# What `plant` makes unless a test asks for others.
LANGUAGES = ("en", "fr", "ru")


@dataclass
class Tree:
    """The pages of a site by language (Django's codes)."""

    site: Site
    root: Page
    homes: dict[str, HomePage] = field(default_factory=dict)
    processes: dict[str, ProcessIndexPage] = field(default_factory=dict)
    archives: dict[str, ArchivePage] = field(default_factory=dict)

    @property
    def languages(self) -> list[str]:
        return list(self.homes)


def plant(languages: Sequence[str] = LANGUAGES) -> Tree:
    """Plant a site whose default home page is that of the first language, in place of Wagtail's welcome page."""
    Page.objects.filter(depth=2).delete()
    root = Page.objects.get(depth=1)
    site = Site.objects.filter(is_default_site=True).first() or Site(hostname="localhost", is_default_site=True)
    tree = Tree(site=site, root=root)
    keys = [uuid.uuid4() for _kind in range(3)]
    for code in languages:
        locale = factories.LocaleFactory(language_code=code)
        home = factories.HomePageFactory(
            parent=root, title=f"Home {code}", slug=f"home-{code}", locale=locale, translation_key=keys[0]
        )
        tree.homes[code] = home
        tree.processes[code] = factories.ProcessIndexPageFactory(
            parent=home, title=f"Processes {code}", translation_key=keys[1], show_in_menus=True
        )
        tree.archives[code] = factories.ArchivePageFactory(
            parent=home, title=f"Documents {code}", translation_key=keys[2], show_in_menus=True
        )
    site.root_page = tree.homes[languages[0]]
    site.save()
    return tree


def fresh(page: P) -> P:
    """The page as the database has it now: treebeard changes rows behind the backs of objects at hand."""
    return type(page).objects.get(pk=page.pk)


def plant_process(tree: Tree, process: Process, languages: Sequence[str] = ()) -> dict[str, ProcessPage]:
    """Plant the pages of a process, in all languages of the tree unless some are named."""
    return {
        code: factories.ProcessPageFactory(
            parent=fresh(tree.processes[code]), process=process, title=f"{process.name} {code}", slug=process.code
        )
        for code in languages or tree.languages
    }


def plant_body(above: dict[str, ProcessPage], body: WorkingGroup) -> dict[str, WorkingGroupPage]:
    """Plant the pages of a body under the pages of its process, in the same languages."""
    return {
        code: factories.WorkingGroupPageFactory(parent=fresh(parent), working_group=body, title=f"{body.name} {code}")
        for code, parent in above.items()
    }


def plant_session(
    above: dict[str, ProcessPage] | dict[str, WorkingGroupPage], session: Session
) -> dict[str, SessionPage]:
    """Plant the pages of a session under those of its body or process, in the same languages."""
    return {code: factories.SessionPageFactory(parent=fresh(parent), session=session) for code, parent in above.items()}


def plant_report(
    parent: Page, document: OfficialDocument, state: str = LanguageVersion.State.RELEASED, title: str = "A report"
) -> ReportPage:
    """Plant a web edition under a page, and the language version that it is the edition of (released unless said)."""
    code = parent.locale.language_code
    if not LanguageVersion.objects.filter(document=document, language=code).exists():
        factories.LanguageVersionFactory(document=document, language=code, title=title, state=state)
    page: ReportPage = factories.ReportPageFactory(parent=fresh(parent), document=document, title=title)
    return page
