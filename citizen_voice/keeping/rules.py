"""The rules, as they are declared."""

from citizen_voice.keeping.periods import Act, Period, Rule, Unit
from citizen_voice.words import _


def _hours(number: int) -> Period:
    return Period(number, Unit.HOURS)


def _days(number: int) -> Period:
    return Period(number, Unit.DAYS)


def _months(number: int) -> Period:
    return Period(number, Unit.MONTHS)


IDLE, NAMES, REPORTS, ADDRESSES = "idle-accounts", "names-off-ideas", "reports", "reporters"
NEWS, LETTERS, MARKS, HOLDS = "news", "letters", "word-marks", "ended-holds"
SESSIONS, SIGN_INS, BARRED, LIMITS = "sessions", "sign-ins", "shut-addresses", "limits"
DRAFTS, REMOVED, MERGED = "drafts", "removed-comments", "joined-answers"
ORIGINALS, SENDERS, INVITATIONS = "originals", "report-senders", "invitations"
WARNINGS, COPIES, REQUESTS = "warnings", "copies", "requests"

_DELETE, _ANONYMISE = Act.DELETE, Act.ANONYMISE
_FOR_GOOD = _months(120)
_MONTH = _days(30)
_FIGURES = _months(12)
"""How long ``moderation.figures`` count reports, the running month being the last of twelve."""
_IP = _("What comes from an internet address is kept for 30 days at most.")

RULES: dict[str, Rule] = {
    rule.key: rule
    for rule in (
        Rule(
            SESSIONS,
            _("Browsers that were signed in"),
            _("Deleted as soon as the sign-in has run out."),
            _hours(0),
            _DELETE,
            ("sessions",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            SIGN_INS,
            _("Sign-ins that were begun"),
            _("Deleted %(period)s after the sign-in was begun."),
            _hours(24),
            _DELETE,
            ("pending_sign_ins",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            BARRED,
            _("Marks of addresses that may not join again"),
            _("Deleted %(period)s after the account was deleted."),
            _months(12),
            _DELETE,
            ("shut_addresses",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            LIMITS,
            _("Counts of how often something was done"),
            _("Deleted as soon as the time it counts for is over. It is salted: it names nobody."),
            _hours(0),
            _DELETE,
            ("limit_hits",),
            longest=_MONTH,
            law=_IP,
            fixed=True,
            hourly=True,
        ),
        Rule(
            DRAFTS,
            _("Drafts of ideas"),
            _("Deleted %(period)s after the draft was last saved."),
            _days(30),
            _DELETE,
            ("idea_drafts",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            REMOVED,
            _("Comments that their authors took away"),
            _("The words are deleted %(period)s after the comment was taken away."),
            _hours(1),
            _ANONYMISE,
            ("comments", "comment_versions"),
            fixed=True,
            hourly=True,
        ),
        Rule(
            MERGED,
            _("How people had answered ideas that were joined"),
            _("Deleted %(period)s after the ideas were joined."),
            _days(183),
            _DELETE,
            ("merged_answers",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            ORIGINALS,
            _("Words that a moderator took out"),
            _("Deleted %(period)s after the decision, when nobody can appeal any more."),
            _days(183),
            _ANONYMISE,
            ("decisions",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            ADDRESSES,
            _("Addresses of who reported something"),
            _("The address is deleted %(period)s after the report was closed."),
            _MONTH,
            _ANONYMISE,
            ("reports",),
            longest=_days(365),
            hourly=True,
        ),
        Rule(
            SENDERS,
            _("Which connection sent a report"),
            _("Deleted %(period)s after the report was sent. It is salted: it names nobody."),
            _days(1),
            _ANONYMISE,
            ("reports",),
            longest=_MONTH,
            law=_IP,
            fixed=True,
            hourly=True,
        ),
        Rule(
            MARKS,
            _("Marks of words that were said before"),
            _("Deleted %(period)s after the words were said. It is salted: it names nobody."),
            _MONTH,
            _DELETE,
            ("word_marks",),
            longest=_MONTH,
            hourly=True,
        ),
        Rule(
            LETTERS,
            _("Letters that were sent or came back"),
            _("Deleted %(period)s after the letter was written; its words go when it is sent."),
            _MONTH,
            _DELETE,
            ("outbox_mails",),
            longest=_days(90),
            hourly=True,
        ),
        Rule(
            INVITATIONS,
            _("Invitations to staff"),
            _("Deleted when used and run out, or %(period)s after they ran out."),
            _MONTH,
            _DELETE,
            ("invitations",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            COPIES,
            _("Copies of their data that people asked for"),
            _("Deleted %(period)s after it was asked for."),
            _days(7),
            _DELETE,
            ("data_copies",),
            fixed=True,
            hourly=True,
        ),
        Rule(
            WARNINGS,
            _("Who was told that their account is not used"),
            _("Deleted once they were here again, or their account is gone."),
            _hours(0),
            _DELETE,
            ("retention_warnings",),
            fixed=True,
        ),
        Rule(
            REPORTS,
            _("Reports that were closed, and notes of moderators"),
            _("Deleted %(period)s after the case was closed."),
            _months(12),
            _DELETE,
            ("reports", "case_notes", "case_reasons"),
            longest=_FOR_GOOD,
            least=_FIGURES,
            needed=_("The public figures of moderation count reports for so long."),
        ),
        Rule(
            REQUESTS,
            _("Requests about somebody’s data, and complaints"),
            _("What names somebody is deleted %(period)s after the request was closed."),
            _months(12),
            _ANONYMISE,
            ("rights_requests", "rights_events", "rights_letters"),
            longest=_FOR_GOOD,
        ),
        Rule(
            NEWS,
            _("News of what happened"),
            _("Deleted %(period)s after it happened."),
            _months(24),
            _DELETE,
            ("news_items",),
            longest=_FOR_GOOD,
        ),
        Rule(
            HOLDS,
            _("Holds that have ended"),
            _("Deleted %(period)s after the hold ended."),
            _months(12),
            _DELETE,
            ("retention_holds",),
            longest=_FOR_GOOD,
        ),
        Rule(
            NAMES,
            _("Names on ideas"),
            _("The name comes off %(period)s after the outcome of the idea. The idea stays."),
            _months(24),
            _ANONYMISE,
            ("ideas",),
            longest=_FOR_GOOD,
        ),
        Rule(
            IDLE,
            _("Accounts that nobody uses"),
            _(
                "The account is deleted %(period)s after it was last used, and its name comes off "
                "what was written."
            ),
            _months(24),
            _ANONYMISE,
            ("persons",),
            longest=_FOR_GOOD,
            warn=30,
        ),
    )
}
"""In the order in which they are done: accounts last, since much goes with them."""
