"""Form parts of documents."""

from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True)
class ServedFile:
    """What a file input shows of the file that is there: its name, linked to the address behind the gate."""

    name: str
    url: str

    def __str__(self) -> str:
        return self.name


class ServedFileInput(forms.ClearableFileInput):
    """A file input whose link leads through the gate: files of documents have no address in storage."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        from documents.files import file_name, file_url

        context: dict[str, Any] = super().get_context(name, value, attrs)
        record = getattr(value, "instance", None)
        if context["widget"]["is_initial"] and record is not None and record.pk:
            context["widget"]["value"] = ServedFile(file_name(record), file_url(record))
        return context
