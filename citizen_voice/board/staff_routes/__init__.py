"""The top ideas: the table, what is like them, opinion groups, joining two."""

from citizen_voice.board.staff_routes import groups as _groups  # noqa: F401  # its addresses
from citizen_voice.board.staff_routes import merge as _merge  # noqa: F401
from citizen_voice.board.staff_routes import top as _top  # noqa: F401
from citizen_voice.board.staff_routes.blueprint import bp

__all__ = ["bp"]
