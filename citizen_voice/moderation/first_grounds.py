"""The grounds that a new place begins with, in both languages. Administrators change them."""

_BEGINS_EN = "Hello,\n\nWe looked at your {thing} “{title}” on {site}."
_ENDS_EN = (
    "Nothing that you wrote is lost: you can still see it yourself. If you think that we were"
    " wrong, you can ask someone else to look at it again until {until}.\n\nThank you for taking"
    " part."
)
_BEGINS_CY = "Helo,\n\nEdrychon ni ar eich {thing} “{title}” ar y wefan hon: {site}."
_ENDS_CY = (
    "Does dim byd a ysgrifennoch chi wedi'i golli: gallwch chi ei weld o hyd. Os ydych chi'n credu"
    " ein bod ni'n anghywir, gallwch ofyn i rywun arall edrych eto tan {until}.\n\nDiolch am"
    " gymryd rhan."
)


def _first(name_en: str, why_en: str, name_cy: str, why_cy: str) -> dict[str, str]:
    return {
        "name_en": name_en,
        "letter_en": f"{_BEGINS_EN}\n\n{why_en}\n\n{_ENDS_EN}",
        "name_cy": name_cy,
        "letter_cy": f"{_BEGINS_CY}\n\n{why_cy}\n\n{_ENDS_CY}",
    }


FIRST = (
    _first(
        "Personal details of somebody",
        "It gives away something private: a name with a story, a phone number, an e-mail or home"
        " address. Such details can hurt people, also when they are kindly meant, and also when"
        " they are your own. Say the same without them, and it is welcome.",
        "Manylion personol rhywun",
        "Mae'n datgelu rhywbeth preifat: enw gyda stori, rhif ffôn, cyfeiriad e-bost neu gyfeiriad"
        " cartref. Gall manylion o'r fath wneud drwg i bobl, hyd yn oed â bwriad da, a hyd yn oed"
        " os mai eich manylion chi ydyn nhw. Dywedwch yr un peth hebddyn nhw, ac mae croeso iddo.",
    ),
    _first(
        "Abuse",
        "It insults or bullies somebody. You can disagree as strongly as you like here, about what"
        " is said and not about who says it.",
        "Cam-drin",
        "Mae'n sarhau neu'n bwlio rhywun. Gallwch anghytuno mor gryf ag y mynnwch yma, am yr hyn"
        " sy'n cael ei ddweud ac nid am bwy sy'n ei ddweud.",
    ),
    _first(
        "Hate",
        "It attacks people for what they are: their race, religion, sex, sexuality, gender"
        " identity, disability or age. Everybody who lives here has to be able to take part.",
        "Casineb",
        "Mae'n ymosod ar bobl am yr hyn ydyn nhw: eu hil, crefydd, rhyw, rhywioldeb, hunaniaeth"
        " rhywedd, anabledd neu oed. Rhaid i bawb sy'n byw yma allu cymryd rhan.",
    ),
    _first(
        "Threats",
        "It threatens somebody, or asks others to hurt them. We take that seriously, and we tell"
        " the police where somebody may be in danger.",
        "Bygythiadau",
        "Mae'n bygwth rhywun, neu'n gofyn i eraill wneud niwed iddyn nhw. Rydyn ni'n cymryd hynny o"
        " ddifrif, ac yn dweud wrth yr heddlu os gall rhywun fod mewn perygl.",
    ),
    _first(
        "Against the law",
        "What it says or asks for is against the law, so we can’t show it.",
        "Yn erbyn y gyfraith",
        "Mae'r hyn y mae'n ei ddweud neu'n gofyn amdano yn erbyn y gyfraith, felly allwn ni ddim ei"
        " ddangos.",
    ),
    _first(
        "Intimate images",
        "It shows or links to intimate pictures of somebody. We take those down at once, whoever"
        " is in them.",
        "Lluniau personol iawn",
        "Mae'n dangos lluniau personol iawn o rywun, neu'n cysylltu â nhw. Rydyn ni'n tynnu'r"
        " rheini i lawr ar unwaith, pwy bynnag sydd ynddyn nhw.",
    ),
    _first(
        "Untrue and harmful",
        "It says something about a person or a business that may be untrue and would harm their"
        " good name. To complain about somebody, write to us instead: we look into it.",
        "Anwir a niweidiol",
        "Mae'n dweud rhywbeth am berson neu fusnes a allai fod yn anwir ac a fyddai'n niweidio eu"
        " henw da. I gwyno am rywun, ysgrifennwch aton ni yn lle hynny: byddwn ni'n edrych i mewn"
        " i'r peth.",
    ),
    _first(
        "Pretending to be somebody",
        "It speaks as somebody else, or as the council. Take part under a name of your own; it"
        " need not be your real one.",
        "Esgus bod yn rhywun arall",
        "Mae'n siarad fel rhywun arall, neu fel y cyngor. Cymerwch ran dan enw i chi'ch hun; does"
        " dim rhaid iddo fod yn enw iawn i chi.",
    ),
    _first(
        "Advertising or spam",
        "It sells something, asks for votes for a party, or says the same again and again. There is"
        " no room for that here.",
        "Hysbysebu neu sbam",
        "Mae'n gwerthu rhywbeth, yn gofyn am bleidleisiau i blaid, neu'n dweud yr un peth dro ar ôl"
        " tro. Does dim lle i hynny yma.",
    ),
    _first(
        "Not about this",
        "It is not about the question that is asked here. It may well be worth saying: look whether"
        " another question fits it, or write to us.",
        "Ddim am hyn",
        "Dydy e ddim am y cwestiwn sy'n cael ei ofyn yma. Mae'n ddigon posibl ei fod yn werth ei"
        " ddweud: edrychwch a yw cwestiwn arall yn gweddu iddo, neu ysgrifennwch aton ni.",
    ),
    _first(
        "Says what another idea says",
        "Somebody has suggested the same already. One idea with all its supporters goes further"
        " than two, so we ask you to support that one and to add there what yours has more.",
        "Yn dweud yr un peth â syniad arall",
        "Mae rhywun wedi awgrymu'r un peth yn barod. Mae un syniad gyda'r holl gefnogwyr yn mynd"
        " ymhellach na dau, felly rydyn ni'n gofyn i chi gefnogi hwnnw ac ychwanegu yno beth sydd"
        " gan eich un chi yn fwy.",
    ),
)
