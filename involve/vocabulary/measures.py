"""The measures of what comes back, as the field knows them: what each counts, by which formula, in both languages."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual

# Below so many no share is given in per cent: one story more or less would change it too much.
FEWEST_FOR_SHARE = 5


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure. All of it is our own wording."""

    id: str
    name: Bilingual
    meaning: Bilingual
    formula: Bilingual


MEASURES: tuple[Measure, ...] = (
    Measure(
        "planned",
        Bilingual("Pryderon y mae newid wedi’i gynllunio ar eu cyfer", "Concerns with a change planned"),
        Bilingual(
            "Pryder yw stori gyhoeddedig sydd â thag pryder. Mae newid wedi’i gynllunio pan fydd penderfyniad a "
            "gyhoeddwyd, ac sydd wedi’i gytuno neu ar waith, yn dibynnu ar y stori neu’n dilyn thema sy’n ei chynnwys, "
            "a phan nad oes newid wedi’i wneud eto.",
            "A concern is a published story with a tag of concern. A change is planned when a published decision that "
            "is agreed or under way relies on the story or follows a theme that it is in, and no change is made yet.",
        ),
        Bilingual(
            "straeon â phryder y mae newid wedi’i gynllunio ar eu cyfer ÷ straeon â phryder",
            "stories of concern with a change planned ÷ stories of concern",
        ),
    ),
    Measure(
        "made",
        Bilingual("Pryderon y mae newid wedi’i wneud ar eu cyfer", "Concerns with a change made"),
        Bilingual(
            "Mae newid wedi’i wneud pan fydd y corff yn dweud bod penderfyniad sy’n dibynnu ar y stori, neu’n dilyn "
            "thema sy’n ei chynnwys, wedi’i wneud.",
            "A change is made when the body says that a decision which relies on the story, or follows a theme that "
            "it is in, is done.",
        ),
        Bilingual(
            "straeon â phryder y mae newid wedi’i wneud ar eu cyfer ÷ straeon â phryder",
            "stories of concern with a change made ÷ stories of concern",
        ),
    ),
)

# Of what is not public: counted once each, in groups that hide everybody in them (services.snapshots).
COUNTED_ONCE: tuple[Measure, ...] = (
    Measure(
        "answered",
        Bilingual("Straeon a gafodd ateb", "Stories that were answered"),
        Bilingual(
            "Mae stori wedi’i hateb pan fydd y sawl a’i dywedodd wedi cael ateb, un personol neu un i lawer o bobl. "
            "Caiff ei chyfrif unwaith, fis ar ôl y diwrnod yr oedd ei hateb i fod i ddod.",
            "A story is answered when its teller has an answer, a personal one or one to many people. It is counted "
            "once, a month after the day by which its answer was due.",
        ),
        Bilingual("straeon a gafodd ateb ÷ straeon a gyfrifwyd", "stories answered ÷ stories counted"),
    ),
    Measure(
        "in_time",
        Bilingual("Ateb o fewn yr amser a addawyd", "Answered within the time promised"),
        Bilingual(
            "Daeth yr ateb cyntaf erbyn y diwrnod a addawyd gan y prosiect.",
            "The first answer came by the day that the project had promised.",
        ),
        Bilingual(
            "straeon a gafodd ateb mewn pryd ÷ straeon a gyfrifwyd",
            "stories answered in time ÷ stories counted",
        ),
    ),
    Measure(
        "weeks",
        Bilingual("Amser nes i hanner gael ateb", "Time until half were answered"),
        Bilingual(
            "O fewn cynifer o wythnosau roedd hanner y straeon a atebwyd wedi cael eu hateb cyntaf: y canolrif, mewn "
            "wythnosau cyfan, ymhlith y straeon a gyfrifwyd ddiwethaf. Nid yw straeon heb ateb yn rhan ohono.",
            "Within so many weeks half of the stories that were answered had their first answer: the median, in whole "
            "weeks, of the stories counted last. Stories without an answer are not in it.",
        ),
        Bilingual(
            "canolrif y dyddiau o’r stori i’r ateb cyntaf, wedi’i dalgrynnu i fyny i wythnosau",
            "median of the days from the story to its first answer, rounded up to weeks",
        ),
    ),
    Measure(
        "confirmed",
        Bilingual("Newidiadau y mae pobl yn eu cadarnhau", "Changes made that people confirm"),
        Bilingual(
            "Pan fydd y corff yn dweud bod penderfyniad wedi’i wneud, gall y bobl y mae’n dibynnu ar eu straeon, neu’n "
            "dilyn thema sy’n eu cynnwys, ddweud a newidiodd rhywbeth iddyn nhw. Mae “yn rhannol” yn cyfrif.",
            "When the body says that a decision is done, the people on whose stories it relies, or whose stories are "
            "in a theme that it follows, can say whether anything changed for them. “In part” counts.",
        ),
        Bilingual(
            "y rhai ohonynt sy’n dweud bod rhywbeth wedi newid ÷ y rhai ohonynt a atebodd",
            "those of them who say that something changed ÷ those of them who answered",
        ),
    ),
)
