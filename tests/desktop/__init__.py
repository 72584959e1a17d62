"""The desktop under test: real windows without a screen."""
