"""What the worker does by the clock, and who hears of what."""

from citizen_voice import events, housekeeping
from citizen_voice.accounts import wiping
from citizen_voice.accounts.events import PersonAboutToLeave, PersonLeaving
from citizen_voice.accounts.services import address_refused
from citizen_voice.answers import services as answering
from citizen_voice.answers.events import AnswersUnvoided, AnswersVoided
from citizen_voice.board import leaving as board
from citizen_voice.comments import services as commenting
from citizen_voice.consent import checking
from citizen_voice.consent import services as noticing
from citizen_voice.desk import services as righting
from citizen_voice.following import services as follows
from citizen_voice.ideas import services as proposing
from citizen_voice.ideas.events import IdeaEdited
from citizen_voice.merging import services as joining
from citizen_voice.moderation import leaving, surges
from citizen_voice.moderation import noticing as hearing
from citizen_voice.moderation import services as moderating
from citizen_voice.news import services as telling
from citizen_voice.outbox import gate
from citizen_voice.outbox.events import AddressRefused
from citizen_voice.outbox.jobs import Jobs
from citizen_voice.pilots import reminding
from citizen_voice.pilots import services as piloting
from citizen_voice.privacy import making as making_copies
from citizen_voice.privacy import mentions
from citizen_voice.privacy import services as copying
from citizen_voice.retention import services as retaining
from citizen_voice.team import services as teaming
from citizen_voice.team.events import ColleagueLeft
from citizen_voice.widgets import leaving as widgets


def set_to_work(periodic: Jobs) -> None:
    """Give the worker what it does by the clock."""
    periodic.every_hour("reshuffle", proposing.reshuffle_if_new_day)
    periodic.every_hour("tidy", housekeeping.tidy)
    periodic.every_day("retention", 3, retaining.work)  # what it erases is wiped after it
    periodic.every_day("wiping", 3, wiping.wipe_if_needed)
    periodic.every_hour("surges", surges.look)
    periodic.every_day("reminders", 8, reminding.remind)
    periodic.every_minutes("news", 1, telling.work)
    periodic.every_minutes("copies", 1, making_copies.work)
    periodic.every_minutes("newsletters", 1, noticing.spread)
    periodic.every_day("consents", 3, noticing.expire)


def listen() -> None:
    """Have every feature hear of what concerns it, in the order in which rows are locked."""
    events.subscribe(PersonAboutToLeave, teaming.forget_leaving)
    events.subscribe(PersonLeaving, righting.forget)  # requests come before pilots
    events.subscribe(PersonLeaving, piloting.hold_of_leaving)  # pilots come before ideas
    events.subscribe(PersonLeaving, answering.remove_answers_of)  # holds their own ideas, too
    events.subscribe(PersonLeaving, joining.answers_of_leaving)
    events.subscribe(PersonLeaving, righting.show_again)  # ideas are held, threads are next
    events.subscribe(PersonLeaving, commenting.words_of_leaving)  # threads come before the journal
    events.subscribe(PersonLeaving, proposing.words_of_leaving)
    events.subscribe(PersonLeaving, proposing.drafts_of_leaving)
    events.subscribe(PersonLeaving, leaving.forget)
    events.subscribe(PersonLeaving, follows.forget_person)
    events.subscribe(PersonLeaving, telling.forget_person)
    events.subscribe(PersonLeaving, noticing.forget_served)
    events.subscribe(PersonLeaving, retaining.forget_person)
    events.subscribe(PersonLeaving, noticing.forget)
    events.subscribe(PersonLeaving, piloting.words_of_leaving)
    events.subscribe(PersonLeaving, copying.forget)
    events.subscribe(PersonLeaving, board.forget)
    events.subscribe(PersonLeaving, widgets.forget)
    events.subscribe(PersonLeaving, mentions.note_leaving)  # what goes with them is gone by now
    events.subscribe(ColleagueLeft, piloting.colleague_left)
    gate.add(noticing.stopped)
    gate.add(checking.without_consent)
    events.subscribe(AddressRefused, address_refused)
    events.subscribe(AnswersVoided, joining.answers_voided)
    events.subscribe(AnswersUnvoided, joining.answers_again)
    events.subscribe(IdeaEdited, moderating.look_at_late_edits)
    for kind, handler in (*hearing.HANDLERS, *telling.HANDLERS):
        events.subscribe(kind, handler)
