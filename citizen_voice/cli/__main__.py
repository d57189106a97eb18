"""``python -m citizen_voice.cli``."""

from citizen_voice.cli import main

main()
