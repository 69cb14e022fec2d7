"""How hard the tests look for what breaks them; no property test is ever failed for being slow.

The profile ``ci`` looks at the same cases in every run, so that whether a change passes depends on the change
alone. Without it, each run looks elsewhere. ``--hypothesis-profile=search`` looks at very many, and takes hours.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("seminar", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("seminar"), derandomize=True, print_blob=True)
settings.register_profile("search", settings.get_profile("seminar"), max_examples=2_500)
settings.load_profile("seminar")
