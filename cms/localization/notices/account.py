"""A person's own settings: how mail about translations comes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from cms.localization.models import MailPreference
from cms.localization.roles import roles_of


class MailPreferenceForm(forms.ModelForm[MailPreference]):
    class Meta:
        model = MailPreference
        fields = ["daily"]


class TranslationMailPanel(BaseSettingsPanel):
    """At once, or once a day; for those who translate, revise or coordinate."""

    name = "translation_mail"
    title = _("Mail about translations")
    tab = notifications_tab
    order = 200
    form_class = MailPreferenceForm

    def is_active(self) -> bool:
        roles = roles_of(self.user)
        return bool(roles.translates or roles.revises or roles.coordinates or roles.coordinates_all)

    def get_form(self) -> forms.ModelForm[MailPreference]:
        preference = MailPreference.objects.filter(user=self.user).first() or MailPreference(user=self.user)
        data: Any = self.request.POST if self.request.method == "POST" else None
        return MailPreferenceForm(data, instance=preference, prefix=self.name)
