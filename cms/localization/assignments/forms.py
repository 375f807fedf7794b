"""Forms about translation tasks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from cms.localization.assignments.assigning import Order
from cms.localization.models import TranslationTask
from cms.localization.roles import people_by_language, revisers_of, translators_of
from cms.localization.rules import name_of
from cms.users.people import called
from cms.users.roles import revisers_name, translators_name

MOST_YEARS = 10
SAME_PERSON = _("The reviser must be another person than the translator.")


class PersonField(forms.TypedChoiceField):
    """One of some people, or nobody. Gives the account."""

    def __init__(self, *, label: Any, people: Sequence[Any] = (), **kwargs: Any) -> None:
        by_key = {str(person.pk): person for person in people}
        super().__init__(
            label=label,
            required=False,
            choices=[("", "–"), *((key, called(person)) for key, person in by_key.items())],
            coerce=by_key.get,
            empty_value=None,
            error_messages={"invalid_choice": _("Choose somebody of the list.")},
            **kwargs,
        )


class DateInput(forms.DateInput):
    """A date as browsers have it, whatever the language of the page."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DueField(forms.DateField):
    """The day until which a translation is wanted: neither over, unless it was so before, nor a slip of the year."""

    kept: date | None = None  # what a task has already

    def __init__(self) -> None:
        super().__init__(label=_("Due on"), required=False, widget=DateInput, input_formats=["%Y-%m-%d"])

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        today = timezone.localdate()
        if day is None or day == self.kept:
            return day
        if day < today:
            raise forms.ValidationError(_("This day is over."))
        if day.year > today.year + MOST_YEARS:
            raise forms.ValidationError(_("This is more than %(n)d years away."), params={"n": MOST_YEARS})
        return day


class TermsForm(forms.Form):
    """What is said of any task: until when, how urgent it is, and what is to be minded."""

    due_on = DueField()
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        coerce=int,
        choices=TranslationTask.Priority.choices,
        initial=TranslationTask.Priority.NORMAL,
    )
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 1, "dir": "auto"})
    )


class OrderForm(TermsForm):
    """What is asked for in one language. Left alone, it asks for nothing."""

    chosen = forms.BooleanField(required=False)

    def __init__(
        self, locale: Locale, people: tuple[Sequence[Any], Sequence[Any]], data: Any = None, due_on: date | None = None
    ) -> None:
        """``people`` are the translators and the revisers to choose from; where there is one, that one is proposed."""
        initial = {"due_on": due_on, "translator": _only(people[0]), "reviser": _only(people[1])}
        if initial["reviser"] == initial["translator"]:
            initial["reviser"] = None
        super().__init__(data, prefix=locale.language_code, initial=initial)
        self.locale = locale
        self.name = name_of(locale)
        self.fields["chosen"].label = self.name
        self.fields["translator"] = PersonField(label=_("Translator"), people=people[0])
        self.fields["reviser"] = PersonField(label=_("Reviser"), people=people[1])
        self.order_fields(["chosen", "translator", "reviser", "due_on", "priority", "note"])

    @property
    def is_chosen(self) -> bool:
        """Whether the language was chosen in what was posted."""
        return bool(self.data.get(self.add_prefix("chosen")))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("chosen"):
            if not data.get("translator") and "translator" not in self.errors:
                self.add_error("translator", _("Choose the translator."))
            if data.get("translator") and data["translator"] == data.get("reviser"):
                self.add_error("reviser", SAME_PERSON)
        return data

    def order(self) -> Order:
        """What a valid form asks for."""
        data = self.cleaned_data
        return Order(
            self.locale, data["translator"], data["reviser"], data["due_on"], data["priority"], data["note"].strip()
        )


def _only(people: Sequence[Any]) -> int | None:
    """The key of the one person there is to choose."""
    return people[0].pk if len(people) == 1 else None


def order_forms(data: Any = None, due_on: date | None = None) -> list[OrderForm]:
    """A form for each language of the site; ``due_on`` is proposed. Three queries."""
    translators, revisers = people_by_language(translators_name), people_by_language(revisers_name)
    return [
        OrderForm(locale, (translators[locale.language_code], revisers[locale.language_code]), data, due_on)
        for locale in Locale.objects.order_by("pk")
    ]


class TaskForm(TermsForm):
    """What a coordinator changes of a task. Whoever has it now can keep it, also outside the language's groups."""

    def __init__(self, task: TranslationTask, data: Any = None) -> None:
        super().__init__(data, initial={name: getattr(task, name) for name in ("due_on", "priority", "note")})
        self.fields["note"].widget.attrs["rows"] = 3
        due_on: Any = self.fields["due_on"]
        due_on.kept = task.due_on
        for name, label, people, present in (
            ("translator", _("Translator"), translators_of(task.locale), task.translator),
            ("reviser", _("Reviser"), revisers_of(task.locale), task.reviser),
        ):
            choices = list(people)
            choices += [present] if present is not None and present not in choices else []
            self.fields[name] = PersonField(label=label, people=choices)
            self.initial[name] = present.pk if present is not None else ""
        self.order_fields(["translator", "reviser", "due_on", "priority", "note"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("translator") and data["translator"] == data.get("reviser"):
            self.add_error("reviser", SAME_PERSON)
        data["note"] = data.get("note", "").strip()
        return data
