"""The site as a WSGI application, for the server's workers."""

from citizen_voice import config, create_app
from citizen_voice.cli import processes, serve

processes.end_with_parent()
_settings = config.load()
app = create_app(_settings, pool_size=serve.threads(_settings))
