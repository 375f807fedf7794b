"""The abstract base of every page, and the mixin of pages that present a record."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail_localize.fields import SynchronizedField

from cms.core.contexts import contributed
from cms.core.visibility import viewer_for


class BasePage(Page):
    """What all pages share. Subclasses name their content panels; Wagtail puts the tabs together."""

    content_panels: ClassVar[list[Any]] = [
        FieldPanel("title", help_text=_("The name of this page, as readers see it at the top and in lists."))
    ]
    promote_panels: ClassVar[list[Any]] = [
        FieldPanel("slug"),
        FieldPanel("search_description", help_text=_("One or two sentences for search engines and shared links.")),
        FieldPanel("show_in_menus"),
    ]
    settings_panels: ClassVar[list[Any]] = Page.settings_panels

    # Whether search has an entry for pages of this type. Each type says so itself (system check core.E005).
    is_searched: ClassVar[bool]

    # The address is a fact: one slug in all languages, so that nothing moves when a title is translated.
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("slug", overridable=False)]

    # Set where the gate has found nothing that binds this page (cms.core.serving).
    is_known_unrestricted: bool = False

    class Meta:
        abstract = True

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """The restrictions that Wagtail knows of, without a query where the gate has found none."""
        if self.is_known_unrestricted:
            return PageViewRestriction.objects.none()
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    def search_text(self) -> str:
        """The text of this page as search reads it, without its title. Asked only where ``is_searched``."""
        return ""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        context["viewer"] = viewer_for(request)
        request.shown_page = self  # type: ignore[attr-defined]  # read by the frame: a preview's address names no page
        context.update(contributed(self, request))
        return context


class RecordPageMixin(models.Model):
    """A page that presents a record in one language.

    ``record_field`` names the foreign key. The page takes its translation key from the record, so Wagtail's own
    unique (translation key, locale) allows one page per record and language, and editions made from separate files
    are translations of each other without being tied by hand.
    """

    record_field: ClassVar[str]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.tie_to_record()
        super().save(*args, **kwargs)

    @property
    def record(self) -> Any:
        return getattr(self, self.record_field)

    def tie_to_record(self) -> None:
        """Takes the record's uid as translation key. Aliases keep theirs: they are copies, not editions."""
        if getattr(self, f"{self.record_field}_id") and not self.alias_of_id:  # type: ignore[attr-defined]  # a Page is mixed in
            self.translation_key = self.record.uid

    def clean(self) -> None:
        super().clean()
        self.tie_to_record()
        if not getattr(self, f"{self.record_field}_id") or self.locale_id is None:  # type: ignore[attr-defined]  # as above
            return
        twin = Page.objects.filter(translation_key=self.translation_key, locale_id=self.locale_id)  # type: ignore[attr-defined]  # as above
        if twin.exclude(pk=self.pk).exists():
            raise ValidationError({self.record_field: _("There is a page for this in this language already.")})
