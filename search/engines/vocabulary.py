"""Words that analysis treats in a way of their own, per language, in the folded form that `analysis.fold` gives.

Stop words are so common that a query need not insist on them; they stay in the index, so phrases can hold them.
Whole words are those that suffix stripping would join with others of another meaning; they are taken as they stand.
Irregular forms are those that suffix stripping cannot bring together, chosen from the vocabulary of official documents.
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


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
        كما بشان ل لا لدي لم لن ما مع من هذا هذه هم هو هي و
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
    "es": dict.fromkeys(("informe", "informes"), "informe")  # información
    | dict.fromkeys(("procedimiento", "procedimientos"), "procedimiento"),  # proceso
}

IRREGULAR: dict[str, dict[str, str]] = {
    "en": {"crises": "crisis", "analyses": "analysis", "centre": "center", "centres": "center", "defence": "defense"}
    | dict.fromkeys(("smuggler", "smugglers"), "smuggling")
    | dict.fromkeys(("trafficker", "traffickers"), "trafficking")
    | {"criteria": "criterion", "women": "woman", "men": "man", "children": "child", "people": "person"}
    | {"programme": "program", "programmes": "program"},
    "es": {"anos": "ano", "paises": "pais", "meses": "mes"},
    "fr": {"travaux": "travail", "yeux": "oeil"},
    "ru": dict.fromkeys(("дни", "дней", "дню", "днем", "днями", "дня", "дням"), "день")
    | {"люди": "человек", "людей": "человек", "людям": "человек", "людьми": "человек", "дети": "ребенок"}
    | dict.fromkeys(("детей", "детям", "детьми", "ребенка", "ребенку"), "ребенок")
    | dict.fromkeys(("участниц", "участница", "участницы", "участницам"), "участник"),
}

# Arabic broken plurals, each with its singular, folded and without an article.
ARABIC_PLURALS: dict[str, str] = _pairs(
    """
    اجزاء جزء  اجهزه جهاز  احكام حكم  ادله دليل  ادوار دور  اراء راي  ارقام رقم  اسئله سؤال  اسباب سبب
    اسلحه سلاح  اشخاص شخص  اشكال شكل  اشهر شهر  اصول اصل  اطراف طرف  اطفال طفل  اعضاء عضو  اعمال عمل
    اعوام عام  افراد فرد  افرقه فريق  اقسام قسم  الغام لغم  اموال مال  انشطه نشاط  انواع نوع  اهداف هدف
    اوامر امر  اوراق ورقه  ايام يوم  بدائل بديل  برامج برنامج  بلدان بلد  بنود بند  تدابير تدبير
    تقارير تقرير  تصاريح تصريح  جداول جدول  جرائم جريمه  جهود جهد  حروب حرب  حقوق حق  حدود حد  حلول حل
    خبراء خبير  خطط خطه  دوائر دائره  دورات دوره  ذخائر ذخيره  رؤساء رئيس  رموز رمز  رسائل رساله
    رسوم رسم  سفراء سفير  سلع سلعه  شروط شرط  شركاء شريك  شهود شاهد  صكوك صك  صناديق صندوق  ضحايا ضحيه
    طرق طريق  ظروف ظرف  عناصر عنصر  عقود عقد  فروع فرع  فصول فصل  قضايا قضيه  قضاه قاضي  قواعد قاعده
    قوائم قائمه  قوانين قانون  لجان لجنه  لوائح لائحه  مبادئ مبدا  مبالغ مبلغ  مخاطر خطر  مدن مدينه
    مذكرات مذكره  مراحل مرحله  مراكز مركز  مرافق مرفق  مسائل مساله  مشاريع مشروع  مشاكل مشكله
    مصادر مصدر  مصالح مصلحه  معادن معدن  معايير معيار  ملاحق ملحق  مناجم منجم  مناطق منطقه  مواد ماده
    مواقع موقع  موارد مورد  مهام مهمه  نتائج نتيجه  نساء امراه  نصوص نص  نظم نظام  نقاط نقطه
    وثائق وثيقه  وزراء وزير  وسائل وسيله  وظائف وظيفه  وفود وفد  وكالات وكاله  يوميات يوميه
    """
)

# Arabic words that begin with و of their own, by their first letters; elsewhere it is the conjunction "and".
ARABIC_WAW_ROOTS = tuple(
    _words(
        """
        واجب وارد وافق واقع وثائق وثيق وحد ورق وزار وزراء وزير وسائل وسيل وصف وصول وضع وطن وظائف وظيف
        وفد وفود وقائع وقت وقف وكال ولاي
        """
    )
)

# Those that begin with ال of their own; elsewhere it is the article.
ARABIC_AL_ROOTS = tuple(_words("اليات اليه التزام التماس الغاء الغام القاء الكترون الحاق التحاق التقاء التفاف الف الي"))

# Those that begin with ب or ل of their own; before four letters or more it is a preposition elsewhere.
ARABIC_PREPOSITION_ROOTS = tuple(
    _words(
        """
        بازل باحث باراغو باريس باكست بالغ بانكوك بحث بحوث بحر بحرين بداي بدائل بدون بديل براء برازيل براغ
        برامج برتغال برلين برلمان برنامج بروتوكول بروكسل بريد بريطان بشر بصم بضائع بضاع بطاق بعث بقاء بكين
        بلاد بلاغ بلجيك بلدان بلديات بلغار بلوغ بليون بناء بنغلاديش بنك بنود بنوك بنين بنيوي بواب بوتسوان
        بوروند بوركين بوسن بولند بوليف بيان بيئ بيروت بيرو بيلاروس بينما بيولوج لاجئ لاحق لاهاي لائح لبنان
        لجان لجنه لذلك لغات لغوي لقاء لقاح لكسمبرغ لكن لندن لواء لوائح لوزان لوساك لوكسمبرغ ليبيا ليبر
        ليتوان ليست
        """
    )
)

# Abbreviations of bodies and organizations, and what they stand for, by the language that uses them. Readers type
# either; the words of a group are looked for beside what was typed, like the synonyms that editors keep.
ABBREVIATIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "en": (
        ("COP", "Conference of the Parties"),
        ("MOP", "Meeting of the Parties"),
        ("MSP", "Meeting of States Parties"),
        ("WG", "working group"),
        ("UN", "United Nations"),
        ("UNODC", "United Nations Office on Drugs and Crime"),
        ("UNEP", "United Nations Environment Programme"),
        ("UNHCR", "United Nations High Commissioner for Refugees"),
        ("IOM", "International Organization for Migration"),
        ("NGO", "NGOs", "non-governmental organization"),
        ("ICRC", "International Committee of the Red Cross"),
        ("TOC", "UNTOC", "transnational organized crime"),
        ("TIP", "trafficking in persons"),
        ("POPs", "persistent organic pollutants"),
        ("PIC", "prior informed consent"),
        ("MLA", "mutual legal assistance"),
        ("ToR", "terms of reference"),
        ("BRS", "Basel, Rotterdam and Stockholm"),
    ),
    "fr": (
        ("CdP", "COP", "Conférence des Parties"),
        ("RdP", "MOP", "Réunion des Parties"),
        ("AEP", "MSP", "Assemblée des États parties"),
        ("GT", "WG", "groupe de travail"),
        ("ONU", "UN", "Nations Unies"),
        ("ONUDC", "UNODC"),
        ("PNUE", "UNEP", "Programme des Nations Unies pour l’environnement"),
        ("HCR", "UNHCR", "Haut-Commissariat pour les réfugiés"),
        ("OIM", "IOM", "Organisation internationale pour les migrations"),
        ("ONG", "NGO", "organisation non gouvernementale"),
        ("CICR", "ICRC", "Comité international de la Croix-Rouge"),
        ("CTO", "UNTOC", "criminalité transnationale organisée"),
        ("POP", "polluants organiques persistants"),
        ("CPCC", "PIC", "consentement préalable en connaissance de cause"),
        ("BRS", "Bâle, Rotterdam et Stockholm"),
    ),
    "es": (
        ("CP", "COP", "CdP", "Conferencia de las Partes"),
        ("REP", "MSP", "Reunión de los Estados Partes"),
        ("GT", "WG", "grupo de trabajo"),
        ("ONU", "UN", "Naciones Unidas"),
        ("ONUDD", "UNODC"),
        ("PNUMA", "UNEP"),
        ("ACNUR", "UNHCR"),
        ("OIM", "IOM", "Organización Internacional para las Migraciones"),
        ("ONG", "NGO", "organización no gubernamental"),
        ("CICR", "ICRC", "Comité Internacional de la Cruz Roja"),
        ("DOT", "UNTOC", "delincuencia organizada transnacional"),
        ("CFP", "PIC", "consentimiento fundamentado previo"),
        ("BRS", "Basilea, Rotterdam y Estocolmo"),
    ),
    "ru": (
        ("КС", "COP", "Конференция Сторон", "Конференция участников"),
        ("СС", "MOP", "Совещание Сторон"),
        ("СГУ", "MSP", "совещание государств-участников"),
        ("РГ", "WG", "рабочая группа"),
        ("ООН", "UN", "Организация Объединенных Наций"),
        ("УНП", "UNODC"),
        ("ЮНЕП", "UNEP", "Программа ООН по окружающей среде"),
        ("УВКБ", "UNHCR"),
        ("МОМ", "IOM", "Международная организация по миграции"),
        ("НПО", "NGO", "неправительственная организация"),
        ("МККК", "ICRC", "Международный комитет Красного Креста"),
        ("ТОП", "UNTOC", "транснациональная организованная преступность"),
        ("СОЗ", "POPs", "стойкие органические загрязнители"),
        ("ПОС", "PIC", "предварительное обоснованное согласие"),
        ("КП", "KP", "Кимберлийский процесс"),
        ("ККБ", "CCM", "Конвенция по кассетным боеприпасам"),
        ("ССДЛ", "SOM", "совещание старших должностных лиц"),
        ("БРС", "BRS"),
    ),
    "ar": (
        ("COP", "مؤتمر الأطراف"),
        ("UN", "الأمم المتحدة"),
        ("UNODC", "مكتب الأمم المتحدة المعني بالمخدرات والجريمة"),
        ("UNEP", "برنامج الأمم المتحدة للبيئة"),
        ("UNHCR", "مفوضية اللاجئين"),
        ("IOM", "المنظمة الدولية للهجرة"),
        ("NGO", "منظمة غير حكومية"),
    ),
    "zh": (
        ("COP", "缔约方会议", "缔约方大会"),
        ("MSP", "缔约国会议"),
        ("WG", "工作组"),
        ("UN", "联合国"),
        ("UNEP", "环境署", "联合国环境规划署"),
        ("UNHCR", "难民署"),
        ("IOM", "国际移民组织"),
        ("NGO", "非政府组织"),
    ),
}
