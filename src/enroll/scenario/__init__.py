"""The settings: schema, loading, extending."""
