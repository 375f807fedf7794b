"""The translation memory of a process as a file for other programs."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.models import Locale

from cms.core.visibility import viewer_for
from cms.localization.exchange.memory import pairs_of, stream
from cms.localization.rules import name_of
from cms.processes.models import Process


class LanguageField(forms.ModelChoiceField):
    """A language, by its name in the reader's."""

    def label_from_instance(self, locale: Any) -> str:
        return name_of(locale)


class MemoryForm(forms.Form):
    """Whose texts, from which language into which."""

    process: Any = forms.ModelChoiceField(label=gettext_lazy("Process"), queryset=Process.objects.order_by("name"))
    source: Any = LanguageField(label=gettext_lazy("From"), queryset=Locale.objects.all())
    target: Any = LanguageField(label=gettext_lazy("Into"), queryset=Locale.objects.all())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("source") and cleaned.get("source") == cleaned.get("target"):
            raise ValidationError(_("Choose two languages."))
        return cleaned


@require_safe
def export_memory(request: HttpRequest) -> HttpResponseBase:
    """The form that chooses a process and two languages. Sent, it gives the pairs that the user may read, as TMX."""
    form = MemoryForm(request.GET or None)
    if not (form.is_bound and form.is_valid()):
        context = {"form": form}
        return render(request, "localization/exchange/memory.html", context, status=422 if form.errors else 200)
    process, source, target = (form.cleaned_data[name] for name in ("process", "source", "target"))
    pairs = pairs_of(process, source, target, viewer_for(request))
    response = StreamingHttpResponse(stream(pairs, source, target), content_type="application/x-tmx+xml")
    name = f"memory-{slugify(process.code)}-{source.language_code}-{target.language_code}.tmx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
