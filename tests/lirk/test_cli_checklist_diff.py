"""``lirk checklist diff``, ``schema`` and ``new``, as they are typed."""

import json

import pytest
from good_checklist import BAD, GOOD

from checklists.load import load, shipped_ids
from checklists.model import Text
from checklists.schema import schema
from lirk.cli.main import main


@pytest.fixture
def lirk(tmp_path, monkeypatch, capsys):
    """Type a command in a folder with a good checklist and a bad one."""
    monkeypatch.chdir(tmp_path)
    for name in ("LIRK_LANGUAGE", "LIRK_SETTINGS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(BAD, encoding="utf-8")

    def run(*arguments, language="da"):
        monkeypatch.setenv("LIRK_LANGUAGE", language)
        with pytest.raises(SystemExit) as ended:
            main(["checklist", *arguments])
        printed = capsys.readouterr()
        return ended.value.code or 0, printed.out, printed.err

    return run


class TestDiff:
    NEWER = GOOD.replace("version = 2", "version = 3").replace("Er brevet klart?", "Er brevet til at forstå?")
    MARK = 'changes = [{{ version = 3, kind = "{kind}", reason = "Klarere" }}]\n'

    @pytest.fixture
    def diff(self, lirk, tmp_path):
        """Compare the good file with another text."""

        def run(text, *options, language="da"):
            (tmp_path / "new.toml").write_text(text, encoding="utf-8")
            return lirk("diff", *options, "good.toml", "new.toml", language=language)

        return run

    def marked(self, kind):
        return self.NEWER.replace(
            'severity = "critical"\n', 'severity = "critical"\n' + self.MARK.format(kind=kind), 1
        )

    def test_the_same(self, diff):
        status, out, _ = diff(GOOD)
        assert (status, out.splitlines()[-1]) == (0, "De to siger det samme.")

    def test_a_new_number_alone_is_no_change(self, diff):
        assert diff(GOOD.replace("version = 2", "version = 3"))[0] == 0

    def test_an_item_whose_themes_condition_changed(self, diff):
        fact = '[[facts]]\nid = "phone"\nquestion = { da = "Pr. telefon?" }\nvalues = [\n' + "".join(
            f'{{ code = "{code}", text = {{ da = "{code}" }} }},\n' for code in ("yes", "no")
        )
        theme = 'id = "letter"\n'
        newer = self.NEWER.replace("Er brevet til at forstå?", "Er brevet klart?").replace(
            "[[themes]]\n" + theme,
            f'{fact}]\n\n[[themes]]\n{theme}applies_when = {{ id = "phone", is = "no" }}\n',
        )
        status, out, _ = diff(newer)
        assert status == 1
        told = out.split("Ændret: Punkt clear")[1].split("\n\n")[0]
        assert "Gælder, når temaets betingelse og det punkt, det følger, tælles med" in told
        assert "phone" in told
        assert "Det er ikke sagt, om det er ny ordlyd eller ny mening." in told

    def test_word_by_word(self, diff):
        status, out, _ = diff(self.NEWER)
        assert status == 1
        assert out.splitlines() == [
            "Før: Lille liste (small), version 2",
            "Nu: Lille liste (small), version 3",
            "",
            "Ændret: Punkt clear – Er brevet til at forstå?",
            "  Spørgsmål (på dansk): Er brevet [fjernet: klart?] [tilføjet: til at forstå?]",
            "  Det er ikke sagt, om det er ny ordlyd eller ny mening.",
        ]

    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("wording", ["  Ny ordlyd i version 3: Klarere", "  Tal fra før og efter kan sammenlignes."]),
            (
                "meaning",
                ["  Ny mening i version 3: Klarere", "  Tal fra før og efter kan ikke sammenlignes."],
            ),
        ],
    )
    def test_marks_and_what_follows(self, diff, kind, said):
        assert diff(self.marked(kind))[1].splitlines()[-2:] == said

    def test_added_removed_and_other_parts(self, diff):
        new = (
            GOOD.replace('id = "kind"', 'id = "tone"')
            .replace('da = "I orden"', 'da = "Fint"')
            .replace("weight = 2", "weight = 2\npoints = { partly = 0.25 }")
        )
        _, out, _ = diff(new)
        assert [line for line in out.splitlines()[3:] if line] == [
            "Tilføjet: Punkt tone – Er brevet venligt?",
            "Udgået: Punkt kind – Er brevet venligt?",
            "Ændret: Konklusion in-order – Fint",
            "  Titel (på dansk): [fjernet: I orden] [tilføjet: Fint]",
        ]

    def test_values_stand_as_in_the_file(self, diff):
        _, out, _ = diff(GOOD.replace("weight = 2", "weight = 2\npoints = { partly = 0.25 }"))
        assert "points = [fjernet: 0.5,] [tilføjet: 0.25,] text" in out
        wider = GOOD.replace('meaning = "negative"', 'meaning = ["negative", "partial"]')
        _, out, _ = diff(wider, language="en")
        assert 'meaning = [removed: "negative",] [added: ["negative", "partial"],] severity' in out

    def test_json(self, diff):
        status, out, _ = diff(self.marked("meaning"), "--json")
        assert (status, json.loads(out)) == (
            1,
            {
                "old": {"id": "small", "version": 2},
                "new": {"id": "small", "version": 3},
                "same": False,
                "changes": [
                    {
                        "part": "item",
                        "id": "clear",
                        "kind": "changed",
                        "moved": False,
                        "fields": {
                            "question": {
                                "da": {"before": "Er brevet klart?", "after": "Er brevet til at forstå?"}
                            }
                        },
                        "marks": [{"version": 3, "kind": "meaning", "reason": "Klarere"}],
                        "unmarked": False,
                        "comparable": False,
                    }
                ],
            },
        )

    def test_in_either_order_it_is_the_same_change_over_time(self, lirk, tmp_path):
        (tmp_path / "new.toml").write_text(self.marked("meaning"), encoding="utf-8")
        _, out, _ = lirk("diff", "new.toml", "good.toml")
        assert out.splitlines()[-2:] == [
            "  Ny mening i version 3: Klarere",
            "  Tal fra før og efter kan ikke sammenlignes.",
        ]

    def test_shipped_ones_by_their_ids(self, lirk):
        status, out, _ = lirk("diff", *shipped_ids()[:2])
        assert (status, "Ændret: Hele tjeklisten" in out) == (1, True)

    @pytest.mark.parametrize(("new", "status"), [("none.toml", 2), ("bad.toml", 1)])
    def test_what_cannot_be_compared(self, lirk, new, status):
        ended, out, err = lirk("diff", "good.toml", new)
        assert (ended, out, bool(err)) == (status, "", True)


class TestSchema:
    def test_is_what_the_files_follow(self, lirk):
        status, out, _ = lirk("schema")
        assert (status, json.loads(out)) == (0, schema())


class TestNew:
    @pytest.mark.parametrize("subject", ["case", "place", "staff"])
    def test_what_is_written_can_be_used(self, lirk, tmp_path, subject):
        status, out, _ = lirk("new", "min-liste", "min.toml", "--title", "Min “liste”", "--subject", subject)
        assert (status, out) == (0, "Skrevet: min.toml\n")
        assert lirk("check", "min.toml")[:2] == (
            0,
            "min.toml: Min “liste”, version 1, 1 tema, 1 punkt, heraf 1 i kernen, "
            "0 henvisninger ikke kontrolleret\n",
        )
        assert load((tmp_path / "min.toml").read_text(encoding="utf-8")).subject == subject

    def test_without_a_title_the_id_stands_in(self, lirk, tmp_path):
        lirk("new", "min-liste", "min.toml")
        assert load((tmp_path / "min.toml").read_text(encoding="utf-8")).title == Text("min-liste")

    def test_nothing_is_written_over(self, lirk, tmp_path):
        status, _, err = lirk("new", "min-liste", "good.toml")
        assert (status, "good.toml" in err) == (2, True)
        assert (tmp_path / "good.toml").read_text(encoding="utf-8") == GOOD

    @pytest.mark.parametrize("name", ["Min Liste", "min_liste", "æble"])
    def test_an_id_that_cannot_be_used(self, lirk, tmp_path, name):
        status, _, err = lirk("new", name, "min.toml")
        assert (status, name in err) == (1, True)
        assert not (tmp_path / "min.toml").exists()

    def test_another_subject_is_wrong_use(self, lirk):
        assert lirk("new", "min-liste", "min.toml", "--subject", "dog")[0] == 2
