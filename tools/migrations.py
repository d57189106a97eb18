"""The app with Flask-Migrate, for making migrations: `flask --app tools.migrations db …`."""

from citizen_voice import create_app
from citizen_voice.cli import schema

app = create_app()
schema.migrations(app)
