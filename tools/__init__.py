"""Things for those who build the project: migrations, pictures, vendored files."""
