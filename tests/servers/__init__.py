"""Real servers for the tests: PostgreSQL, SMTP, the site itself, and a browser to visit it."""
