"""What Wagtail's page views may not do with pages of records, and how the admin looks."""

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page, get_page_models

from cms.core.models import RecordPageMixin


@hooks.register("before_copy_page")
def refuse_copy(request: HttpRequest, page: Page) -> HttpResponse | None:
    """A copy would be a second page of the same record in the same language, with the same address."""
    types = ContentType.objects.get_for_models(*[m for m in get_page_models() if issubclass(m, RecordPageMixin)])
    if not Page.objects.descendant_of(page, inclusive=True).filter(content_type__in=types.values()).exists():
        return None
    messages.error(
        request, _("This cannot be copied: each record has one page in each language. Add a page for another record.")
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("register_icons")
def icons(names: list[str]) -> list[str]:
    """Icons that Wagtail has not: the flag of parties."""
    return [*names, "core/icons/flag.svg"]


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The style of our own form parts and panels."""
    return format_html('<link rel="stylesheet" href="{}">', static("core/admin.css"))
