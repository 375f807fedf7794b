"""Names of links inside a segment: what a link is decides, not which one of its paragraph it is."""

import pytest
from wagtail_localize.strings import extract_strings

from cms.localization.texts.naming import LINK_NAME, carried, named, shape


def segment(html: str) -> str:
    """The text of a paragraph as translators' tables hold it."""
    _template, ((string, attrs),) = extract_strings(f"<p>{html}</p>")
    data, _attrs = named(string.data, attrs)
    return data


def note(name: str, mark: str = "1") -> str:
    return f'<a linktype="footnote" id="{name}">{mark}</a>'


def link(address: str, text: str = "there") -> str:
    return f'<a href="{address}">{text}</a>'


def test_a_footnote_is_named_by_its_own_id_wherever_it_stands() -> None:
    assert segment(f"Noted{note('n7')} it.") == 'Noted<a id="n7">1</a> it.'
    assert '<a id="n7">' in segment(f"See {link('/a')}, noted{note('n7')}.")


def test_other_links_are_named_by_what_they_link_to() -> None:
    first, second = segment(f"See {link('/a')}"), segment(f"Or {link('/b')}{link('/a')}.")
    name = first.partition('id="')[2].partition('"')[0]
    assert LINK_NAME.fullmatch(name)
    assert f'<a id="{name}">' in second


def test_the_same_link_twice_has_two_names() -> None:
    data = segment(f"{link('/a')} and {link('/a')} and{note('n1')} and{note('n1')}.")
    names = [part.partition('"')[0] for part in data.split('id="')[1:]]
    assert len(set(names)) == 4
    assert names[1] == f"{names[0]}-2"
    assert names[2:] == ["n1", "n1-2"]


@pytest.mark.parametrize("name", ["l0123456789", 'x"><script>', "", "a b", "l0123456789-2"])
def test_a_footnotes_id_is_a_name_only_where_it_can_be_one(name: str) -> None:
    data, attrs = named('Noted<a id="a1">1</a>.', {"a1": {"linktype": "footnote", "id": name}})
    (given,) = attrs
    assert data == f'Noted<a id="{given}">1</a>.'
    assert attrs[given]["id"] == name
    assert given.replace("-", "").isalnum()


def test_naming_twice_changes_nothing() -> None:
    _template, ((string, attrs),) = extract_strings(f"<p>A {link('/a')}{note('n1')}{link('/a')}.</p>")
    once = named(string.data, attrs)
    assert named(*once) == once


def test_only_names_and_printed_marks_make_no_other_shape() -> None:
    assert shape(segment(f"See {link('/a')}{note('n1', '1')}.")) == shape(
        segment(f"See {link('/b')}{note('n2', '2')}.")
    )
    assert shape(segment(f"See {link('/a')}.")) != shape(segment(f"See {link('/a', 'here')}."))
    assert shape(segment(f"See{note('n1')} it.")) != shape(segment(f"See it{note('n1')}."))


def test_a_translation_takes_the_new_links_in_order() -> None:
    before = segment(f"See {link('/a', 'a')} and {link('/b', 'b')}{note('n1', '1')}.")
    after = segment(f"See {link('/c', 'a')} and {link('/a', 'b')}{note('n2', '2')}.")
    names = [part.partition('"')[0] for part in before.split('id="')[1:]]
    new = [part.partition('"')[0] for part in after.split('id="')[1:]]
    translation = f'<a id="{names[2]}">1</a> Siehe <a id="{names[1]}">B</a> und <a id="{names[0]}">A</a>.'
    assert carried(translation, before, after) == (
        f'<a id="{new[2]}">2</a> Siehe <a id="{new[1]}">B</a> und <a id="{new[0]}">A</a>.'
    )


def test_where_words_change_the_links_that_stay_are_the_same() -> None:
    before, after = segment(f"Teh report{note('n1')}."), segment(f"The report{note('n1')}.")
    assert carried('Der Bericht<a id="n1">1</a>.', before, after) == 'Der Bericht<a id="n1">1</a>.'
    moved = segment(f"The report{note('n4', '4')}.")
    assert carried('Der Bericht<a id="n1">1</a>.', before, moved) == 'Der Bericht<a id="n4">4</a>.'


def test_a_footnote_that_came_or_went_is_not_guessed() -> None:
    one, two = segment(f"Report{note('n1')}."), segment(f"Report{note('n0')}, read{note('n1', '2')}.")
    assert carried('Bericht<a id="n1">1</a>.', one, two) is None
    assert carried('Bericht<a id="n0">1</a><a id="n1">2</a>.', two, one) is None
