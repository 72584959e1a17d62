"""A whole invented polling day, played through the services."""
