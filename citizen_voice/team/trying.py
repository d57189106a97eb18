"""Trying to prove who one is, from a page: counted first, and slow on purpose."""

from flask import request

from citizen_voice import limits
from citizen_voice.db import AnyRow
from citizen_voice.team import services
from citizen_voice.team.limits import TRIES_ADDRESS, TRIES_HERE, TRIES_NETWORK
from citizen_voice.team.services import Proof


def count(address: str) -> None:
    """Count one more try of somebody's details. Raises ``TooMany``.

    A place that has tried too often adds nothing to what is counted of the address, so nobody keeps
    a colleague out from one place.
    """
    network = limits.network_of(request.remote_addr)
    limits.hit(TRIES_HERE, f"{network} {address}")
    limits.hit(TRIES_NETWORK, network)
    limits.hit(TRIES_ADDRESS, address)


def prove(row: AnyRow | None, address: str, password: str, code: str) -> Proof:
    """Count a try, then hold it against what we have. Raises ``TooMany``, ``WrongDetails``."""
    count(address)
    return services.prove(row, password, code)
