"""The form that marks languages as not required."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.localization.forms import LanguageChoice
from cms.localization.models import NotRequired

SPARE, REQUIRE = "spare", "require"


class SparingForm(forms.Form):
    """Languages, and the reason, without which nothing is marked. ``action`` is the button that was pressed."""

    locales = LanguageChoice()
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        required=False,
        max_length=NotRequired._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=gettext_lazy("Readers see it wherever the state is shown, such as: informal paper."),
    )
    action = forms.ChoiceField(choices=[(SPARE, SPARE), (REQUIRE, REQUIRE)], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("action") == SPARE and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: readers are told."))
        return cleaned
