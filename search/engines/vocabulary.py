"""Words that analysis treats in a way of their own, per language, in the folded form that `analysis.fold` gives.

Stop words are so common that a query need not insist on them; they stay in the index, so phrases can hold them.
Whole words are those that suffix stripping would join with others of another meaning; they are taken as they stand.
Irregular forms are those that suffix stripping cannot bring together, chosen from the vocabulary of official documents.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STOP_WORDS: dict[str, frozenset[str]] = {
    "en": _words(
        """
        a an and are as at be been but by for from had has have how i if in into is it its me my no not
        of on or our s shall so such t than that the their them then there these they this to was we
        were what when where which who will with you your
        """
    ),
    "fr": _words(
        """
        a au aux avec c ce ces cet cette d dans de des du elle elles en est et eu il ils j je l la le
        les leur leurs lors m mais me n ne nos notre nous on ont ou par pas pour qu que qui quoi s sa se
        ses si son sont sous sur t un une vos votre vous y
        """
    ),
    "es": _words(
        """
        a al ante como con contra cual cuando de del desde donde e el ella ellas ellos en entre es esa
        esas ese eso esos esta estas este esto estos ha han la las le les lo los me mi mis muy ni no nos
        o para pero por que quien se ser si sin sobre son su sus u un una unas uno unos y ya
        """
    ),
    "ru": _words(
        """
        а без бы был была были было в вам вас ваш весь во все вы г где да для до его ее если есть еще ж
        же за и из или им их к как ко кто ли между мне мы на над нам нас не него нее ней нет ни них но о
        об от ото по под при про с со так также там те тем то того тоже той только том ту ты у уже чем
        что чтобы эта эти это этот я
        """
    ),
    "ar": _words(
        """
        اذا التي الذي الذين الي ان او ب بعد بين تلك ثم حتي حول ذلك علي عن عند ف في قبل قد ك كان كانت كل
        كما ل لا لدي لم لن ما مع من هذا هذه هم هو هي و
        """
    ),
    "zh": _words(
        """
        与 之 了 及 的
        """
    ),
}

WHOLE_WORDS: dict[str, dict[str, str]] = {
    "en": dict.fromkeys(("organization", "organizations", "organisation", "organisations"), "organization"),  # organ
    "es": dict.fromkeys(("informe", "informes"), "informe"),  # información
}

IRREGULAR: dict[str, dict[str, str]] = {
    "en": {"criteria": "criterion", "women": "woman", "men": "man", "children": "child", "people": "person"}
    | {"programme": "program", "programmes": "program"},
    "es": {"anos": "ano", "paises": "pais", "meses": "mes"},
    "fr": {"travaux": "travail", "yeux": "oeil"},
    "ru": {"люди": "человек", "людей": "человек", "людям": "человек", "людьми": "человек", "дети": "ребенок"}
    | dict.fromkeys(("детей", "детям", "детьми", "ребенка", "ребенку"), "ребенок")
    | dict.fromkeys(("участниц", "участница", "участницы", "участницам"), "участник"),
    # Broken plurals, after the article and the like have been taken off.
    "ar": {
        "اسلح": "سلاح",
        "اطراف": "طرف",
        "اعضاء": "عضو",
        "اعمال": "عمل",
        "افرق": "فريق",
        "الغام": "لغم",
        "اهداف": "هدف",
        "برامج": "برنامج",
        "بنود": "بند",
        "تدابير": "تدبير",
        "تقارير": "تقرير",
        "حقوق": "حق",
        "خبراء": "خبير",
        "خطط": "خط",
        "ذخائر": "ذخير",
        "رؤساء": "رئيس",
        "غام": "لغم",
        "لج": "لجن",
        "مبادئ": "مبدا",
        "مشاريع": "مشروع",
        "معايير": "معيار",
        "مواد": "ماد",
        "نصوص": "نص",
        "نظم": "نظام",
        "وثائق": "وثيق",
        "وزراء": "وزير",
        "وفود": "وفد",
    },
}

# Arabic words that begin with و of their own, by their first letters; elsewhere it is the conjunction "and".
ARABIC_WAW_ROOTS = tuple(
    _words(
        """
        واجب وارد وافق واقع وثائق وثيق وحد ورق وزار وزراء وزير وسائل وسيل وصف وصول وضع وطن وظائف وظيف
        وفد وفود وقائع وقت وقف وكال ولاي
        """
    )
)
