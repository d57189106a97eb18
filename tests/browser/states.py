"""The states of pages that no address shows by itself: each function brings a fresh visitor's page
there. They go by the names of fields, so that they work in both languages."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.pages import EMPTY, Places
from tests.browser.town import QUESTION, SUPPORT_ONLY


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a state is made: the pages of the town, and the prefix of the language."""

    where: Places
    page: Page
    prefix: str

    def go(self, path: str) -> Page:
        """Open an address, as whoever the page's visitor is."""
        self.page.goto(self.where.town.url + self.prefix + path)
        return self.page

    def go_as(self, reader: str, path: str) -> Page:
        """Open an address as one of the readers."""
        self.where.become(self.page, reader)
        return self.go(path)

    def send(self, within: str = "#main") -> None:
        """Press the main button of the form in a part of the page (of an idea's, on its page)."""
        idea = self.page.locator("#idea-form .button--main")
        form = self.page.locator(f"{within} form[method=post] button[type=submit]")
        if idea.count():  # it is asked first whether the site can be reached
            with self.page.expect_navigation():
                idea.first.click()
        else:
            form.first.click()

    def newcomer(self, path: str) -> Page:
        """Open an address as a resident who has neither answered nor written."""
        self.page.context.clear_cookies()
        self.where.town.sign_in(self.page, self.where.town.join(name=None))
        return self.go(path)


def everything_opened(setting: Setting) -> None:
    page = setting.go(f"/challenges/{QUESTION}")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def the_menu_of_a_resident(setting: Setting) -> None:
    setting.go_as("resident", "/").locator("details.menu summary").click()


def an_empty_idea(setting: Setting) -> None:
    setting.newcomer(f"/challenges/{QUESTION}/suggest")
    setting.send()
    expect(setting.page.locator(".govuk-error-summary")).to_be_focused()


def an_empty_idea_to_any_challenge(setting: Setting) -> None:
    setting.newcomer("/ideas/new")
    setting.send()


def an_idea_too_long(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").evaluate("(field) => field.removeAttribute('maxlength')")
    page.locator("[name=title]").fill("long " * 40)
    page.locator("[name=body]").fill("long " * 400)
    page.locator("[name=name]").fill("mayor")
    setting.send()


def a_way_to_contact_somebody(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.locator("[name=body]").fill("Write to sam.jones@example.org or call 01632 960123.")
    page.locator("[name=name]").fill("Heron")
    setting.send()
    expect(page.locator(".notice--warn")).to_be_focused()


def an_edit_with_an_error(setting: Setting) -> None:
    page = setting.go_as("resident", f"/ideas/CV-{setting.where.own}/edit")
    page.locator("[name=title]").fill("")
    setting.send()


def an_idea_that_waits(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.held}?done=waiting")


def an_idea_just_published(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.own}?done=published")


def an_answer_that_counted(setting: Setting) -> None:
    ref = setting.where.town.refs()[4]
    page = setting.newcomer(f"/ideas/{ref}")
    page.locator("#answer button[value=support]").click()
    expect(page.locator("#answer button[value=none]")).to_be_visible()


def not_for_me(setting: Setting) -> None:
    ref = setting.where.town.refs()[5]
    page = setting.newcomer(f"/ideas/{ref}")
    page.locator("#answer button[value=oppose]").click()
    expect(page.locator("#answer button[value=none]")).to_be_visible()


def an_answer_taken_back(setting: Setting) -> None:
    an_answer_that_counted(setting)
    setting.page.locator("#answer button[value=none]").click()
    expect(setting.page.locator("#answer button[value=none]")).to_have_count(0)


def an_idea_edited_since_the_answer(setting: Setting) -> None:
    where = setting.where
    author = where.town.join()
    ref = where.town.idea(author=author, title="Ponds")
    page = setting.newcomer(f"/ideas/{ref}")
    page.locator("#answer button[value=support]").click()
    expect(page.locator("#answer button[value=none]")).to_be_visible()
    where.town.edit(ref, author, title="Ponds, and ducks")
    page.reload()
    expect(page.locator("#answer .notice--warn")).to_be_visible()


def taking_an_idea_back_without_a_reason(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.own}/withdraw")
    setting.send()
    expect(setting.page.locator(".govuk-error-summary")).to_be_focused()


def an_idea_just_taken_back(setting: Setting) -> None:
    setting.go_as("resident", f"/ideas/CV-{setting.where.withdrawn}?done=withdrawn")


def one_idea_after_another(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/next")
    for value in ("support", "skip"):
        title = page.locator("#one-title").inner_text()
        page.locator(f".one__bar [value={value}]").click()
        expect(page.locator("#one-title")).not_to_have_text(title)
    expect(page.locator(".answered")).to_be_visible()


def the_same_idea_again(setting: Setting) -> None:
    one_idea_after_another(setting)
    setting.page.locator(".answered [value=none]").click()
    expect(setting.page.locator(".answered [value=none]")).to_have_count(0)


def no_idea_left(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{EMPTY}")
    setting.where.town.idea(EMPTY, title=f"The only one {setting.prefix}")
    for _ in range(4):
        page = setting.go(f"/challenges/{EMPTY}/next")
        if page.locator(".one__bar").count():
            page.locator(".one__bar [value=skip]").click()
            expect(page.locator(".answered")).to_be_visible()
    expect(page.locator(".one__bar")).to_have_count(0)


def a_comment_that_is_empty(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.others}")
    page.locator("#comment-box button").click()
    expect(page.locator("#comment-comment-error")).to_be_visible()


def a_comment_with_a_way_to_contact_somebody(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.others}/comments")
    page.locator("#comment-comment").fill("Write to sam.jones@example.org.")
    page.locator("#comment-name").fill("Heron")
    page.locator("#comment-box button").click()
    expect(page.locator("#comment-box .notice--warn")).to_be_focused()


def a_comment_just_published(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.own}")
    page.locator("#comment-comment").fill(f"A lamp, too. {setting.prefix}")
    page.locator("#comment-name").fill("Heron")
    page.locator("#comment-box button").click()
    expect(page.locator("#comment-new h3")).to_be_focused()


def a_reply_being_written(setting: Setting) -> None:
    page = setting.newcomer(f"/ideas/CV-{setting.where.own}")
    page.locator(".comment__tools a").first.click()
    expect(page.locator(".reply-box textarea")).to_be_focused()


def a_comment_just_taken_away(setting: Setting) -> None:
    a_comment_just_published(setting)
    setting.page.locator("#comment-new form button").click()
    expect(setting.page.locator("#comment-new .comment__undo")).to_be_visible()


def a_supported_card(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{SUPPORT_ONLY}")
    page.locator("#listing .answer button").first.click()
    expect(page.locator("#listing .button--done").first).to_be_visible()


def a_refusal_in_a_list(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}")
    page.route("**/answer", lambda route: route.abort())
    page.locator("#listing .answer button").first.click()
    expect(page.locator("#alert")).not_to_be_empty()


def further_ideas(setting: Setting) -> None:
    page = setting.go("/ideas")
    cards = page.locator("#listing article.card")
    shown = cards.count()
    page.locator("[data-more]").click()
    expect(cards.nth(shown)).to_be_visible()


def nothing_found(setting: Setting) -> None:
    page = setting.go("/ideas?stage=declined")
    expect(page.locator(".empty")).to_be_visible()


def the_sign_in_of_an_answer(setting: Setting) -> None:
    page = setting.go(f"/challenges/{QUESTION}")
    page.locator("article.card form button").first.click()
    page.wait_for_url("**/sign-in")


def no_address(setting: Setting) -> None:
    setting.go("/sign-in")
    setting.send()


def a_wrong_code(setting: Setting) -> None:
    begin(setting, "wrong").locator("[name=code]").fill("000 000")
    setting.send()
    expect(setting.page.locator(".govuk-error-summary")).to_be_focused()


def a_code_that_ran_out(setting: Setting) -> None:
    page = begin(setting, "out")
    for _ in range(6):
        if page.locator("[name=code]").count():
            page.locator("[name=code]").fill("000 000")
            setting.send()
            page.wait_for_load_state()
    expect(page.locator("[name=code]")).to_have_count(0)


def the_link_in_the_browser_that_asked(setting: Setting) -> None:
    begin(setting, "link")
    setting.page.goto(setting.where.town.link_for(address(setting, "link")))


def the_age_not_said(setting: Setting) -> None:
    begin(setting, "age").locator("[name=code]").fill(
        setting.where.town.code_for(address(setting, "age"))
    )
    setting.send()
    setting.page.wait_for_url("**/sign-in/age")
    setting.send()


def too_young(setting: Setting) -> None:
    the_age_not_said(setting)
    setting.page.locator("[value=under-13]").check()
    setting.send()
    expect(setting.page.locator("[name=age]")).to_have_count(0)


def no_name(setting: Setting) -> None:
    page = setting.go_as("resident", "/me")
    page.locator("[name=name]").fill("")
    page.locator("section[aria-labelledby=my-name] button").click()


def no_new_address(setting: Setting) -> None:
    page = setting.go_as("resident", "/me")
    page.locator("section[aria-labelledby=my-email] button").click()


def the_name_saved(setting: Setting) -> None:
    setting.go_as("resident", "/me?done=name-saved")


def leaving_without_a_choice(setting: Setting) -> None:
    setting.go_as("resident", "/me/leave")
    setting.send()


def a_draft_saved(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    expect(page.locator("[data-saved]")).to_be_visible()


def a_draft_deleted(setting: Setting) -> None:
    a_draft_saved(setting)
    setting.page.locator("[data-deletes]").click()
    expect(setting.page.locator(".notice--good")).to_be_focused()


def words_that_the_browser_kept(setting: Setting) -> None:
    setting.page.context.clear_cookies()
    page = setting.go(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.reload()
    expect(page.locator(".draft-kept")).to_be_visible()


def a_preview(setting: Setting) -> None:
    page = setting.newcomer(f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.locator("[name=body]").fill("For *dogs*, too.\n\n- and cats")
    page.locator("[name=_preview]").click()
    expect(page.locator("#preview-heading")).to_be_focused()


def a_draft_of_a_challenge_that_closed(setting: Setting) -> None:
    town = setting.where.town
    slug = town.challenge(f"closes{setting.prefix.strip('/')}")
    page = setting.newcomer(f"/challenges/{slug}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    expect(page.locator("[data-saved]")).to_be_visible()
    town.close_challenge(slug)
    setting.go("/drafts")
    page.locator(".draft a").click()
    expect(page.locator(".notice--warn")).to_be_visible()


def a_page_from_before_signing_in(setting: Setting) -> None:
    page = setting.go_as("resident", f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A tap by the bus stop")
    page.locator("[name=body]").fill("For dogs, too.")
    setting.where.town.sign_in(page, setting.where.resident)
    setting.send()
    expect(page.locator("#kept-1")).to_be_visible()


def ideas_like_the_title(setting: Setting) -> None:
    setting.where.town.idea(author=setting.where.town.join(), title="A bell for the ferry")
    page = setting.go_as("resident", f"/challenges/{QUESTION}/suggest")
    page.locator("[name=title]").fill("A ferry bell")
    page.locator("[name=title]").press("Tab")
    expect(page.locator(".alike")).to_be_visible()


STATES: tuple[Callable[[Setting], None], ...] = (
    everything_opened,
    the_menu_of_a_resident,
    an_empty_idea,
    ideas_like_the_title,
    an_empty_idea_to_any_challenge,
    an_idea_too_long,
    a_way_to_contact_somebody,
    an_edit_with_an_error,
    an_idea_that_waits,
    an_idea_just_published,
    an_answer_that_counted,
    not_for_me,
    an_answer_taken_back,
    an_idea_edited_since_the_answer,
    taking_an_idea_back_without_a_reason,
    an_idea_just_taken_back,
    one_idea_after_another,
    the_same_idea_again,
    no_idea_left,
    a_comment_that_is_empty,
    a_comment_with_a_way_to_contact_somebody,
    a_comment_just_published,
    a_reply_being_written,
    a_comment_just_taken_away,
    a_supported_card,
    a_refusal_in_a_list,
    further_ideas,
    nothing_found,
    the_sign_in_of_an_answer,
    no_address,
    a_wrong_code,
    a_code_that_ran_out,
    the_link_in_the_browser_that_asked,
    the_age_not_said,
    too_young,
    no_name,
    no_new_address,
    the_name_saved,
    leaving_without_a_choice,
    a_draft_saved,
    a_draft_deleted,
    words_that_the_browser_kept,
    a_preview,
    a_draft_of_a_challenge_that_closed,
    a_page_from_before_signing_in,
)


def begin(setting: Setting, name: str) -> Page:
    """Ask for a code."""
    page = setting.go("/sign-in")
    page.locator("[name=email]").fill(address(setting, name))
    setting.send()
    page.wait_for_url("**/sign-in/code")
    return page


def address(setting: Setting, name: str) -> str:
    """An e-mail address for a state and a language."""
    return f"{name}{setting.prefix.strip('/')}@example.org"
