"""States of pages: mail that waits, came back or is stopped, and whose address is refused."""

from playwright.sync_api import expect
from sqlalchemy import delete, update

from citizen_voice import clock
from citizen_voice.accounts import services as accounts
from citizen_voice.accounts.services import address_refused
from citizen_voice.db import db, write
from citizen_voice.outbox import services
from citizen_voice.outbox.events import AddressRefused
from citizen_voice.outbox.models import OutboxMail
from tests.browser.states.setting import Setting

REFUSED = "refused@example.org"
WORDS = "550 5.1.1 <…>: No such mailbox here, and none at any of the other servers of ours"


def mail_came_back_and_is_stopped(setting: Setting) -> None:
    with setting.where.town.inside(), write():
        for kind in ("news", "code", "report"):
            key = services.enqueue(
                kind=kind, to=REFUSED, subject="News", body="Words", language="en"
            )
            db.session.flush()
            values = {"failed_at": clock.now(), "due_at": None, "last_error": WORDS}
            if kind == "code":
                values["body"] = None
            db.session.execute(update(OutboxMail).where(OutboxMail.id == key).values(**values))
        services.stop(setting.where.colleague)
    try:
        page = setting.go_as("colleague", "/staff/mail")
        expect(page.locator("form[action$='/again']")).to_have_count(3)
        expect(page.locator("form[action$='/start']")).to_be_visible()
    finally:
        with setting.where.town.inside(), write():
            services.start()
            db.session.execute(delete(OutboxMail).where(OutboxMail.to_address == REFUSED))


def a_limit_that_is_no_number(setting: Setting) -> None:
    page = setting.go_as("colleague", "/staff/mail")
    page.locator("[name=per_minute]").fill("a few")
    setting.refused("section[aria-labelledby=mail-limit]")


def mail_does_not_reach_its_owner(setting: Setting) -> None:
    town = setting.where.town
    with town.inside(), write():
        person = accounts.join(REFUSED, "adult", "en")
        address_refused(AddressRefused(REFUSED, WORDS))
    setting.page.context.clear_cookies()
    town.sign_in(setting.page, person)
    page = setting.go("/me")
    expect(page.locator("[aria-labelledby=mail-refused] form")).to_be_visible()


STATES = (
    mail_came_back_and_is_stopped,
    a_limit_that_is_no_number,
    mail_does_not_reach_its_owner,
)
