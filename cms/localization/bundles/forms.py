"""Forms of release bundles."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.localization.bundles.rights import bundles_of
from cms.localization.forms import LanguageChoice
from cms.localization.models import ReleaseBundle

MOST_YEARS = 10


class BundleForm(forms.Form):
    """A new bundle, or an open one to which more is added, and the languages."""

    bundle = forms.ModelChoiceField(
        label=gettext_lazy("Bundle"),
        queryset=ReleaseBundle.objects.none(),
        required=False,
        empty_label=gettext_lazy("A new one"),
    )
    name = forms.CharField(
        label=gettext_lazy("Name of a new one"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    locales = LanguageChoice()

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bundle: Any = self.fields["bundle"]
        bundle.queryset = bundles_of(user).filter(state=ReleaseBundle.State.OPEN)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("bundle") and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the new bundle a name."))
        return cleaned


class ApprovalForm(forms.Form):
    """When an approved bundle is released."""

    moment = forms.DateTimeField(
        label=gettext_lazy("Release moment"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        help_text=gettext_lazy("Empty: at once."),
    )

    def clean_moment(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["moment"]
        if moment is not None and moment <= timezone.now():
            raise forms.ValidationError(_("This moment has passed. Leave it empty to release at once."))
        if moment is not None and moment.year > timezone.now().year + MOST_YEARS:
            raise forms.ValidationError(_("This is more than %(n)d years away."), params={"n": MOST_YEARS})
        return moment
