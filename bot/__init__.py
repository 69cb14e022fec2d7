"""Seminar: a Discord bot that turns a server into a classroom."""

__version__ = "0.1.0"
