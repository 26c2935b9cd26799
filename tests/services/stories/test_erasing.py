"""Whatever hangs on a story goes with it, in tables that are not made yet too."""

from involve.models import Base
from involve.services.stories.erasing import columns_of_story

# These mention a story without belonging to it; `erase_story` calls a function for each.
MENTIONING = {
    "publication": "unpublish_story",
    "theme": "forget_reader",
    "theme_passage": "forget_reader",
    "option": "forget_votes",
}


def leads_to_a_story() -> set[str]:
    return {
        name
        for name, rows in Base.metadata.tables.items()
        for column in rows.columns
        if any(key.target_fullname == "story.id" for key in column.foreign_keys)
    }


def test_each_table_that_leads_to_a_story_is_erased_or_has_a_function_that_does() -> None:
    unsaid = leads_to_a_story() - {table for table, _ in columns_of_story()} - set(MENTIONING)
    assert not unsaid, (
        f"{', '.join(sorted(unsaid))}: give the foreign key to the story ON DELETE CASCADE, so that `erase_story` "
        "deletes these rows; where they must outlive a story, let `erasing` call a function that takes it out of them."
    )


def test_answers_words_votes_and_consents_are_among_them() -> None:
    belonging = {table for table, _ in columns_of_story()}
    assert {"consent", "message", "redaction", "seat", "signification", "tag", "verdict", "vote"} <= belonging
