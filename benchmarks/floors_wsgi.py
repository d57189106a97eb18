"""The floors as a WSGI application, for the server's workers."""

from benchmarks import floors
from citizen_voice import config

app = floors.make(config.load())
