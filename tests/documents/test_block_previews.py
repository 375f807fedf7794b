"""Every block shows itself in the editor's picker, with an icon and a sentence on what it is for."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import Block
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from documents.blocks import BodyBlock
from home.models import StandardBody
from tests import people
from tests.tree import Tree

BLOCKS = [
    pytest.param(block, id=f"{type(body).__name__}-{name}")
    for body in (BodyBlock(), StandardBody())
    for name, block in body.child_blocks.items()
]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_has_an_icon_a_sentence_and_a_preview(block: Block) -> None:
    assert block.is_previewable
    assert block.meta.icon not in ("", "placeholder")
    assert str(block.meta.description).endswith(".")


def test_previews_look_like_the_site(tree: Tree, client: Client) -> None:
    get_image_model().objects.create(title="Hall", file=get_test_image_file())
    client.force_login(people.superuser())
    expected = {
        "paragraph": 'class="para"',
        "lettered": 'class="lettered"',
        "table": "Working group",
        "figure": "<img ",
    }
    for name, markup in expected.items():
        block = BodyBlock().child_blocks[name]
        page = client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix})
        assert page.status_code == 200, name
        assert markup in page.content.decode()
        assert "plenary/css/document.css" in page.content.decode()


def test_a_site_without_pictures_still_shows_the_figure(tree: Tree, client: Client) -> None:
    client.force_login(people.superuser())
    block = BodyBlock().child_blocks["figure"]
    assert client.get(reverse("wagtailadmin_block_preview"), {"id": block.definition_prefix}).status_code == 200
