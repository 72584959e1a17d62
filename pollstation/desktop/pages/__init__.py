"""One page for each duty of the day."""
