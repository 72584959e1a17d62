"""One module per duty of the day; each takes a unit of work and answers with what changed."""
