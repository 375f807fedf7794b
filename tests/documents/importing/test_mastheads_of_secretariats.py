"""Mastheads as other secretariats set them: run together, in brackets, with the title where others have none."""

from datetime import date

import pytest

from documents.importing.model import Masthead
from documents.importing.parse import parse_text
from documents.importing.sessions import read_session
from documents.importing.venues import read_venue

BODY = """
1. The text of this paper begins here and goes on for some words, so that it is seen to be a paragraph.

2. It has another paragraph after that one, which ends the paper.
"""


def masthead(text: str) -> Masthead:
    return parse_text(text.strip("\n") + "\n" + BODY, "paper.txt").masthead


def test_a_masthead_run_together_in_two_lines() -> None:
    head = masthead("""
TEST/22/A/2

Distr. générale 14 juin 2031 Français Original : anglais

Vingt-deuxième session Kingston (Jamaïque) 11-22 juillet 2031

Rapport du Secrétaire général présenté en application de l’article 166
""")
    assert (head.distribution, head.date, head.language, head.original_language) == (
        "general",
        date(2031, 6, 14),
        "fr",
        "en",
    )
    assert (head.session, head.session_label, head.venue) == (22, "Vingt-deuxième session", "Kingston (Jamaïque)")
    assert head.meeting_dates == (date(2031, 7, 11), date(2031, 7, 22))


def test_facts_in_brackets() -> None:
    head = masthead("""
A/BUR/85/1

[Original : ANGLAIS] [11 septembre 2031]
Quatre-vingt-cinquième session
""")
    assert (head.original_language, head.date, head.session) == ("en", date(2031, 9, 11), 85)


def test_without_empty_lines_a_title_is_parted_from_its_item_where_only_two_lines_can_begin() -> None:
    lines = """
United Nations E/CN.7/2031/10
Distr.: General
29 January 2031
Original: English
Forty-sixth session
Vienna, 8-17 April 2031
Item 5 of the provisional agenda*
{item}
Strengthening cooperation in the control of
opium poppy cultivation
Report of the Executive Director"""
    head = masthead(lines.format(item="Illicit traffic and supply"))
    assert head.title == "Strengthening cooperation in the control of opium poppy cultivation"
    assert (head.kind, head.agenda_items[0].title) == ("report", "Illicit traffic and supply")
    assert masthead(lines.format(item="Illicit Traffic\nSupply")).title == ""  # three beginnings: it is not sure


@pytest.mark.parametrize(
    ("head", "title", "kind"),
    [
        (
            (
                "TEST/1/1/1\n24 January 2031\n11th session\nAgenda item 1\n\n\n"
                "                  ADOPTION OF THE AGENDA\n\n"
                "            Annotations to the provisional agenda\n\n"
                "                   Note by the Secretariat\n"
            ),
            "Annotations to the provisional agenda",
            "agenda",
        ),
        (
            (
                "TEST/31/10\n17 April 2031\nOriginal: English\n\nReport by the Secretary-General\n\n"
                "IMPLEMENTATION OF THE STRATEGIC PLAN\n"
            ),
            "IMPLEMENTATION OF THE STRATEGIC PLAN",
            "report",
        ),
        (
            "ST/SGB/2031/8\n10 September 2031\n\nSecretary-General’s bulletin\n\nProtection of witnesses\n",
            "Protection of witnesses",
            "circular",
        ),
        (
            (
                "TEST/2031/Plenary/Administrative Decision 2\n\nАдминистративное решение\n\n"
                "О мандате Рабочей группы по мониторингу\n\nНью-Дели, 18–22 ноября 2031 года\n"
            ),
            "О мандате Рабочей группы по мониторингу",
            "decision",
        ),
        (
            (
                "TEST/C/SR.2973\n24 April 2031\n109th session\n\nSummary record of the 2973rd meeting\n"
                "Held at the Palais Wilson, Geneva, on Tuesday, 18 April 2031, at 3 p.m.\n"
            ),
            "Summary record of the 2973rd meeting",
            "other",
        ),
        (
            (
                "E/2031/26\n\nUnited Nations\n\nCommission for\nSocial Development\n"
                "Report on the sixty-third session\n\nEconomic and Social Council\nOfficial Records, 2031\n"
                "Supplement No. 6\n"
            ),
            "Report on the sixty-third session",
            "report",
        ),
        (
            (
                "A/HRC/88/SR.41\n12 January 2031\n\n第八十八届会议\n\n第41次会议简要记录\n"
                "2031年10月7日星期四下午3时30分在日内瓦举行\n\n主席： 汗女士 (斐济)\n"
            ),
            "第41次会议简要记录",
            "other",
        ),
    ],
    ids=["item in capitals", "officer first", "series", "kind above", "record", "cover", "chinese record"],
)
def test_what_is_the_title(head: str, title: str, kind: str) -> None:
    read = masthead(head)
    assert (read.title, read.kind) == (title, kind)


@pytest.mark.parametrize(
    ("symbol", "kind"),
    [("ECE/TRANS/WP.29/2031/45", None), ("A/CN.9/WG.II/WP.227/Add.1", "working_paper")],
    ids=["a working party's paper", "a working paper"],
)
def test_a_working_party_in_a_symbol_is_no_working_paper(symbol: str, kind: str | None) -> None:
    head = masthead(f"{symbol}\nDistr.: General\n22 December 2031\nOriginal: English\n\nSteering equipment\n")
    assert head.kind == kind


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Second part of the thirtieth session", 30),
        ("Second day of the Twenty-Sixth Meeting", 26),
        ("Fiftieth Series of Meetings", 50),
        ("SEVENTY-SIXTH WORLD HEALTH ASSEMBLY", 76),
    ],
)
def test_which_number_is_the_session(line: str, number: int) -> None:
    session = read_session(line)
    assert session is not None
    assert session.number == number


def test_places_with_an_apostrophe_and_an_article_that_is_no_place() -> None:
    venue = read_venue("Abidjan, Côte d’Ivoire, 11–13 May 2031")
    assert venue is not None
    assert venue.venue == "Abidjan, Côte d’Ivoire"
    assert read_venue("Le 30 mai 2031 siège") is None
    assert masthead("TEST/77/1\nLe 30 mai 2031\n").date == date(2031, 5, 30)
