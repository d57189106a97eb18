"""Words of documents: put, found, ranked; on both databases."""
