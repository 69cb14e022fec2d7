"""Use cases: plain synchronous functions, one transaction each, first argument the database.

They check the state that they start from, so that a late, repeated or racing call changes nothing and says
so. They never see Discord, the clock or global randomness: moments and ``rng`` are arguments.
"""
