"""Who may use each page: one line for every endpoint of the site, and the site does not start when one is missing.

The gate (`web/gate.py`) keeps these lines before any view runs; the services check again, against the row itself. A
test asks for every page in every role and compares (tests/web/test_routes.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from involve.services.staff.access import Action

Scope = Literal["project", "body", "anywhere"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may use a page: everybody, whoever opened a story by its code, whoever is signed in, or roles by an action.

    `scope` says where a role counts: in the project of what the page shows (or in its body), in the body as a whole,
    or, for what belongs to no body, anywhere. With `teller` a story that is open does as well as a role.
    """

    who: Literal["public", "teller", "signed_in", "staff"]
    action: Action | None = None
    scope: Scope | None = None
    teller: bool = False


PUBLIC = Rule("public")
TELLER = Rule("teller", teller=True)
SIGNED_IN = Rule("signed_in")


def in_project(action: Action, teller: bool = False) -> Rule:
    """Whoever may do *action* in the project that the page is about."""
    return Rule("staff", action, "project", teller)


def in_body(action: Action) -> Rule:
    """Whoever may do *action* in the whole body that the page is about."""
    return Rule("staff", action, "body")


def anywhere(action: Action) -> Rule:
    """Whoever may do *action* in any place: for what all bodies share."""
    return Rule("staff", action, "anywhere")


# In the order of the alphabet, so that two people who add a page rarely touch the same line.
RULES: Mapping[str, Rule] = {
    "accounts.add_own_passkey": SIGNED_IN,
    "accounts.choose_password": PUBLIC,
    "accounts.confirm": SIGNED_IN,
    "accounts.confirm_by_passkey": SIGNED_IN,
    "accounts.end_sign_in": SIGNED_IN,
    "accounts.forget_password": PUBLIC,
    "accounts.go_to_organisation": PUBLIC,
    "accounts.make_recovery_codes": SIGNED_IN,
    "accounts.remove_own_passkey": SIGNED_IN,
    "accounts.remove_second_step": SIGNED_IN,
    "accounts.return_from_organisation": PUBLIC,
    "accounts.set_second_step": SIGNED_IN,
    "accounts.show_letter_sent": PUBLIC,
    "accounts.show_my_account": SIGNED_IN,
    "accounts.show_organisation_problem": PUBLIC,
    "accounts.show_recovery_codes": SIGNED_IN,
    "accounts.sign_in": PUBLIC,
    "accounts.sign_in_by_passkey": PUBLIC,
    "accounts.sign_out": PUBLIC,
    "accounts.sign_out_everywhere": SIGNED_IN,
    "accounts.take_invitation": PUBLIC,
    "accounts.type_code": PUBLIC,
    "accounts.type_recovery_code": PUBLIC,
    "accounts.write_name": SIGNED_IN,
    "accounts.write_password": SIGNED_IN,
    "api.count_stories": PUBLIC,
    "api.describe": PUBLIC,
    "api.list_decisions": PUBLIC,
    "api.list_stories": PUBLIC,
    "api.send_story": PUBLIC,
    "api.show_moderation": PUBLIC,
    "api.show_what_changed": PUBLIC,
    "evidence.browse_evidence": PUBLIC,
    "evidence.read_story": PUBLIC,
    "evidence.show_brief": PUBLIC,
    "evidence.show_missing_on_site": PUBLIC,
    "evidence.show_missing_in_project": PUBLIC,
    "evidence.take_pdf": PUBLIC,
    "evidence.take_word": PUBLIC,
    "exports.fetch_file": PUBLIC,
    "exports.send_codebook": PUBLIC,
    "exports.send_stories": PUBLIC,
    "exports.show_export_here": PUBLIC,
    "exports.take_stories": PUBLIC,
    "feeds.show_feed": PUBLIC,
    "following.change": PUBLIC,
    "following.confirm": PUBLIC,
    "following.follow": PUBLIC,
    "following.show_letter_sent": PUBLIC,
    "following.stop_here": PUBLIC,
    "health.show_health": PUBLIC,
    "health.show_readiness": PUBLIC,
    "home.choose_language": PUBLIC,
    "home.download_moderation": PUBLIC,
    "home.show_accessibility": PUBLIC,
    "home.show_home": PUBLIC,
    "home.show_kept": PUBLIC,
    "home.show_moderation": PUBLIC,
    "home.show_privacy": PUBLIC,
    "home.show_reading": PUBLIC,
    "home.show_signposts": PUBLIC,
    "insights.answer_insights": in_project("answer_insights"),
    "insights.correct_mine": in_project("log_insight"),
    "insights.delete_mine": in_project("log_insight"),
    "insights.log_file": in_project("log_insight"),
    "insights.log_insight": in_project("log_insight"),
    "insights.log_several": in_project("log_insight"),
    "insights.match_insight": in_project("match_insights"),
    "insights.show_insight": in_project("read_insights"),
    "insights.show_insights": in_project("read_insights"),
    "insights.show_kept": in_project("log_insight"),
    "insights.show_mine": in_project("log_insight"),
    "my_story.add_tag": TELLER,
    "my_story.answer_tag": TELLER,
    "my_story.ask_second_person": TELLER,
    "my_story.answer_correction_here": TELLER,
    "my_story.answer_question": TELLER,
    "my_story.change_consent": TELLER,
    "my_story.change_contact": TELLER,
    "my_story.close_story": TELLER,
    "my_story.download_copy": TELLER,
    "my_story.judge_promise": TELLER,
    "my_story.offer_option": TELLER,
    "my_story.open_story": PUBLIC,
    "my_story.question_my_translation": TELLER,
    "my_story.say_changed": TELLER,
    "my_story.show_copy": TELLER,
    "my_story.see_corrections": TELLER,
    "my_story.show_withdrawn": PUBLIC,
    "my_story.sit_on_panel": TELLER,
    "my_story.speak_on": TELLER,
    "my_story.stop_letters_here": PUBLIC,
    "my_story.stop_texts_here": PUBLIC,
    "my_story.tell_about_me": TELLER,
    "my_story.vote_on": TELLER,
    "my_story.weigh_options": TELLER,
    "my_story.withdraw_story": TELLER,
    "my_story.write_to_staff_here": TELLER,
    "notify.take_delivery": PUBLIC,
    "pictures.see_pictures": PUBLIC,
    "projects.show_project": PUBLIC,
    "projects.show_projects": PUBLIC,
    "projects.show_themes": PUBLIC,
    "promises.print_decision": PUBLIC,
    "promises.print_project": PUBLIC,
    "promises.show_decision": PUBLIC,
    "promises.show_project_promise": PUBLIC,
    "promises.show_promises": PUBLIC,
    "promises.show_vote": PUBLIC,
    "reading.answer_theme": in_project("read_together", teller=True),
    "reading.join_theme": in_project("read_together", teller=True),
    "reading.name_theme": in_project("read_together", teller=True),
    "reading.read_story": in_project("read_together", teller=True),
    "reading.read_together": in_project("read_together", teller=True),
    "sharing.embed_evidence": PUBLIC,
    "sharing.show_help": PUBLIC,
    "sharing.show_stories": PUBLIC,
    "sharing.take_along": PUBLIC,
    "staff.add_saved_answer": in_project("reply"),
    "staff.add_theme": in_project("code"),
    "staff.agree_as_second": in_project("moderate"),
    "staff.acknowledge_concern": in_project("safeguard"),
    "staff.announce_project": in_body("set_up"),
    "staff.answer_tag": in_project("tag"),
    "staff.ask_meaning": in_project("set_up"),
    "staff.change_codebook": in_project("code"),
    "staff.change_decision": in_project("decide"),
    "staff.change_member": in_body("manage_members"),
    "staff.change_option": in_project("decide"),
    "staff.change_reading": in_project("decide"),
    "staff.change_saved_answer": in_project("reply"),
    "staff.change_stage_rung": in_project("promise"),
    "staff.change_vote": in_project("decide"),
    "staff.choose_body": in_body("manage_members"),
    "staff.cite_story": in_project("decide"),
    "staff.code_story": in_project("code"),
    "staff.collect_stories": in_project("collect"),
    "staff.compare_codebook": in_project("code"),
    "staff.conclude_concern": in_project("safeguard"),
    "staff.confirm_concern": in_project("safeguard"),
    "staff.decide_as_second": in_project("moderate"),
    "staff.draft_vote": in_project("decide"),
    "staff.edit_signpost": anywhere("edit_signposts"),
    "staff.end_stage": in_project("promise"),
    "staff.explain_stage_duty": in_project("promise"),
    "staff.export_agreement": in_project("code"),
    "staff.export_codebook": in_project("code"),
    "staff.export_translations": in_project("translate"),
    "staff.export_trail": in_body("read_trail"),
    "staff.fetch_refused": in_project("import_stories"),
    "staff.fill_section": in_body("set_up"),
    "staff.find_words": in_project("decide"),
    "staff.help_with_code": SIGNED_IN,
    "staff.invite_to_body": in_body("manage_members"),
    "staff.list_duty": in_project("name_duty"),
    "staff.import_codebook": in_project("code"),
    "staff.import_translations": in_project("translate"),
    "staff.judge_several_stories": anywhere("moderate"),
    "staff.list_missing": in_project("log_outreach"),
    "staff.log_hours": in_project("log_outreach"),
    "staff.manage_keys": in_body("manage_keys"),
    "staff.make_decision_public": in_project("decide"),
    "staff.moderate_story": in_project("moderate"),
    "staff.move_decision": in_project("decide"),
    "staff.move_to_archive": in_project("set_up"),
    "staff.name_for_body": in_body("name_duty"),
    "staff.name_for_project": in_project("name_duty"),
    "staff.offer_a_seat": in_project("decide"),
    "staff.offer_correction_here": in_project("moderate"),
    "staff.open_vote": in_project("decide"),
    "staff.print_paper": in_project("print_paper"),
    "staff.raise_a_concern": in_project("raise_concern"),
    "staff.read_concern": in_project("safeguard"),
    "staff.read_meanings": in_project("read_queue"),
    "staff.remove_hours": in_project("log_outreach"),
    "staff.revoke_api_key": in_body("manage_keys"),
    "staff.see_evidence": in_project("decide"),
    "staff.see_vote": in_project("decide"),
    "staff.send_again": in_project("reply"),
    "staff.show_agreement": in_project("code"),
    "staff.show_codebook": in_project("code"),
    "staff.show_codebooks": in_project("code"),
    "staff.show_collecting": in_project("log_outreach"),
    "staff.show_concerns": in_project("safeguard"),
    "staff.show_decision": in_project("decide"),
    "staff.show_import": in_project("import_stories"),
    "staff.show_members": in_body("manage_members"),
    "staff.show_outbox": in_project("reply"),
    "staff.show_paper": in_project("print_paper"),
    "staff.show_project": in_project("promise"),
    "staff.show_projects": in_project("promise"),
    "staff.show_queue": SIGNED_IN,
    "staff.show_roles": SIGNED_IN,
    "staff.show_round": in_project("code"),
    "staff.show_rounds": in_project("code"),
    "staff.show_saved_answers": in_project("reply"),
    "staff.show_set_up": in_body("set_up"),
    "staff.show_signposts": anywhere("edit_signposts"),
    "staff.show_story": in_project("read_queue"),
    "staff.show_trail": in_body("read_trail"),
    "staff.show_translations": in_project("translate"),
    "staff.show_waiting": SIGNED_IN,
    "staff.start_import": in_project("import_stories"),
    "staff.start_project": in_body("set_up"),
    "staff.state_privacy": in_project("edit_privacy"),
    "staff.take_back_correction": in_project("moderate"),
    "staff.take_back": in_project("take_back"),
    "staff.take_back_question": in_project("set_up"),
    "staff.take_option_away": in_project("decide"),
    "staff.take_saved_answer_away": in_project("reply"),
    "staff.translate_story": in_project("translate"),
    "staff.try_codebook": in_project("code"),
    "staff.turn_option_down": in_project("decide"),
    "staff.undo_several_steps": anywhere("moderate"),
    "staff.undo_step": in_project("moderate"),
    "staff.weigh_heard": in_project("decide"),
    "staff.weigh_options": in_project("decide"),
    "staff.write_decision": in_project("decide"),
    "staff.write_option": in_project("decide"),
    "staff.write_outcome": in_project("decide"),
    "staff.write_reply": in_project("reply"),
    "staff.write_theme": in_project("code"),
    "staff.write_to_teller_here": in_project("converse"),
    "static": PUBLIC,
    "tell.tell_story": PUBLIC,
    "what_changed.embed_body": PUBLIC,
    "what_changed.embed_project": PUBLIC,
    "what_changed.show_area": PUBLIC,
    "what_changed.show_body": PUBLIC,
    "what_changed.show_goal": PUBLIC,
    "what_changed.show_project": PUBLIC,
    "what_changed.show_what_changed": PUBLIC,
}


class RuleMissing(RuntimeError):
    """A page has no rule, or a rule has no page. The message says what to write."""


def check_rules(endpoints: set[str]) -> None:
    """Hold the table to the *endpoints* of the site.

    Raises:
        RuleMissing: a line is missing, or one is left over.
    """
    missing, stale = sorted(endpoints - set(RULES)), sorted(set(RULES) - endpoints)
    if missing:
        lines = "\n".join(f'    "{name}": in_project("…"),' for name in missing)
        raise RuleMissing(
            "These pages do not say who may use them. Write a line for each into RULES in involve/web/rules.py, with"
            " PUBLIC, TELLER, SIGNED_IN, or in_project, in_body or anywhere with an action of"
            " services/staff/access.py:\n"
            f"{lines}"
        )
    if stale:
        raise RuleMissing(f"These pages are gone. Take their lines out of involve/web/rules.py: {stale}")
