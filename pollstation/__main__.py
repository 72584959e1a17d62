"""``pollstation`` and ``python -m pollstation``."""

from pollstation import app


def main() -> None:
    """Start the program."""
    app.run()


if __name__ == "__main__":
    main()
