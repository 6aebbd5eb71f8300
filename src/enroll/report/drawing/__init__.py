"""Pictures of a run for paper and slides, drawn with matplotlib."""
