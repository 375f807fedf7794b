"""Fields and their form parts that several apps share."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

# What the rich text of pages may hold; documents have marks of their own (documents.blocks).
TEXT_FEATURES = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class NamesWidget(forms.MultiWidget):
    """One text input per official language, each with its own ``lang`` and ``dir``."""

    template_name = "core/widgets/names.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({code: forms.TextInput(attrs={"dir": "auto"}) for code, _name in settings.LANGUAGES}, attrs)

    def decompress(self, value: dict[str, str] | None) -> list[str]:
        return [(value or {}).get(code, "") for code, _name in settings.LANGUAGES]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        for subwidget, (code, label) in zip(context["widget"]["subwidgets"], settings.LANGUAGES, strict=True):
            subwidget["attrs"]["lang"] = code
            subwidget["attrs"]["aria-label"] = label
            subwidget["language"] = label
        return context


class NamesFormField(forms.MultiValueField):
    """Gathers the inputs of :class:`NamesWidget` into ``{language code: text}``, leaving empty ones out."""

    widget = NamesWidget

    def __init__(self, *, required: bool = True, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        fields = [forms.CharField(required=False, max_length=1000) for _language in settings.LANGUAGES]
        super().__init__(fields, required=required, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        return {
            code: text.strip()
            for (code, _label), text in zip(settings.LANGUAGES, data_list, strict=False)
            if text and text.strip()
        }

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial or {}, data)


class NamesField(models.JSONField):
    """A short text in several languages, ``{"en": "Vienna", "ru": "Вена"}``: for names of things that have no page."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": NamesFormField, **kwargs})

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        codes = {code for code, _label in settings.LANGUAGES}
        if (
            not isinstance(value, dict)
            or not set(value) <= codes
            or not all(isinstance(v, str) for v in value.values())
        ):
            raise ValidationError(_("Give one text per language."))


class LanguagesField(models.JSONField):
    """A list of language codes, chosen with check boxes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        return forms.MultipleChoiceField(
            choices=settings.LANGUAGES,
            required=not self.blank,
            widget=forms.CheckboxSelectMultiple,
            label=kwargs.get("label", self.verbose_name),
            help_text=kwargs.get("help_text", self.help_text),
            initial=self.get_default(),
        )

    def validate(self, value: Any, model_instance: Any) -> None:
        super().validate(value, model_instance)
        codes = {code for code, _name in settings.LANGUAGES}
        if not isinstance(value, list) or not set(value) <= codes:
            raise ValidationError(_("Choose from the official languages."))


def best_text(names: dict[str, str], language: str) -> tuple[str, str]:
    """The text in the language, else the best other one, as ``(text, its language)``; ``("", language)`` if none."""
    for code in (language, settings.LANGUAGE_CODE, *names):
        if names.get(code):
            return names[code], code
    return "", language
