"""`python -m exocite`, where the script is not on the path."""

from exocite.cli import main

if __name__ == "__main__":
    main()
