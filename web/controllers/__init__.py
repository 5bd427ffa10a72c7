"""Every controller of the pages, one file a noun."""

import importlib
import importlib.util

from litestar import Controller

from web.controllers.home import HomeController

FOUND = [HomeController]
for _noun in ("sign_in", "me", "people", "centres", "reviews", "reports", "overview", "overviews", "finding_texts", "plans", "planning", "planned_rounds", "rounds", "assignment", "obstacles", "checklists", "draws", "seeds", "cases", "findings"):
    if importlib.util.find_spec(f"web.controllers.{_noun}"):
        try:
            _module = importlib.import_module(f"web.controllers.{_noun}")
        except Exception as error:
            print("web/controllers:", _noun, error)
            continue
        FOUND += [c for c in vars(_module).values() if isinstance(c, type) and issubclass(c, Controller) and c is not Controller and c.__module__ == _module.__name__]
CONTROLLERS = tuple(FOUND)
