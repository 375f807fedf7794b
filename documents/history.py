"""What is written into the history of documents, their language versions and files, and how it reads."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from documents.models import DocumentFile


def log_file(file: DocumentFile, before: str | None) -> None:
    """Writes a file that was added or replaced into the history of its version, under the user of the log's context.

    ``before`` is the SHA-256 of the content it had; None for a new file. The same content is no news.
    """
    if before == file.sha256:
        return
    data = {"format": file.get_format_display(), "sha256": file.sha256}
    if before is None:
        log(instance=file.version, action="documents.add_file", data=data)
    else:
        log(instance=file.version, action="documents.replace_file", data={**data, "before": before})


def log_deleted_file(file: DocumentFile) -> None:
    """Writes a file that was deleted by itself into the history of its version."""
    data = {"format": file.get_format_display(), "sha256": file.sha256}
    log(instance=file.version, action="documents.delete_file", data=data)


class WithData(LogFormatter):
    """A line of the history with what the entry's data holds."""

    def format_message(self, log_entry: Any) -> str:
        return str(self.message) % {name: log_entry.data.get(name, "") for name in self.fields}

    fields: tuple[str, ...] = ()


def register_actions(actions: Any) -> None:
    """Registers what can be written into the history beside Wagtail's own actions."""

    @actions.register_action("documents.import")
    class Imported(LogFormatter):
        label = gettext_lazy("Import")

        def format_message(self, log_entry: Any) -> str:
            values = {"file": log_entry.data.get("file", "")}
            if log_entry.user_id is None:
                return _("Imported from “%(file)s” by command") % values
            return _("Imported from “%(file)s”") % values

    @actions.register_action("documents.add_file")
    class FileAdded(WithData):
        label = gettext_lazy("Add a file")
        message = gettext_lazy("Added the %(format)s file (%(sha256).12s…)")
        fields = ("format", "sha256")

    @actions.register_action("documents.replace_file")
    class FileReplaced(WithData):
        label = gettext_lazy("Replace a file")
        message = gettext_lazy("Replaced the %(format)s file (%(before).12s… by %(sha256).12s…)")
        fields = ("format", "sha256", "before")

    @actions.register_action("documents.delete_file")
    class FileDeleted(WithData):
        label = gettext_lazy("Delete a file")
        message = gettext_lazy("Deleted the %(format)s file (%(sha256).12s…)")
        fields = ("format", "sha256")

    @actions.register_action("documents.check_correction")
    class CorrectionChecked(WithData):
        label = gettext_lazy("Check after a corrigendum")
        message = gettext_lazy("Checked after %(corrigendum)s")
        fields = ("corrigendum",)
