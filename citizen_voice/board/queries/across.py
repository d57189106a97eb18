"""*Across groups*: what even the group that likes an idea least supports.

Of each opinion group, the share is its supporters among all its answers to the idea: *support*
against *support*, *not for me* and *skip* together. So it is in Polis, whose groups these are: who
saw a statement and passed has not been won. A group counts with the lower end of its 80 % Wilson
interval (``wilson``), an idea with that of its least convinced group.

Groups with fewer than ten answers to an idea are left out, and an idea needs two that are not. So
are ideas where 1 to 9 of a group support it, or 1 to 9 do not: the order alone would tell how many.
Who is under 18 is in no group. The shares of single groups are shown nowhere, so that nobody can
take one from another; pages round what they show (``table``).
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Subquery, case, exists, func, or_, select

from citizen_voice.accounts.models import TEEN, Person
from citizen_voice.answers.models import SUPPORT, Answer
from citizen_voice.board import wilson
from citizen_voice.board.models import ParticipantGroup
from citizen_voice.db import rows
from citizen_voice.ideas import ordering
from citizen_voice.ideas.models import IdeaListing
from citizen_voice.kept import kept
from citizen_voice.small_cells import SMALL

LEAST_ANSWERS = SMALL
LEAST_GROUPS = 2

G, L = ParticipantGroup, IdeaListing
_there = select(exists(select(G.group_number)))


def least_convinced(conditions: Sequence[ColumnElement[bool]]) -> Subquery:
    """Ideas (``idea_id``) and the lower end of their least convinced group (``value``).

    ``conditions`` narrow the listing.
    """
    groups = (
        select(
            Answer.idea_id,
            func.sum(case((Answer.value == SUPPORT, 1), else_=0)).label("yes"),
            func.count().label("answers"),
        )
        .select_from(L)
        .join(Answer, Answer.idea_id == L.idea_id)
        .join(G, (G.challenge_id == L.challenge_id) & (G.person_id == Answer.person_id))
        .join(Person, Person.id == G.person_id)
        .where(ordering.LISTED, Person.age_band.is_distinct_from(TEEN), *conditions)
        .group_by(Answer.idea_id, G.group_number)
        .having(func.count() >= LEAST_ANSWERS)
        .subquery("groups")
    )
    return (
        select(
            groups.c.idea_id,
            func.min(wilson.lower(groups.c.yes, groups.c.answers)).label("value"),
        )
        .group_by(groups.c.idea_id)
        .having(func.count() >= LEAST_GROUPS, func.max(_small(groups)) == 0)
        .subquery("across")
    )


def _small(groups: Subquery) -> ColumnElement[int]:
    """1 for a group of which so few support an idea, or do not, that they could be picked out."""
    others = groups.c.answers - groups.c.yes
    few = [number.between(1, SMALL - 1) for number in (groups.c.yes, others)]
    return case((or_(*few), 1), else_=0)


@kept
def there_are_groups() -> bool:
    """Whether anybody is in an opinion group."""
    return bool(rows(_there)[0][0])
