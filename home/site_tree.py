"""The trunk of the site: a home page per language, each with the list of processes, the archive and the news."""

import uuid
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms.core.publishing import add_published
from cms.processes.models import ProcessIndexPage
from documents.models import ArchivePage
from home.models import HomePage, NewsIndexPage

P = TypeVar("P", bound=Page)

DEFAULT_PORT = 8000
HOME_SLUG = "home"
# Pages are translations of each other by these keys; the same on every site, so that a second run knows its own.
NAMESPACE = uuid.UUID("6e3f43a5-7f6b-5c58-9e59-3ad1f1b8a7c0")

TITLES: dict[str, dict[str, str]] = {
    "home": {
        "en": "Meetings and official documents",
        "fr": "Réunions et documents officiels",
        "es": "Reuniones y documentos oficiales",
        "ru": "Совещания и официальные документы",
        "ar": "الاجتماعات والوثائق الرسمية",
        "zh-hans": "会议与正式文件",
    },
    "processes": {
        "en": "Processes",
        "fr": "Processus",
        "es": "Procesos",
        "ru": "Процессы",
        "ar": "العمليات",
        "zh-hans": "进程",
    },
    "documents": {
        "en": "Documents",
        "fr": "Documents",
        "es": "Documentos",
        "ru": "Документы",
        "ar": "الوثائق",
        "zh-hans": "文件",
    },
    "news": {"en": "News", "fr": "Actualités", "es": "Noticias", "ru": "Новости", "ar": "الأخبار", "zh-hans": "新闻"},
}


@dataclass(frozen=True)
class Trunk:
    """The pages that every language has."""

    home: HomePage
    processes: ProcessIndexPage
    archive: ArchivePage
    news: NewsIndexPage


def set_up_site(site_name: str = "", port: int = DEFAULT_PORT) -> dict[str, Trunk]:
    """Makes what is missing of locales, home pages, lists and archives, and points the site at its main home page.

    Can be run again: what is there stays as it is. An empty ``site_name`` leaves the name of the site alone. Returns
    the trunk of each language by its code.
    """
    with transaction.atomic():
        welcome = _set_aside_welcome_pages()
        trunks = {code: _trunk(code) for code, _name in settings.LANGUAGES}
        _point_site(trunks[settings.LANGUAGE_CODE].home, site_name, port)
        for page in welcome:
            page.delete()
    return trunks


def key_of(name: str) -> uuid.UUID:
    """The translation key of a page of the trunk, or of another page known by name, in all languages."""
    return uuid.uuid5(NAMESPACE, name)


def _trunk(code: str) -> Trunk:
    """The trunk of one language, made as far as it is missing."""
    locale, _created = Locale.objects.get_or_create(language_code=code)
    slug = HOME_SLUG if code == settings.LANGUAGE_CODE else f"{HOME_SLUG}-{locale.language_code}"
    root = Page.objects.get(depth=1)
    home = _page(HomePage, root, locale, "home", slug)
    return Trunk(
        home=home,
        processes=_page(ProcessIndexPage, home, locale, "processes", "processes"),
        archive=_page(ArchivePage, home, locale, "documents", "documents"),
        news=_page(NewsIndexPage, home, locale, "news", "news"),
    )


def _page(model: type[P], parent: Page, locale: Locale, name: str, slug: str) -> P:
    """The page of this kind in this language: the one that is there, else a new one, published, in the menu."""
    found = model.objects.filter(locale=locale, depth=parent.depth + 1, alias_of=None).first()
    if found is not None:
        return found
    page = model(
        title=TITLES[name][locale.language_code],
        slug=slug,
        locale=locale,
        translation_key=key_of(name),
        show_in_menus=name != "home",
    )
    return add_published(Page.objects.get(pk=parent.pk), page, timezone.now())


def _point_site(home: HomePage, site_name: str, port: int) -> None:
    """Makes the home page the root of the default site; an existing site keeps its host and port."""
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        site = Site(hostname="localhost", port=port, is_default_site=True)
    elif site.root_page.specific_class is Page:
        # Wagtail's own first site, which its migrations put on port 80.
        site.port = port
    elif site.root_page_id == home.pk and (not site_name or site.site_name == site_name):
        return
    site.root_page = home
    site.site_name = site_name or site.site_name
    site.save()


def _set_aside_welcome_pages() -> list[Page]:
    """Frees the slug of the page that Wagtail's migrations put under the root: the only kind of bare page there.

    It is deleted when the site points elsewhere, because deleting a site's root page deletes the site.
    """
    bare = Page.objects.filter(depth=2, content_type=ContentType.objects.get_for_model(Page))
    for page in bare:
        Page.objects.filter(pk=page.pk).update(slug=f"welcome-{page.pk}")
    return list(bare)
