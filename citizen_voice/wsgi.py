"""The site as a WSGI application, for the server's workers."""

import gc

from sqlalchemy.orm import configure_mappers

from citizen_voice import config, create_app
from citizen_voice.cli import processes, serve

processes.end_with_parent()
_settings = config.load()
app = create_app(_settings, pool_size=serve.threads(_settings))
configure_mappers()  # else the first request would

# What was made until here stays: the collector need not walk through it again and again, and what
# requests make is gone without it, but for circles, for which rarely is often enough.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
