"""Files of evidence: in which forms there are, and what each column of their tables holds, in both languages."""

from dataclasses import dataclass

from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.terms import Term, find, term


@dataclass(frozen=True, slots=True)
class ExportForm:
    """A form of file: how its name ends, its media type, and what to call it. The words are our own."""

    id: str
    suffix: str
    mimetype: str
    name: Bilingual


EXPORT_FORMS: tuple[ExportForm, ...] = (
    ExportForm(
        "csv",
        "csv",
        "text/csv",
        Bilingual("CSV: un tabl, ar gyfer unrhyw daenlen", "CSV: one table, for any spreadsheet"),
    ),
    ExportForm(
        "csv-zip",
        "zip",
        "application/zip",
        Bilingual(
            "CSV mewn ZIP: straeon, tagiau a llyfr codau, pob un yn ei ffeil",
            "CSV in a ZIP: stories, tags and codebook, a file for each",
        ),
    ),
    ExportForm(
        "xlsx",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Bilingual("Excel (XLSX): straeon, tagiau a llyfr codau", "Excel (XLSX): stories, tags and codebook"),
    ),
    ExportForm(
        "ods",
        "ods",
        "application/vnd.oasis.opendocument.spreadsheet",
        Bilingual(
            "OpenDocument (ODS): straeon, tagiau a llyfr codau",
            "OpenDocument (ODS): stories, tags and codebook",
        ),
    ),
    ExportForm(
        "jsonl",
        "jsonl",
        "application/x-ndjson",
        Bilingual("JSON Lines: ar gyfer rhaglenni", "JSON Lines: for programs"),
    ),
    ExportForm(
        "parquet",
        "parquet",
        "application/vnd.apache.parquet",
        Bilingual("Parquet: ar gyfer dadansoddi data", "Parquet: for data analysis"),
    ),
    ExportForm(
        "qdpx",
        "qdpx",
        "application/zip",
        Bilingual(
            "REFI-QDA (QDPX): ar gyfer rhaglenni ymchwil ansoddol",
            "REFI-QDA (QDPX): for programs of qualitative research",
        ),
    ),
)


def find_export_form(id_: str) -> ExportForm:
    """Return a form of file by its id.

    Raises:
        NotFound: there is none.
    """
    return find(EXPORT_FORMS, id_)


# What stands under each column of a file, by the name that programs read.
STORY_COLUMNS: tuple[Term, ...] = (
    term("reference", "Cyfeirnod cyhoeddus y stori", "Public reference of the story"),
    term("project", "Enw byr y prosiect yn y cyfeiriad", "Short name of the project in its address"),
    term("published_on", "Y dyddiad cyhoeddi", "Day of publication"),
    term("language", "Iaith y stori", "Language of the story"),
    term("area", "Cod GSS yr awdurdod lleol", "GSS code of the local authority"),
    term("told_as", "Stori pwy ydyw", "Whose story it is"),
    term("quotable", "A ganiateir ei dyfynnu: yes neu no", "Whether it may be quoted: yes or no"),
    term("text", "Y geiriau a gyhoeddwyd", "The published words"),
    term("goals", "Nodau llesiant, â’r safbwynt", "Well-being goals, with the stance"),
    term("ways", "Ffyrdd o weithio, â’r safbwynt", "Ways of working, with the stance"),
    term("themes", "Themâu llyfr codau’r prosiect", "Themes of the project’s codebook"),
    term("translation_cy", "Cyfieithiad Cymraeg gan y staff", "Welsh translation by staff"),
    term("translation_en", "Cyfieithiad Saesneg gan y staff", "English translation by staff"),
)
TAG_COLUMNS: tuple[Term, ...] = (
    term("reference", "Cyfeirnod y stori", "Reference of the story"),
    term("scheme", "Math o dag: goal, way neu theme", "Kind of tag: goal, way or theme"),
    term("concept", "Am beth y mae", "What it is about"),
    term("stance", "Safbwynt", "Stance"),
    term(
        "agreed",
        "yes: mae person yn cytuno; no: y feddalwedd yn unig sy’n dweud",
        "yes: a person agrees; no: only the software says so",
    ),
    term(
        "passages",
        "Safleoedd yn y testun, mewn nodau Unicode, o 0 ymlaen",
        "Positions in the text, in Unicode characters, from 0",
    ),
    term("words", "Y geiriau yn y safleoedd hynny", "The words at those positions"),
)
CODEBOOK_COLUMNS = ("column", "value", "name_cy", "name_en", "meaning_cy", "meaning_en")
# A spreadsheet is told apart from what people wrote by this line of its codebook.
GUARD = term(
    "text",
    "Mae collnod o flaen geiriau a fyddai fel arall yn rhedeg fel fformiwla.",
    "Words that would otherwise run as a formula have an apostrophe before them.",
)
