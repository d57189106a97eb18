"""search: the words of listed ideas, and in how many ideas each stands"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables that no model describes, since each database has a kind of its own for them."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE idea_search (rowid integer PRIMARY KEY, title text NOT NULL, "
            "words tsvector NOT NULL)"
        )
        op.execute(
            "CREATE INDEX ix_idea_search_words ON idea_search USING gin (words) "
            "WITH (fastupdate = off)"
        )
        op.execute(
            'CREATE TABLE idea_search_terms (term text COLLATE "C" PRIMARY KEY, '
            "documents integer NOT NULL)"
        )
        return
    op.execute(
        "CREATE VIRTUAL TABLE idea_search USING fts5(title UNINDEXED, words, "
        "tokenize = \"ascii tokenchars '/'\", detail = none, columnsize = 0)"
    )
    op.execute(
        "CREATE TABLE idea_search_terms (term TEXT PRIMARY KEY, documents INTEGER NOT NULL) "
        "WITHOUT ROWID"
    )


def downgrade() -> None:
    """What it held is made of the ideas: ``citizen-voice check --fix`` makes it again."""
    op.execute("DROP TABLE idea_search_terms")
    op.execute("DROP TABLE idea_search")
