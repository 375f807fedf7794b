"""The form that marks languages as not required."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Locale

from cms.localization.forms import LanguageChoice
from cms.localization.models import NotRequired

SPARE, REQUIRE = "spare", "require"


class SparingForm(forms.Form):
    """Languages, and the reason, without which nothing is marked. ``action`` is the button that was pressed."""

    locales = LanguageChoice(
        label=gettext_lazy("Languages"),
        queryset=Locale.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose a language.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=NotRequired._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Readers see it wherever the state is shown, such as: informal paper."),
    )
    action = forms.ChoiceField(choices=[(SPARE, SPARE), (REQUIRE, REQUIRE)], widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["locales"].queryset = Locale.objects.all()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("action") == SPARE and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: readers are told."))
        return cleaned
