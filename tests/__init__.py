"""The tests of exocite; they mirror the package."""
