"""The concepts of an election day as pure functions over entries of the journal."""
