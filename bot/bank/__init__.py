"""What a question is: the items, how each kind grades an answer, sets, and the files that hold them.

Pure but for reading files: nothing here knows Discord, the database, the clock or randomness.
"""
