"""Slash commands and events: parse, authorise, run one action, reply. Nothing is decided here."""
