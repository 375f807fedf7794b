"""Terms of the glossary in a text: found in any inflection, the longest first, with what they are called elsewhere."""

from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from cms.localization.glossary.stems import name_stems
from cms.localization.glossary.terms import found, found_in
from cms.localization.models import Term, TermName
from cms.processes.models import Process
from tests import factories

pytestmark = pytest.mark.django_db

Use = TermName.Use


def term(process: Process | None = None, **names: Any) -> Term:
    """A term with these names by language; a list holds the official one, then those that are allowed."""
    made = Term.objects.create(process=process)
    for language, given in names.items():
        for position, text in enumerate([given] if isinstance(given, str) else given):
            made.names.add(
                TermName(
                    language=language.replace("zh", "zh-hans"),
                    text=text,
                    use=Use.ADMITTED if position else Use.PREFERRED,
                    sort_order=position,
                )
            )
    made.save()
    return made


def texts(text: str, language: str = "en", process: Process | None = None) -> list[str]:
    return [one.text for one in found(text, language, "fr", process)]


@pytest.mark.parametrize(
    ("language", "name", "text", "wanted"),
    [
        ("en", "working group", "The two Working Groups met; a working party did not.", ["Working Groups"]),
        ("en", "labelling", "Labelling and labels", ["Labelling", "labels"]),
        ("en", "organization", "Organisations and an organization", ["Organisations", "organization"]),
        ("fr", "groupe de travail", "Les groupes de travail se sont réunis.", ["groupes de travail"]),
        ("fr", "décision", "Des DÉCISIONS, une décision", ["DÉCISIONS", "décision"]),
        ("es", "grupo de trabajo", "Los grupos de trabajo y las actas", ["grupos de trabajo"]),
        ("es", "acta", "Las actas de la reunión; el acta", ["actas", "acta"]),
        ("ru", "рабочая группа", "доклад рабочей группы и рабочих групп", ["рабочей группы", "рабочих групп"]),
        ("ru", "орган", "вспомогательных органов, орган", ["органов", "орган"]),
        ("ru", "отчёт", "в отчете", ["отчете"]),
        ("ar", "الفريق العامل", "اجتمع الفريق العامل وفريق عامل آخر", ["الفريق العامل", "وفريق عامل"]),
        ("ar", "الأطراف", "مؤتمر الأطراف والأطراف", ["الأطراف", "والأطراف"]),
        ("zh", "工作组", "各工作组的报告", ["工作组"]),
        ("en", "COP", "COP and cop, and cops", ["COP"]),
    ],
)
def test_a_term_is_found_in_any_inflection(language: str, name: str, text: str, wanted: list[str]) -> None:
    term(**{language: name})
    assert texts(text, language) == wanted


def test_the_longest_name_is_found_and_none_inside_it() -> None:
    term(en="working group", fr="groupe de travail")
    term(en="ad hoc working group", fr="groupe de travail spécial")
    term(en="group", fr="groupe")
    assert texts("The Ad Hoc Working Group and its group, a working group") == [
        "Ad Hoc Working Group",
        "group",
        "working group",
    ]


def test_what_is_found_comes_with_its_place_and_its_equivalents() -> None:
    made = term(en="focal point", fr=["point focal", "point de contact"])
    made.names.add(TermName(language="fr", text="correspondant", use=Use.FORBIDDEN, sort_order=9))
    made.source, made.note = "Rules, rule 2", "One per state."
    made.save()
    (one,) = found("Each state names a ①focal❶ point.", "en", "fr", None)
    assert "Each state names a ①focal❶ point."[one.start : one.end] == "focal❶ point" == one.text
    assert (one.official, one.admitted, one.forbidden) == (["point focal"], ["point de contact"], ["correspondant"])
    assert (one.source, one.note, one.is_forbidden) == ("Rules, rule 2", "One per state.", False)
    (one,) = found("Les correspondants", "fr", "en", None)
    assert (one.text, one.is_forbidden, one.official) == ("correspondants", True, ["focal point"])


def test_a_process_has_its_own_words_for_the_same() -> None:
    own, other = factories.ProcessFactory(), factories.ProcessFactory()
    term(None, en="participant", fr="participant")
    term(own, en="participant", fr="Participant au Processus")
    assert [one.official for one in found("participants", "en", "fr", own)] == [["Participant au Processus"]]
    assert [one.official for one in found("participants", "en", "fr", other)] == [["participant"]]
    assert [one.official for one in found("participants", "en", "fr", None)] == [["participant"]]


def test_a_whole_page_takes_as_many_queries_as_a_sentence(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(30):
        term(en=f"notion {number}", fr=f"idée {number}")
    with django_assert_num_queries(3):
        assert len(found("The notion 3 and the notion 4", "en", "fr", None)) == 2
    page = [f"The notion {number} was discussed at length." for number in range(30)]
    with django_assert_num_queries(3):
        assert [one[0].official for one in found_in(page, "en", "fr", None)] == [[f"idée {n}"] for n in range(30)]
    with django_assert_num_queries(1):
        assert found("Nothing of the kind", "en", "fr", None) == []
    assert found("", "en", "fr", None) == []


def test_a_name_needs_a_word() -> None:
    assert name_stems("(...)", "en") == []
    name = TermName(language="en", text="(...)")
    name.derive()
    assert name.problem == "A name needs letters or figures."
