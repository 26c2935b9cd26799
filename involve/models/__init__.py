"""SQLAlchemy tables, one noun a file."""

from involve.models.about import AboutAnswer
from involve.models.account import AccountNumber
from involve.models.answer_template import AnswerTemplate
from involve.models.api_key import ApiKey
from involve.models.appeal import Appeal
from involve.models.ballot import Ballot, Option, Vote
from involve.models.base import Base
from involve.models.body import Body
from involve.models.codebook import CodebookTheme, CodebookVersion, ThemeReading
from involve.models.coding import CodedPassage, CodedStory, Coder, CodingRound, CodingStory
from involve.models.concern import Concern, ConcernAlert, DutyPerson
from involve.models.contact import Contact
from involve.models.correction import Correction
from involve.models.decision import Agreement, Decision, Seat
from involve.models.decision_ground import DecisionOption, DecisionPassage, DecisionTheme, Outcome
from involve.models.event import Event
from involve.models.export import Export
from involve.models.follower import Follow, Follower, FollowerLetter, FollowerTold
from involve.models.heard import HeardCount, HeardSnapshot
from involve.models.identity import Identity
from involve.models.insight import Insight, InsightTag
from involve.models.insight_answer import InsightAnswer, InsightLink, InsightTold
from involve.models.job import Job
from involve.models.judgement import Judgement
from involve.models.key_check import KeyCheck
from involve.models.learnt import Learnt, LearntStory
from involve.models.letter import Letter
from involve.models.likeness import CopyKey, Likeness
from involve.models.outreach import Outreach
from involve.models.passkey import Passkey
from involve.models.privacy import Privacy
from involve.models.project import Project, Stage
from involve.models.project_draft import ProjectDraft
from involve.models.promise import DutyNote, RungChange
from involve.models.publication import Publication, PublicationTag, PublicationVector
from involve.models.redaction import Redaction
from involve.models.remark import Remark
from involve.models.reply import Message, Reply
from involve.models.second_factor import RecoveryCode, SecondFactor
from involve.models.signifier import Signification, Signifier
from involve.models.signpost import Signpost
from involve.models.snapshot import Batch, BatchNumber, BatchStory, SnapshotDay
from involve.models.staff_session import StaffSession
from involve.models.story import Consent, Story
from involve.models.story_import import StoryImport
from involve.models.tag import Tag
from involve.models.theme import ReadingSession, Theme, ThemePassage, ThemeWord
from involve.models.translation import Translation
from involve.models.user import Membership, User
from involve.models.verdict import Verdict

__all__ = [
    "AboutAnswer",
    "AccountNumber",
    "Agreement",
    "AnswerTemplate",
    "ApiKey",
    "Appeal",
    "Ballot",
    "Base",
    "Batch",
    "BatchNumber",
    "BatchStory",
    "Body",
    "CodebookTheme",
    "CodebookVersion",
    "CodedPassage",
    "CodedStory",
    "Coder",
    "CodingRound",
    "CodingStory",
    "Concern",
    "ConcernAlert",
    "Consent",
    "Contact",
    "CopyKey",
    "Correction",
    "Decision",
    "DecisionOption",
    "DecisionPassage",
    "DecisionTheme",
    "DutyNote",
    "DutyPerson",
    "Event",
    "Export",
    "Follow",
    "Follower",
    "FollowerLetter",
    "FollowerTold",
    "HeardCount",
    "HeardSnapshot",
    "Identity",
    "Insight",
    "InsightAnswer",
    "InsightLink",
    "InsightTag",
    "InsightTold",
    "Job",
    "Judgement",
    "KeyCheck",
    "Learnt",
    "LearntStory",
    "Letter",
    "Likeness",
    "Membership",
    "Message",
    "Option",
    "Outcome",
    "Outreach",
    "Passkey",
    "Privacy",
    "Project",
    "ProjectDraft",
    "Publication",
    "PublicationTag",
    "PublicationVector",
    "ReadingSession",
    "RecoveryCode",
    "Redaction",
    "Remark",
    "Reply",
    "RungChange",
    "Seat",
    "SecondFactor",
    "Signification",
    "Signifier",
    "Signpost",
    "SnapshotDay",
    "StaffSession",
    "Stage",
    "Story",
    "StoryImport",
    "Tag",
    "Theme",
    "ThemePassage",
    "ThemeReading",
    "ThemeWord",
    "Translation",
    "User",
    "Verdict",
    "Vote",
]
