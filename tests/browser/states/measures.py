"""States of pages: measures, readings that are looked at first, and charts of few and of many."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from citizen_voice import clock
from citizen_voice.db import write
from citizen_voice.pilots import services
from tests.browser.states.setting import Setting
from tests.factories.ideas import idea
from tests.factories.pilots import a_pilot, shortlisted

PASTED = "Day\tValue\n3/11/2025\t12,5\tcold\n4/11/2025\tn/a\n5/11/2025\t13"


def a_measure_with_errors(setting: Setting) -> None:
    open_(setting, "/new")
    setting.refused()


def a_target_without_a_reason(setting: Setting) -> None:
    page = open_(setting, f"/{setting.where.measure}/change")
    page.locator("[name=target]").fill("11")
    setting.refused()


def a_reading_with_errors(setting: Setting) -> None:
    open_(setting, f"/{setting.where.measure}")
    setting.refused()


def a_reading_of_a_day_that_has_one(setting: Setting) -> None:
    page = open_(setting, f"/{setting.where.measure}")
    page.locator("[name=day]").fill((clock.today() - timedelta(days=20)).isoformat())
    page.locator("[name=value]").fill("99.5")
    setting.send()
    expect(page.locator(".notice--warn")).to_be_focused()


def a_reading_about_to_go(setting: Setting) -> None:
    day = clock.today() - timedelta(days=20)
    page = open_(setting, f"/{setting.where.measure}?remove={day}")
    expect(page.locator(".notice--warn")).to_be_focused()


def readings_looked_at(setting: Setting) -> None:
    page = open_(setting, f"/{setting.where.measure}/table")
    page.locator("[name=pasted]").fill(PASTED)
    page.locator("[name=_look]").click()
    expect(page.locator("section.notice")).to_be_focused()


def good_readings_kept(setting: Setting) -> None:
    readings_looked_at(setting)
    setting.page.locator("[name=_keep]").click()
    expect(setting.page.locator(".notice--good")).to_be_focused()


def nothing_pasted(setting: Setting) -> None:
    page = open_(setting, f"/{setting.where.measure}/table")
    page.locator("[name=_look]").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()


def charts_of_every_kind(setting: Setting) -> None:
    where = setting.where
    with where.town.inside():
        pilot = a_pilot(*shortlisted([idea()]), owner=where.colleague)
    with where.town.inside(), write():
        for name, values in (
            ("One", [42.5]),
            ("The same", [7.0, 7.0]),
            ("Below nothing", [-4.0, 1.0]),
            ("Hundreds", [float(number % 50) for number in range(400)]),
            ("None yet", []),
        ):
            measure = services.add_measure(
                pilot,
                better="less",
                baseline=5.0,
                target=None,
                name_en=name,
                actor=where.colleague,
            )
            days = [clock.today() - timedelta(days=number) for number in range(len(values))]
            found = [services.Reading(*each) for each in zip(days, values, strict=True)]
            if found:
                services.add_readings(measure, found, actor=where.colleague)
    page = setting.go(f"/pilots/CVT-{pilot}")
    page.locator(".measure__table summary").first.click()
    expect(page.locator(".measure__table[open]")).to_be_visible()


STATES: tuple[Callable[[Setting], None], ...] = (
    a_measure_with_errors,
    a_target_without_a_reason,
    a_reading_with_errors,
    a_reading_of_a_day_that_has_one,
    a_reading_about_to_go,
    readings_looked_at,
    good_readings_kept,
    nothing_pasted,
    charts_of_every_kind,
)


def open_(setting: Setting, rest: str) -> Page:
    """One of the screens of measures, as who runs the trial."""
    return setting.go_as("colleague", f"/staff/pilots/CVT-{setting.where.pilot}/measures{rest}")
