"""The list that every step of the schema is entered in, in order. Knows no table."""

from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("seminar")
