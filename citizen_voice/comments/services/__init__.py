"""What happens to comments: written, edited, taken away, held and hidden."""

from citizen_voice.comments.services.joining import join, part
from citizen_voice.comments.services.showing import (
    accept_edit,
    hide,
    hold,
    publish,
    put_back,
    remove,
    restore,
    unaccept_edit,
    words_of_leaving,
)
from citizen_voice.comments.services.threads import begin, close
from citizen_voice.comments.services.writing import (
    CommentsClosed,
    comment,
    comment_on_pilot,
    edit,
    reply,
)

__all__ = [
    "CommentsClosed",
    "accept_edit",
    "begin",
    "close",
    "comment",
    "comment_on_pilot",
    "edit",
    "hide",
    "hold",
    "join",
    "part",
    "publish",
    "put_back",
    "remove",
    "reply",
    "restore",
    "unaccept_edit",
    "words_of_leaving",
]
