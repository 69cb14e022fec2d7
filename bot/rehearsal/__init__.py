"""A classroom on this machine: the very same bot in a simulated Discord, with students who answer and argue.

It asks ``bot.app`` for the bot and knows nothing of its insides; only ``bot.cli`` imports it, and only when asked.
"""
