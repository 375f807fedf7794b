"""The weights: a file that is read once, and refused when something in it is not right."""

import re

import pytest

from search.engines.weights import FILE, WEIGHTS, read_weights


def test_the_weights_of_the_project_are_read() -> None:
    assert read_weights(FILE.read_text(encoding="utf-8")) == WEIGHTS
    assert WEIGHTS.fields["title"] > WEIGHTS.fields["body"] > WEIGHTS.fields["names"] > 0


@pytest.mark.parametrize(
    ("printed", "written", "complaint"),
    [
        ("version = 3", "", "need a version"),
        ("version = 3", 'version = "3"', "need a version"),
        ("title = 3.0", "", "The weights of fields are title"),
        ("title = 3.0", "title = 3.0\nsubtitle = 1", "The weights of fields are title"),
        ("title = 3.0", 'title = "high"', "fields.title is a number"),
        ("title = 3.0", "title = -1", "fields.title is a number"),
        ("title = 3.0", "title = nan", "fields.title is a number"),
        ("title = 3.0", "title = 3,0", "cannot be read"),
        ("[fields]", "[others]\na = 1\n[fields]", "no weights called others"),
    ],
)
def test_a_file_with_something_wrong_is_refused(printed: str, written: str, complaint: str) -> None:
    text = re.sub("version = .*", "version = 3", FILE.read_text(encoding="utf-8"), count=1)
    with pytest.raises(ValueError, match=complaint):
        read_weights(text.replace(printed, written, 1))
