"""What changed from one version of a text to the next, in pieces that a page can show.

Sentences are compared first; within a stretch of changed sentences the words are. Both comparisons
are left out where they would cost too much (a text of the same word a thousand times): then the
stretch counts as taken out and written anew, which is true, if less exact.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from citizen_voice.kept import Bounded

SAME, GONE, NEW, FOLD = "same", "gone", "new", "fold"

MOST_PAIRS = 3_000
"""Pairs of equal units between two texts, above which they are not compared. 1,500 letters of
prose have some hundreds; the time grows with the pairs and with how often the texts split."""
MOST_BESIDE = 90_000
"""Units of the one text times units of the other, above which they are not compared: 1,500 letters
of prose have 300 words. Without it, a text of letters that stand alone takes fifty milliseconds."""
MOST_KEPT = 256
LEAST_ALIKE = 0.3
"""Sentences less alike than this are shown one after the other, not word by word."""
LONGEST_SAME = 320
KEPT = 100
"""Of an unchanged stretch longer than ``LONGEST_SAME`` letters, about as many are shown at either
end; the middle is folded."""

_SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?]+(?!\s)[^\n.!?]*)*[.!?]*\s*")
_WORD = re.compile(r"\S+\s*|\s+")
_TAIL = re.compile(r"[.,;:!?…)\]”’\"']+\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: the same in both, taken out, put in, or the same and folded away."""

    kind: str
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def changes(old: str, new: str, *, fold: bool = True) -> list[Piece]:
    """The pieces that lead from ``old`` to ``new``.

    Those that are not ``new`` make up ``old``, those that are not ``gone`` make up ``new``, but for
    white space. With ``fold``, the middle of a long unchanged stretch is a piece of its own.
    """
    before, after = _cut(_SENTENCE, old), _cut(_SENTENCE, new)
    pieces = _joined(_compare(before, after, _by_words))
    return list(_folded(pieces)) if fold else pieces


_kept: dict[bytes, list[Piece]] = Bounded(MOST_KEPT)


def kept_changes(old: str, new: str, *, fold: bool = True) -> list[Piece]:
    """The same pieces, worked out once for the same words: they are nobody's to change.

    They are found by the words, never by the name of a version: what was erased is not found again.
    """
    key = hashlib.blake2b(repr((fold, old, new)).encode(), digest_size=16).digest()
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = changes(old, new, fold=fold)
    return found


Within = Callable[[str, str], Iterator[Piece]]


def _compare(before: Sequence[str], after: Sequence[str], within: Within) -> Iterator[Piece]:
    """Pieces of two sequences of units; ``within`` says those of a stretch that differs."""
    ours, theirs = [unit.strip() for unit in before], [unit.strip() for unit in after]
    start = _shared(ours, theirs)
    end = _shared(ours[start:][::-1], theirs[start:][::-1])
    yield Piece(SAME, "".join(after[:start]))
    last, final = len(before) - end, len(after) - end
    if _is_dear(ours[start:last], theirs[start:final]):
        yield from within("".join(before[start:last]), "".join(after[start:final]))
    else:
        matcher = SequenceMatcher(None, ours[start:last], theirs[start:final], autojunk=False)
        for tag, from_, to, begin, stop in matcher.get_opcodes():
            gone = "".join(before[start + from_ : start + to])
            came = "".join(after[start + begin : start + stop])
            if tag == "equal":
                yield Piece(SAME, came)
            else:
                yield from within(gone, came)
    yield Piece(SAME, "".join(after[final:]))


def _by_words(old: str, new: str) -> Iterator[Piece]:
    before, after = _words(old), _words(new)
    if old.strip() and new.strip():
        pieces = _joined(_compare(before, after, _wholly))
        same = sum(len(piece.text) for piece in pieces if piece.kind == SAME)
        if 2 * same >= LEAST_ALIKE * (len(old) + len(new)):
            yield from pieces
            return
    yield from _wholly(old, new)


def _wholly(old: str, new: str) -> Iterator[Piece]:
    yield Piece(GONE, old)
    yield Piece(NEW, new)


def _cut(units: re.Pattern[str], text: str) -> list[str]:
    return [unit for unit in units.findall(text) if unit]


def _words(text: str) -> list[str]:
    """Words with the space after them; what ends a sentence stands apart from its last word."""
    found = []
    for word in _cut(_WORD, text):
        tail = _TAIL.search(word)
        cut = tail.start() if tail else 0
        found += [word[:cut], word[cut:]] if cut else [word]
    return found


def _shared(ours: Sequence[str], theirs: Sequence[str]) -> int:
    """How many units two sequences begin with in common."""
    count = 0
    for mine, other in zip(ours, theirs, strict=False):
        if mine != other:
            break
        count += 1
    return count


def _is_dear(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether to compare them takes too long."""
    if len(ours) * len(theirs) > MOST_BESIDE:
        return True
    there = Counter(theirs)
    return sum(count * there[unit] for unit, count in Counter(ours).items()) > MOST_PAIRS


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbours of one kind as one piece; what was taken out before what was put in.

    A space between two changes belongs to both: the eye reads one change. The space after a change
    stands beside it, so that it is neither struck nor underlined.
    """
    found: list[Piece] = []
    gone = came = ""
    for piece in (*pieces, Piece(SAME, "")):
        if piece.kind == GONE:
            gone += piece.text
        elif piece.kind == NEW:
            came += piece.text
        elif piece.text.strip() or piece.text == "":
            if piece.text == "" and found and not gone + came:
                continue
            found += _change(gone, came)
            gone = came = ""
            if found and found[-1].kind == SAME and piece.text:
                piece = Piece(SAME, found.pop().text + piece.text)  # noqa: PLW2901  # one piece
            found += [piece] if piece.text else []
        elif gone or came:
            gone, came = gone + piece.text, came + piece.text
        else:
            found.append(piece)
    return found


def _change(gone: str, came: str) -> Iterator[Piece]:
    after = _space_after(came) or _space_after(gone)
    for kind, text in ((GONE, gone), (NEW, came)):
        if text.strip():
            yield Piece(kind, text.rstrip())
    if after:
        yield Piece(SAME, after)


def _space_after(text: str) -> str:
    return text[len(text.rstrip()) :]


def _folded(pieces: Sequence[Piece]) -> Iterator[Piece]:
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if piece.kind != SAME or len(piece.text) <= LONGEST_SAME:
            yield piece
            continue
        text = piece.text
        head = _after_word(text, KEPT) if place > 0 else 0
        tail = _before_word(text, len(text) - KEPT) if place < last else len(text)
        for kind, part in ((SAME, text[:head]), (FOLD, text[head:tail]), (SAME, text[tail:])):
            if part:
                yield Piece(kind, part)


def _after_word(text: str, place: int) -> int:
    """The end of the word at a place."""
    found = re.compile(r"\s").search(text, place, place + KEPT)
    return found.end() if found else place


def _before_word(text: str, place: int) -> int:
    """The beginning of the word at a place."""
    found = max(text.rfind(" ", place - KEPT, place), text.rfind("\n", place - KEPT, place))
    return found + 1 if found >= 0 else place
