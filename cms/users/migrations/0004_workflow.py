"""The default workflow of all pages: whoever may publish a page approves it, never their own last edit."""

from typing import Any

from django.db import migrations

NAME = "Publisher approval"


def create_workflow(apps: Any, schema_editor: Any) -> None:
    content_type = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="users", model="publisherapproval"
    )[0]
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    root = apps.get_model("wagtailcore", "Page").objects.get(depth=1)

    # Wagtail's own: approved by a group that reached over all pages. Where it was used, its history is kept.
    old = workflows.filter(name="Moderators approval")
    apps.get_model("wagtailcore", "WorkflowPage").objects.filter(workflow__in=old).delete()
    old.filter(workflow_states=None).delete()
    old.update(active=False)
    tasks = apps.get_model("wagtailcore", "Task").objects.filter(name="Moderators approval")
    tasks.filter(task_states=None).delete()
    tasks.update(active=False)

    task = apps.get_model("users", "PublisherApproval").objects.create(
        name=NAME, active=True, content_type=content_type
    )
    workflow = workflows.create(name=NAME, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(
        workflow=workflow, task_id=task.task_ptr_id, sort_order=0
    )
    apps.get_model("wagtailcore", "WorkflowPage").objects.create(workflow=workflow, page=root)


class Migration(migrations.Migration):
    dependencies = [("users", "0003_roles")]

    operations = [migrations.RunPython(create_workflow, migrations.RunPython.noop)]
