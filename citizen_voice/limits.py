"""How often somebody may do something: counted in the database, in fixed windows.

A count is written before the act, in a transaction of its own, so that a refusal does not undo it.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address

from flask import current_app
from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Mapped, mapped_column

from citizen_voice import clock, register
from citizen_voice.db import Base, db, dialect, write
from citizen_voice.errors import TooMany
from citizen_voice.words import _


class LimitHit(Base):
    """How often something was done in a window, which ends at ``window_end`` (seconds since 1970).

    The subject is hashed with the site's secret.
    """

    __tablename__ = "limit_hits"

    scope: Mapped[str] = mapped_column(String(32), primary_key=True)
    subject: Mapped[str] = mapped_column(String(32), primary_key=True)
    window_end: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    hits: Mapped[int] = mapped_column(Integer)


register.declare(
    "limit_hits",
    plain=("scope", "window_end", "hits"),
    personal={
        "subject": register.Personal(
            "safety",
            "whoever acts",
            None,
            register.Erase.KEEP,
            "a salted hash, deleted when its window is over: only sameness matters",
        )
    },
)


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` times in ``per``, for each subject."""

    scope: str
    most: int
    per: timedelta


def hit(limit: Limit, subject: str) -> None:
    """Count once more; raises ``TooMany`` when that is over the limit."""
    seconds = int(limit.per.total_seconds())
    now = int(clock.now().timestamp())
    end = (now // seconds + 1) * seconds
    values = {"scope": limit.scope, "subject": _hashed(subject), "window_end": end, "hits": 1}
    insert = postgresql_insert if dialect() == "postgresql" else sqlite_insert
    statement = (
        insert(LimitHit)
        .values(values)
        .on_conflict_do_update(
            index_elements=["scope", "subject", "window_end"], set_={"hits": LimitHit.hits + 1}
        )
        .returning(LimitHit.hits)
    )
    with write():
        hits = db.session.execute(statement).scalar_one()
    if hits > limit.most:
        raise TooMany(
            _("That was very often in a short time. Please wait a while and try again."),
            retry_after=end - now,
        )


def network_of(address: str | None) -> str:
    """The prefix that stands for one household or office: /24 of IPv4, /56 of IPv6."""
    try:
        ip = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped  # as a socket for both families names who comes by IPv4
    bits = 24 if ip.version == 4 else 56
    shift = ip.max_prefixlen - bits
    return f"{ip.version}:{int(ip) >> shift:x}"


def _hashed(subject: str) -> str:
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, b"limit:" + subject.encode(), hashlib.sha256).hexdigest()[:32]
