"""Pages that were sent to translation together: how far the worker is, and what became of each."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.models import Page

from cms.localization.forms import LanguagesForm
from cms.localization.models import Submission, SubmissionItem
from cms.localization.rules import name_of, source_refusal
from cms.localization.sending.submitting import submit
from cms.localization.tasks import begin, is_stale
from cms.localization.views.submit import hand_over

PER_PAGE = 50


@require_safe
def list_submissions(request: HttpRequest) -> HttpResponse:
    """The user's own submissions, newest first; everybody's for administrators."""
    submissions = Submission.objects.of(request.user).with_counts().select_related("page", "created_by")
    page = Paginator(submissions.order_by("-created_at", "-pk"), PER_PAGE).get_page(request.GET.get("p"))
    return render(request, "localization/submissions.html", {"page_obj": page})


@require_http_methods(["GET", "HEAD", "POST"])
def one_submission(request: HttpRequest, submission_id: int) -> HttpResponse:
    """One submission: how far the worker is, or what became of each page. A lost one is begun again (POST)."""
    submissions = Submission.objects.of(request.user).with_counts()
    submission = get_object_or_404(submissions.select_related("page", "created_by"), pk=submission_id)
    if request.method == "POST":
        if is_stale(submission):
            begin(submission)
        else:
            messages.warning(request, _("The pages are being worked on. Wait until that is done."))
        return redirect("localization:submission", submission.pk)
    refused = submission.items.filter(state=SubmissionItem.State.REFUSED).select_related("page", "locale")
    page = Paginator(refused.order_by("pk"), PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "submission": submission,
        "is_stale": is_stale(submission),
        "time_left": submission.time_left(),
        "page_obj": page,
        "refused": [(item, name_of(item.locale)) for item in page],
    }
    return render(request, "localization/submission.html", context)


class SubmitPages(PageBulkAction):
    """Sends chosen pages to translation at once."""

    display_name = gettext_lazy("Translate")
    aria_label = gettext_lazy("Send the selected pages to translation")
    action_type = "localization_submit"
    template_name = "localization/confirm_bulk_submit.html"
    form_class = LanguagesForm

    @classmethod
    def get_queryset(cls, model: type[Page], object_ids: Any) -> list[Page]:
        """The pages with these keys. None found is no error: there is nothing to do then."""
        return list(model.objects.filter(pk__in=[key for key in object_ids if str(key).isdecimal()]))

    def get_all_objects_in_listing_query(self, parent_id: Any) -> Any:
        return super().get_all_objects_in_listing_query(parent_id) if str(parent_id or "").isdecimal() else []

    def get_actionable_objects(self) -> tuple[list[Page], dict[str, list[Page]]]:
        objects, _others = super().get_actionable_objects()
        # Titles of pages that are not the user's are not the user's to read.
        return objects, {"items_with_no_access": []}

    def check_perm(self, page: Page) -> bool:
        return source_refusal(page, self.request.user) is None

    def prepare_action(self, objects: list[Page], objects_without_access: Any) -> HttpResponse | None:
        """Hands the pages to the worker; what may not be done with one of them is told on the submission's page."""
        if not objects:
            messages.warning(self.request, _("None of these pages may be sent to translation by you."))
            return redirect(self.next_url)
        form = self.cleaned_form
        descendants: list[int] = []
        if form.cleaned_data["subtree"]:
            for page in objects:
                descendants += page.get_descendants(inclusive=True).order_by("path").values_list("pk", flat=True)
        chosen = descendants or [page.pk for page in objects]
        submission = submit(chosen, form.cleaned_data["locales"], self.request.user)
        return hand_over(submission)
