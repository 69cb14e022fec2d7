"""Texts as nobody should have to read them: blank ones, and one with what cannot be stored in it."""

BLANK = (" \n ", "\u200b\u200d", "\x00", "\u3164\u2800", "\ud800", "\ufeff \u2060")
DIRTY = " We agree\ud800\x00.\r\nOn this.\x1b "
CLEAN = "We agree.\nOn this."
