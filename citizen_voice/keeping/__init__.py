"""How long everything is kept (UK GDPR Art 5(1)(e)): one rule for each class of data.

What is declared here holds until the officer sets another period, within what a rule allows. The
engine that does it is ``citizen_voice.retention``; what every feature says of it is made from here.
"""

from citizen_voice.keeping.periods import Act, Period, Rule, Said, Unit
from citizen_voice.keeping.rules import RULES
from citizen_voice.keeping.settings import RetentionRule, Setting, in_force, rules_of, sentence
from citizen_voice.keeping.without_end import KEPT

__all__ = [
    "KEPT",
    "RULES",
    "Act",
    "Period",
    "RetentionRule",
    "Rule",
    "Said",
    "Setting",
    "Unit",
    "in_force",
    "rules_of",
    "sentence",
]
