"""Admin views of processes beside those of their records."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from cms.processes.models import Office, Process
from cms.processes.rotation import propose_next_chair


def propose_chair_buttons(user: Any) -> list[Button]:
    """A button for every process of the user whose chair rotates. One query, beside those for the user's rights."""
    rotating = Process.objects.exclude(chair_rotation_years=None)
    policy = policy_registry.get_by_type(Process)
    return [
        Button(
            _("Propose next chair: %(process)s") % {"process": process},
            url=reverse("propose_chair", args=[process.pk]),
            icon_name="rotate",
        )
        for process in policy.narrow(rotating, user, ["change"])
    ]


def propose_chair(request: HttpRequest, process_id: int) -> HttpResponse:
    """Leads to the form of a new office, filled in with the next term of a rotating chair.

    Nothing is stored before the editor saves that form. Where nothing can be proposed, the list of offices says why.
    """
    process = get_object_or_404(Process, pk=process_id)
    probe = Office(process=process)
    if not policy_registry.get_by_type(Office).user_has_permission_for_instance(request.user, "add", probe):
        raise PermissionDenied
    viewset: Any = Office.snippet_viewset
    proposal = propose_next_chair(process)
    if proposal is None:
        messages.warning(
            request,
            _(
                "No chair can be proposed for %(process)s: it needs a rotation in years, members, "
                "and a chair whose term has an end."
            )
            % {"process": process},
        )
        return redirect(viewset.get_url_name("list"))
    fields = {
        "process": process.pk,
        "kind": Office.Kind.CHAIR,
        "party": proposal.party.pk,
        "starts_on": proposal.starts_on.isoformat(),
        "ends_on": proposal.ends_on.isoformat(),
    }
    return redirect(f"{reverse(viewset.get_url_name('add'))}?{urlencode(fields)}")
