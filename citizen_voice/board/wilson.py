"""How sure a share is: Wilson's score interval, within which the true one lies in 80 of 100 cases.

Few answers make it wide, so ideas are put in order by its lower end: three supporters of three
don't stand before ninety of a hundred. (E. B. Wilson, *Probable inference, the law of succession,
and statistical inference*, Journal of the American Statistical Association 22, 1927.)
"""

import math
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Double, func, literal_column, type_coerce

Z = 1.2815515655446004
"""The 90th percentile of the normal distribution: a tenth of the cases lies beyond each end."""

_Z: ColumnElement[float] = literal_column(repr(Z))
_Z2: ColumnElement[float] = literal_column(repr(Z * Z))


class Interval(NamedTuple):
    """The two ends, from 0 to 1."""

    lower: float
    upper: float


def interval(yes: int, answers: int) -> Interval:
    """The interval of ``yes`` of some ``answers``, of which there is one at least."""
    middle = yes + Z * Z / 2
    reach = Z * math.sqrt(yes * (answers - yes) / answers + Z * Z / 4)
    whole = answers + Z * Z
    return Interval(max((middle - reach) / whole, 0), min((middle + reach) / whole, 1))


def lower(yes: Any, answers: Any) -> ColumnElement[float]:
    """The lower end in SQL, of columns with whole numbers; ``answers`` is 1 at least."""
    spread = yes * (answers - yes) * literal_column("1.0") / answers
    reach = _Z * func.sqrt(spread + _Z2 / literal_column("4.0"))
    end = (yes + _Z2 / literal_column("2.0") - reach) / (answers + _Z2)
    return type_coerce(end, Double)
