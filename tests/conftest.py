import os

from hypothesis import settings

pytest_plugins = ("tests.browser",)

# No deadline: a busy machine is not a fault. With CI=true the same examples run every time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", parent=settings.get_profile("here"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")
