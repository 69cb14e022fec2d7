"""The only rooms that know SQL: the connection, the writing thread, the schema, and one query module a subject."""
