"""Forms of the translation views."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.models import Locale, Page

from cms.core.keys import key_in
from cms.localization.rules import name_of, spared_languages, target_refusal


class LanguageChoice(forms.ModelMultipleChoiceField):
    """Languages under their names in the reader's language: all of the site, unless the form narrows them."""

    widget = forms.CheckboxSelectMultiple
    default_error_messages: ClassVar[dict[str, Any]] = {"required": _("Choose a language.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Locale.objects.order_by("pk"), label=_("Languages"), **kwargs)

    def label_from_instance(self, obj: Locale) -> str:
        return name_of(obj)

    def clean(self, value: Any) -> Any:
        """As Django's; what cannot be a key is refused before a database that takes no such number is asked."""
        for key in value or []:
            if key_in(str(key)) is None:
                raise forms.ValidationError(self.error_messages["invalid_choice"], params={"value": key})
        return super().clean(value)


class LanguagesForm(forms.Form):
    """Into which languages chosen pages are sent. Where one of them may not be, the submission says so page by page."""

    locales = LanguageChoice()
    subtree = forms.BooleanField(required=False, label=_("The pages below them too"))


class SubmitForm(forms.Form):
    """Into which languages a page is sent to translation. Offers only those in which the user may start it.

    ``refusals`` says for each other language why it is not offered.
    """

    locales = LanguageChoice(error_messages={"invalid_choice": _("This language is not open to you.")})
    subtree = forms.BooleanField(required=False, label=_("The pages below it too"))

    def __init__(self, page: Page, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refusals: dict[str, str] = {}
        below = page.get_descendants().count()
        # With pages below it, a language in which the page itself is there already may still lack some of those.
        spared = spared_languages(page)
        offered = []
        for locale in Locale.objects.exclude(pk=page.locale_id).order_by("pk"):
            reason = target_refusal(page, locale, user, spared)
            if reason:
                self.refusals[name_of(locale)] = reason
            if not reason or below:
                offered.append(locale.pk)
        self.fields["locales"].queryset = Locale.objects.filter(pk__in=offered).order_by("pk")  # type: ignore[attr-defined]  # a model field
        if below:
            label = ngettext("The %(count)d page below it too", "The %(count)d pages below it too", below)
            self.fields["subtree"].label = label % {"count": below}
        else:
            del self.fields["subtree"]
