"""Made-up ideas and comments: common words often, rare ones seldom, as in any language."""

import random

_NOUNS = """
street park bus library school bench tree light path road market square river playground crossing
cycle garden station centre shop bin fence wall bridge hall pool museum stop pavement clinic field
harbour canal lane corner car van ramp toilet fountain shelter
"""
_QUALITIES = (
    "more better safer later cheaper cleaner quieter wider free new open warm bright shared"
)
_DEEDS = "plant mend open light clean paint move close widen share keep build lend name"
_JOINTS = "near by beside behind along between above below opposite"
_FILLING = """
because people need to get there without a car and after dark it is hard for anybody who walks
slowly or pushes a pram so we could try it for one summer and see what it costs
"""
_BEGINNINGS = "Tre Aber Pen Llan Caer Glan Bryn Cwm Porth Rhos Maes Nant Ty Pont Coed"
_MIDDLES = "a e i o u wy ae el en or an yn"
_ENDS = "lan mor wen ddu goch fan ell ach wy ryd dol las ton rig"

COMMON, FILLING = _NOUNS.split(), _FILLING.split()
SAYING, DOING, JOINING = _QUALITIES.split(), _DEEDS.split(), _JOINTS.split()
PLACES = [a + m + e for a in _BEGINNINGS.split() for m in _MIDDLES.split() for e in _ENDS.split()]


class Writer:
    """Writes texts by chance, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def title(self) -> str:
        """The title of an idea, of at most 80 characters."""
        pick = self._chance.choice
        place = PLACES[int(self._chance.paretovariate(0.6)) % len(PLACES)]
        return (
            f"{pick(DOING).capitalize()} {pick(SAYING)} {self._noun()} "
            f"{pick(JOINING)} {place} {self._noun()}"
        )

    def body(self, words: int) -> str:
        """Some sentences."""
        chosen = [
            self._noun() if self._chance.random() < 0.4 else self._chance.choice(FILLING)
            for _ in range(words)
        ]
        sentences = [chosen[at : at + 12] for at in range(0, words, 12)]
        return " ".join(f"{' '.join(one).capitalize()}." for one in sentences)

    def _noun(self) -> str:
        return COMMON[int(self._chance.paretovariate(0.9)) % len(COMMON)]
