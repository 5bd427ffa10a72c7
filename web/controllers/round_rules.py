"""How a round is reviewed: the coordinator's choices."""

from typing import Any

from litestar import Controller, Response, get, post
from litestar.params import FromPath

from lirk.errors import ProblemsFound
from lirk.services import round_rules
from web.dependencies import TheDatabase, TheForm, TheView
from web.forms import field_errors
from web.pages.round_rules import FIELDS, RulesPage, rules_of


class RoundRulesController(Controller):
    """For the coordinator of a round."""

    path = "/rounds/{key:str}/rules"

    @get(sync_to_thread=True)
    def show(self, database: TheDatabase, view: TheView, key: FromPath[str]) -> Response[str]:
        """Show the rules, with the reason for each."""
        with database.begin() as store:
            value = round_rules.rules_page(store, view.actor, key)
        return view.page("rounds/rules.html", RulesPage.of(value, view.words))

    @post(sync_to_thread=True)
    def change(
        self, database: TheDatabase, view: TheView, form: TheForm, key: FromPath[str]
    ) -> Response[Any]:
        """Keep the rules."""
        form.only(*FIELDS)
        rules, unread = rules_of(form)
        try:
            with database.begin() as store:
                round_rules.change_rules(store, view.actor, key, rules, unread=unread, now=view.now)
        except ProblemsFound as error:
            with database.begin() as store:
                value = round_rules.rules_page(store, view.actor, key)
            page = RulesPage.of(value, view.words, form)
            errors = field_errors(error.problems, view.words)
            return view.page("rounds/rules.html", page, errors=errors, status=422)
        said = view.words.text("Reglerne for runden er gemt.")
        return view.redirect(f"/rounds/{key}/rules", receipt=said)
