"""Whatever residents and staff do in whatever order, figures are the rows, and the table holds."""

from typing import Any

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from sqlalchemy import select

from citizen_voice.answers.models import NAMES, Answer, VoidAnswer
from citizen_voice.comments.models import Comment, CommentThread
from citizen_voice.db import db
from citizen_voice.ideas.models import Idea, IdeaListing
from citizen_voice.ideas.queries import totals
from tests.merging.residents import Residents
from tests.merging.rows import differences
from tests.merging.staff import Staff

EXAMPLES, STEPS = 25, 25


class Acts(Residents, Staff):
    """Every act, and what holds after each."""

    @invariant()
    def figures_are_the_rows(self) -> None:
        assert differences() == []

    @invariant()
    def the_table_holds(self) -> None:
        place = self.place
        for rows, kept in ((Answer, place.live), (VoidAnswer, place.void)):
            found = db.session.execute(
                select(rows.idea_id, rows.person_id, rows.value, rows.answered_at).where(
                    rows.idea_id.in_(self.ideas)
                )
            )
            assert {(row[0], row[1]): (NAMES[row[2]], row[3]) for row in found} == kept
        listed = {row.idea_id: row for row in db.session.scalars(self.of(IdeaListing.idea_id))}
        stages = dict(
            db.session.execute(select(Idea.id, Idea.stage).where(Idea.id.in_(self.ideas))).all()
        )
        threads = dict(
            db.session.execute(
                select(CommentThread.idea_id, CommentThread.published).where(
                    CommentThread.idea_id.in_(self.ideas)
                )
            ).all()
        )
        for number in self.ideas:
            row = listed[number]
            assert (row.support, row.oppose, row.skip) == place.figures(number)
            assert row.listed == place.listed(number)
            assert threads.get(number, 0) == place.comments(number)
        assert stages == place.stage
        for key in self.challenges:
            shown = totals(key)
            assert (shown.ideas, shown.support, shown.oppose, shown.skip) == place.totals(key)
        said = db.session.execute(
            select(Comment.id, CommentThread.idea_id, Comment.merged_from)
            .join(CommentThread, CommentThread.id == Comment.thread_id)
            .where(CommentThread.idea_id.in_(self.ideas))
        )
        assert {row[0]: (row[1], row[2]) for row in said} == {
            key: (each.idea, each.about) for key, each in place.said.items()
        }

    def of(self, column: Any) -> Any:
        return (
            select(IdeaListing)
            .where(column.in_(self.ideas))
            .execution_options(populate_existing=True)
        )


def test_any_sequence_of_acts_keeps_figures_equal_to_the_rows_and_every_line_of_the_table(
    app: Flask,
) -> None:
    run_state_machine_as_test(
        Acts,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),  # to shrink what fails takes minutes
            suppress_health_check=list(HealthCheck),
        ),
    )
