"""nianbao (年报): reads, indexes and finds the yearly reports on freedom-of-information work."""

__version__ = "0.1.0"
