"""A drawn round of the small municipality whose readers calibrate on the ends of its reserve."""

from collections.abc import Mapping, Sequence

from small_round import KEY, Municipality

from lirk.domain.reviews import Answer, Reading, Review
from lirk.services import calibrating, calibration_results, finishing, reviewing


class Calibrators:
    """What coordinator and readers do; each act is a unit of work."""

    def __init__(self, town: Municipality, *readers: str, key: str = KEY) -> None:
        self.town, self.readers, self.key = town, readers, key

    def __call__(self, act, *args, who=None, **more):
        with self.town.acting(who) as (store, actor):
            return act(store, actor, *args, **more)

    def open(self, cases: int = 2, readers: Sequence[str] | None = None, who: str | None = None):
        chosen = self.readers if readers is None else readers
        return self(
            calibrating.open_calibration, self.key, cases=cases, reviewers=chosen, now=self.town.now, who=who
        )

    def page(self, who: str | None = None):
        return self(calibrating.calibration_page, self.key, who=who)

    def results(self, who: str):
        return self(calibration_results.results_page, self.key, who=who)

    def close(self, **more):
        return self(calibrating.close, self.key, now=self.town.now, **more)

    def cancel(self, **more):
        return self(calibrating.cancel, self.key, now=self.town.now, **more)

    def agree(self, text: str, *, item: str = "clear", version: int = 0, checklist: str = "breve", **more):
        return self(
            calibration_results.write_agreed_reading,
            self.key,
            checklist,
            item,
            text,
            version=version,
            now=self.town.now,
            **more,
        )

    def name(self, who: str, *, named: bool = True):
        return self(calibration_results.agree_to_be_named, self.key, named=named, now=self.town.now, who=who)

    def reviews(self) -> tuple[Review, ...]:
        with self.town.acting() as (store, _):
            round_ = store.rounds.by_key(self.key)
            return store.reviews.of(round_.id, reading=Reading.CALIBRATION)

    def ids(self, username: str) -> dict[int, int]:
        """The reviews of a reader by the number of the case."""
        with self.town.acting() as (store, _):
            person = store.people.by_username(username)
            cases = store.calibrations.case_pks(store.rounds.by_key(self.key).id)
        return {
            cases.index(one.case_id) + 1: one.id for one in self.reviews() if one.reviewer_id == person.id
        }

    def save(self, username: str, number: int, value: str = "yes", item: str = "clear", **more):
        review = more.pop("review", None) or self.ids(username)[number]
        answer = Answer(
            item_id=item, value=value, note=more.pop("note", ""), in_doubt=more.pop("in_doubt", False)
        )
        return self(
            reviewing.save_answer, review, item, answer, version=0, now=self.town.now, who=username, **more
        )

    def complete(self, username: str, said: Mapping[int, str], *, note: str = "") -> None:
        """Answer every question of some cases with the value for each, and finish them."""
        for number, value in said.items():
            review = self.ids(username)[number]
            for question in self(reviewing.open_review, review, who=username).walk.questions:
                self.save(username, number, value, question.id, note=note)
            self.finish(username, number)

    def finish(self, username: str, number: int):
        review = self.ids(username)[number]
        offered = self(finishing.summary, review, who=username).judgements
        judgement = offered[0].id if offered else None
        return self(finishing.finish, review, judgement=judgement, now=self.town.now, who=username)
