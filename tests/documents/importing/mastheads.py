"""Made-up documents of one conference in six languages: the same facts, as each language prints them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Printed:
    """A document's text and what differs between its languages."""

    language: str
    text: str
    title: str
    venue: str


ENGLISH = Printed(
    "en",
    """\
                United Nations                                              CTOC/COP/2032/7
                Conference of the Parties                       Distr.: Limited
                                                                1 February 2032

                                                                Original: Spanish




Twelfth session
Vienna, 8–12 March 2032
Items 3 and 4 (b) of the provisional agenda*
Water and the law; technical assistance


                Report of the Working Group on Water
                Note by the Secretariat


       I.     Introduction

                1.    The Working Group met twice. Its report on the first meeting is contained in
                document CTOC/COP/WG.9/2031/5 and Add.1.1
                2.    The Conference may wish to take note of it.


           * CTOC/COP/2032/1.
           1 See also A/79/834.


32-01234 (E)     020232
*3201234*
\f
""",
    "Report of the Working Group on Water",
    "Vienna",
)

FRENCH = Printed(
    "fr",
    """\
                Nations Unies                                               CTOC/COP/2032/7
                Conférence des Parties                          Distr. limitée
                                                                1er février 2032
                                                                Français
                                                                Original : espagnol




Douzième session
Vienne, 8-12 mars 2032
Points 3 et 4 b) de l’ordre du jour provisoire*
L’eau et le droit ; assistance technique


                Rapport du Groupe de travail sur l’eau
                Note du Secrétariat


       I.     Introduction

                1.    Le Groupe de travail s’est réuni deux fois. Le rapport de sa première réunion figure
                dans le document CTOC/COP/WG.9/2031/5 et Add.1.1
                2.    La Conférence voudra peut-être en prendre note.


           * CTOC/COP/2032/1.
           1 Voir aussi A/79/834.


32-01234 (F)     020232
*3201234*
\f
""",
    "Rapport du Groupe de travail sur l’eau",
    "Vienne",
)

SPANISH = Printed(
    "es",
    """\
                Naciones Unidas                                             CTOC/COP/2032/7
                Conferencia de las Partes                       Distr. limitada
                                                                1 de febrero de 2032

                                                                Original: español




Duodécimo período de sesiones
Viena, 8 a 12 de marzo de 2032
Temas 3 y 4 b) del programa provisional*
El agua y el derecho; asistencia técnica


                Informe del Grupo de Trabajo sobre el Agua
                Nota de la Secretaría


       I.     Introducción

                1.    El Grupo de Trabajo se reunió dos veces. El informe de su primera reunión figura en
                el documento CTOC/COP/WG.9/2031/5 y Add.1.1
                2.    La Conferencia tal vez desee tomar nota de él.


           * CTOC/COP/2032/1.
           1 Véase también A/79/834.


32-01234 (S)     020232
*3201234*
\f
""",
    "Informe del Grupo de Trabajo sobre el Agua",
    "Viena",
)

RUSSIAN = Printed(
    "ru",
    """\
     Организация Объединенных Наций                                         CTOC/COP/2032/7
                Конференция участников                          Distr.: Limited
                                                                1 February 2032
                                                                Russian
                                                                Original: Spanish




Двенадцатая сессия
Вена, 8–12 марта 2032 года
Пункты 3 и 4 b) предварительной повестки дня*
Вода и право; техническая помощь


                Доклад Рабочей группы по водным ресурсам
                Записка Секретариата


       I.     Введение

                1.    Рабочая группа провела два совещания. Доклад о первом совещании содержится в
                документе СТОС/СОР/WG.9/2031/5 и Add.1.1
                2.    Конференция, возможно, пожелает принять его к сведению.


           * СТОС/СОР/2032/1.
           1 См. также A/79/834.


32-01234 (R)     020232
*3201234*
\f
""",
    "Доклад Рабочей группы по водным ресурсам",
    "Вена",
)

ARABIC = Printed(
    "ar",
    """\
CTOC/COP/2032/7

الأمم المتحدة

مؤتمر الأطراف

Distr.: Limited
1 February 2032
Arabic
Original: Spanish

الدورة الثانية عشرة
فيينا، 8-12 آذار/مارس 2032
البندان 3 و 4 (ب) من جدول الأعمال المؤقت*
المياه والقانون؛ المساعدة التقنية

تقرير الفريق العامل المعني بالمياه
مذكرة من الأمانة
أولا - مقدمة
1 - اجتمع الفريق العامل مرتين. ويرد تقرير اجتماعه الأول في الوثيقة CTOC/COP/WG.9/2031/5 و Add.1.1
2 - ولعل المؤتمر يود أن يحيط علما به.

__________________

* CTOC/COP/2032/1.
1 انظر أيضا A/79/834.

32-01234 (A)

020232

*3201234*
\f
""",
    "تقرير الفريق العامل المعني بالمياه",
    "فيينا",
)

CHINESE = Printed(
    "zh",
    """\
     联合国                                                                    CTOC/COP/2032/7
                缔约方会议                                      Distr.: Limited
                                                                1 February 2032
                                                                Chinese
                                                                Original: Spanish




第十二届会议
2032年3月8日至12日，维也纳
临时议程*项目 3 和 4(b)
水与法律；技术援助


                水问题工作组的报告
                秘书处的说明


       一. 导言

                1.    工作组举行了两次会议。第一次会议的报告载于文件CTOC/COP/WG.9/2031/5和Add.1。1
                2.    缔约方会议不妨注意该报告。


           * CTOC/COP/2032/1。
           1 另见A/79/834。


32-01234 (C)     020232
*3201234*
\f
""",
    "水问题工作组的报告",
    "维也纳",
)

ALL = (ENGLISH, FRENCH, SPANISH, RUSSIAN, ARABIC, CHINESE)
