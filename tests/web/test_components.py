"""The template components: wired for those who do not see the page, escaped, and described."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from jinja2 import nodes
from markupsafe import Markup

from web.forms import FieldError
from web.templating import TEMPLATES, environment

COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
ATTACK = "<script>alert(1)</script>"
VOID = {"input", "progress", "path", "br", "img"}

STEPS = [
    {
        "text": "Oplysning",
        "href": "/1",
        "state": "done",
        "note": None,
        "marks": [SimpleNamespace(label=ATTACK, questions=[("3", f"/3?a={ATTACK}"), ("4", "/4")])],
    },
    {"text": ATTACK, "href": "/2", "state": "current", "note": "0 af 3"},
    SimpleNamespace(text="Klage", href=None, state="todo", note=None),
]
GUIDANCE = SimpleNamespace(
    body=Markup("<p>Se efter.</p>"),
    examples=[(ATTACK, Markup("<p>Et brev</p>"))],
    references=[SimpleNamespace(text=ATTACK, status=ATTACK, checked=ATTACK, verified=False)],
    source=ATTACK,
)
CHART = SimpleNamespace(title=ATTACK, head=("Tema", "Ja"), rows=(("Partshøring", "30"), (ATTACK, "9")))

#: One use of every component that a page may call, with all it can show.
USES = {
    "alert": "{{ alert(attack, 'warning', attack) }}",
    "alert_box": "{% call alert_box('error') %}<p>{{ attack }}</p>{% endcall %}",
    "button": "{{ button(attack, 'secondary', name='go', value=attack, id='go') }}",
    "link_button": "{{ link_button(attack, '/x?a=' ~ attack) }}",
    "text_input": "{{ text_input('a', attack, attack, hint=attack, error=attack, width=12, required=true) }}",
    "password_input": "{{ password_input('a', attack, hint=attack, error=attack) }}",
    "textarea": "{{ textarea('a', attack, attack, hint=attack, error=attack, limit=2000) }}",
    "radios": "{{ radios('a', attack, choices, chosen='n', hint=attack, error=attack, legend_is_h1=true) }}",
    "checkboxes": "{{ checkboxes('a', attack, choices, chosen=('n',), hint=attack, error=attack) }}",
    "checkbox": "{{ checkbox('a', attack, true, value=attack, hint=attack, error=attack) }}",
    "select": "{{ select('a', attack, choices, chosen='n', hint=attack, error=attack) }}",
    "file_input": "{{ file_input('a', attack, hint=attack, error=attack, accept='.csv') }}",
    "date_input": "{{ date_input('a', attack, attack, error=attack) }}",
    "details": "{% call details(attack, 'a', open=true) %}{{ attack }}{% endcall %}",
    "error_summary": "<input id='a' aria-label='a'>{{ error_summary(errors) }}",
    "table": "{% call table(attack, [attack, 'Sager'], 'a', numeric=[1]) %}<tr><td>1</td></tr>{% endcall %}",
    "badge": "{{ badge(attack, 'info') }}",
    "step_indicator": "{{ step_indicator(steps, attack) }}",
    "step_content": "{{ step_content(steps[0], 1) }}{{ step_content(steps[1], 2) }}",
    "guidance_text": "{{ guidance_text(guidance) }}",
    "with_steps": "{% call with_steps(steps, attack) %}{{ attack }}{% endcall %}",
    "structured_list": "{{ structured_list([(attack, attack), (attack, attack, '/x', none)]) }}",
    "breadcrumbs": "{{ breadcrumbs([(attack, '/'), (attack, none)]) }}",
    "progress_bar": "{{ progress_bar(6, 24, attack) }}",
    "anchor_links": "<p id='a'></p>{{ anchor_links([('#a', attack)], attack) }}",
    "accordion_item": "{% call accordion_item('a', attack, level=2) %}{{ attack }}{% endcall %}",
    "function_link": "{{ function_link(attack, '/x', 'print') }}",
    "empty_state": "{{ empty_state(attack, attack, attack, '/x') }}",
    "chart": "{{ chart(drawing, description, 'a', caption=attack) }}",
    "tabs": "{{ tabs([(attack, '/a'), (attack, '/b')], '/b', attack) }}",
    "kept_text": "{{ kept_text([(attack, attack), ('Nu', '')]) }}",
    "save_bar": "{% call save_bar() %}{{ attack }}{% endcall %}",
    "signing_out": "{{ signing_out() }}",
    "unsent_answers": "{{ unsent_answers() }}",
}
#: What the other components are made of.
INNER = {"icon", "described_by", "hint_and_error", "group_opening", "_step", "_marks"}


def macros():
    """Each macro by name: its file, its arguments and the comment of the file."""
    made = environment("da")
    found = {}
    for path in COMPONENTS:
        source = path.read_text(encoding="utf-8")
        comment = source[: source.index("#}")]
        for macro in made.parse(source).find_all(nodes.Macro):
            found[macro.name] = (path.name, [argument.name for argument in macro.args], comment)
    return found


MACROS = macros()


@dataclass
class Element:
    tag: str
    attributes: dict
    text: str = ""
    inside: list = field(default_factory=list)


class Reader(HTMLParser):
    """The elements of a piece of HTML in their order, each with the text and the elements inside."""

    def __init__(self):
        super().__init__()
        self.elements, self._open = [], []

    def handle_starttag(self, tag, attrs):
        element = Element(tag, dict(attrs))
        self.elements.append(element)
        for outer in self._open:
            outer.inside.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data):
        for outer in self._open:
            outer.text += data


def rendered(source, **values):
    used = {name: file for name, (file, _, _) in MACROS.items() if f"{name}(" in source}
    imports = "".join(f"{{% from 'components/{file}' import {name} %}}" for name, file in used.items())
    return environment("da").from_string(imports + source).render(values)


def elements(source, **values):
    reader = Reader()
    reader.feed(rendered(source, **values))
    assert not reader._open
    return reader.elements


def use(name):
    return elements(
        USES[name],
        attack=ATTACK,
        choices=[("y", ATTACK), ("n", "Nej")] if name == "select" else [("y", "Ja"), ("n", ATTACK, ATTACK)],
        errors=[FieldError("a", ATTACK), FieldError("", "Uden felt")],
        steps=STEPS,
        guidance=GUIDANCE,
        drawing=Markup('<svg role="img" aria-label="Søjler" viewBox="0 0 10 10"></svg>'),
        description=CHART,
    )


def one(found, tag, **attributes):
    (element,) = [
        element
        for element in found
        if element.tag == tag and attributes.items() <= element.attributes.items()
    ]
    return element


class TestAll:
    def test_each_macro_is_tried(self):
        assert set(MACROS) - INNER == set(USES)

    @pytest.mark.parametrize("name", sorted(MACROS))
    def test_the_comment_states_every_argument(self, name):
        _, arguments, comment = MACROS[name]
        if name not in {"_step", "_marks"}:
            assert [one for one in arguments if f"  {one} " not in comment] == []

    @pytest.mark.parametrize("name", USES)
    def test_what_people_wrote_is_escaped(self, name):
        assert "script" not in {element.tag for element in use(name)}

    @pytest.mark.parametrize("name", USES)
    def test_each_id_stands_once(self, name):
        ids = [element.attributes["id"] for element in use(name) if "id" in element.attributes]
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize("name", USES)
    def test_what_is_pointed_to_exists(self, name):
        found = use(name)
        ids = {element.attributes.get("id") for element in found}
        for pointer in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "data-shows"):
            for element in found:
                assert set((element.attributes.get(pointer) or "").split()) <= ids

    @pytest.mark.parametrize("name", USES)
    def test_each_field_has_a_label(self, name):
        found = use(name)
        labelled = {element.attributes["for"] for element in found if element.tag == "label"}
        for element in found:
            if element.tag in {"input", "select", "textarea"} and "aria-label" not in element.attributes:
                assert element.attributes["id"] in labelled

    @pytest.mark.parametrize("name", USES)
    def test_nothing_breaks_the_content_security_policy(self, name):
        names = {attribute for element in use(name) for attribute in element.attributes}
        assert not {one for one in names if one == "style" or one.startswith("on")}


class TestFields:
    @pytest.mark.parametrize(
        "source",
        [
            "text_input('a', 'Navn', hint='Hjælp', error='Fejl', described='b')",
            "password_input('a', 'Kode', hint='Hjælp', error='Fejl')",
            "textarea('a', 'Note', hint='Hjælp', error='Fejl')",
            "select('a', 'Center', [('x', 'X')], hint='Hjælp', error='Fejl')",
            "file_input('a', 'Fil', hint='Hjælp', error='Fejl')",
            "date_input('a', 'Frist', hint='Hjælp', error='Fejl')",
            "checkbox('a', 'Ja', hint='Hjælp', error='Fejl')",
        ],
    )
    def test_hint_and_error_are_read_with_the_field(self, source):
        found = elements(f"{{{{ {source} }}}}")
        (entry,) = [element for element in found if element.attributes.get("id") == "a"]
        assert entry.attributes["aria-describedby"].split()[:2] == ["a-hint", "a-error"]
        assert entry.attributes["aria-invalid"] == "true"
        assert one(found, "span", id="a-hint").text == "Hjælp"
        assert one(found, "span", id="a-error").text == "Fejl: Fejl"

    def test_a_field_without_hint_and_error_is_described_by_nothing(self):
        entry = one(elements("{{ text_input('a', 'Navn') }}"), "input")
        assert entry.attributes == {"class": "form-input", "id": "a", "name": "a", "type": "text"}

    def test_further_texts_are_read_last(self):
        entry = one(elements("{{ text_input('a', 'Navn', hint='Hjælp', described='b c') }}"), "input")
        assert entry.attributes["aria-describedby"] == "a-hint b c"

    def test_text_keeps_its_first_line_break(self):
        assert "\n\nlinje</textarea>" in rendered("{{ textarea('a', 'Note', '\nlinje') }}")

    def test_the_limit_of_a_text_is_said(self):
        found = elements("{{ textarea('a', 'Note', limit=2000) }}")
        assert one(found, "textarea").attributes["aria-describedby"] == "a-limit"
        assert one(found, "span", id="a-limit").text == "Højst 2.000 tegn"

    @pytest.mark.parametrize(
        ("value", "shown"),
        [
            ("2026-11-22", "22.11.2026"),
            ("22.11.2026", "22.11.2026"),
            ("2026-11", "2026-11"),
            ("i går", "i går"),
            ("", None),
            (None, None),
        ],
    )
    def test_a_day_is_shown_as_people_write_it(self, value, shown):
        entry = one(elements("{{ date_input('a', 'Frist', value) }}", value=value), "input")
        assert entry.attributes.get("value") == shown

    def test_a_password_is_shown_by_a_button_that_waits_for_a_script(self):
        found = elements("{{ password_input('a', 'Kode') }}")
        assert "hidden" in one(found, "button", type="button").attributes
        assert one(found, "input").attributes["autocomplete"] == "current-password"


class TestChoices:
    CHOICES = (("y", "Ja"), ("n", "Nej", "Kræver en note"))

    def test_nothing_is_chosen_beforehand(self):
        found = elements("{{ radios('a', 'Svar', choices) }}", choices=self.CHOICES)
        assert not [element for element in found if "checked" in element.attributes]

    def test_an_error_links_to_the_first_answer(self):
        found = elements("{{ radios('a', 'Svar', choices, error='Vælg') }}", choices=self.CHOICES)
        assert [element.attributes["id"] for element in found if element.tag == "input"] == ["a", "a-2"]

    def test_the_group_is_described_as_a_whole(self):
        found = elements("{{ radios('a', 'Svar', choices, hint='H', error='E') }}", choices=self.CHOICES)
        group = one(found, "fieldset").attributes
        assert (group["aria-describedby"], group["aria-invalid"]) == ("a-hint a-error", "true")
        assert one(found, "legend").text == "Svar"

    def test_the_help_of_an_answer_is_read_with_it(self):
        found = elements("{{ radios('a', 'Svar', choices, chosen='n') }}", choices=self.CHOICES)
        chosen = one(found, "input", value="n").attributes
        assert "checked" in chosen
        assert one(found, "span", id=chosen["aria-describedby"]).text == "Kræver en note"

    def test_the_question_can_be_the_heading_of_the_page(self):
        found = elements("{{ radios('a', 'Svar', [], legend_is_h1=true) }}")
        assert one(found, "h1", id="page-title", tabindex="-1").text == "Svar"

    def test_several_can_be_chosen(self):
        found = elements("{{ checkboxes('a', 'Hvem', choices, chosen=['y', 'n']) }}", choices=self.CHOICES)
        assert len([element for element in found if "checked" in element.attributes]) == 2

    def test_one_of_a_list_is_chosen(self):
        found = elements("{{ select('a', 'C', [('', 'Vælg'), ('x', 'X')], chosen='x') }}")
        assert [element.text for element in found if "selected" in element.attributes] == ["X"]


class TestErrorSummary:
    def test_it_takes_the_focus_and_each_line_leads_to_its_field(self):
        found = use("error_summary")
        summary = one(found, "div", id="error-summary").attributes
        assert (summary["tabindex"], summary["role"], "autofocus" in summary) == ("-1", "alert", True)
        assert one(found, "h2").text == "Der er 2 fejl"
        assert [element.attributes["href"] for element in found if element.tag == "a"] == ["#a"]

    def test_one_error_is_told_as_one(self):
        found = elements("{{ error_summary(errors) }}", errors=(FieldError("a", "Skriv et navn."),))
        assert one(found, "h2").text == "Der er en fejl"

    def test_without_errors_there_is_none(self):
        assert rendered("{{ error_summary(()) }}").strip() == ""


class TestTable:
    def test_it_scrolls_in_a_region_with_a_name(self):
        found = use("table")
        region = one(found, "div", role="region").attributes
        assert region["tabindex"] == "0"
        assert one(found, "caption", id=region["aria-labelledby"]).text == ATTACK

    def test_columns_have_a_scope_and_numbers_their_side(self):
        found = use("table")
        assert [e.attributes["scope"] for e in found if e.tag == "th"] == ["col", "col"]
        assert one(found, "table").attributes["class"] == "table numeric-2"

    def test_a_caption_can_be_for_screen_readers_only(self):
        found = elements("{% call table('T', ['A'], 'a', caption_hidden=true) %}{% endcall %}")
        assert one(found, "caption").attributes["class"] == "sr-only"


class TestSteps:
    def test_the_current_step_is_said(self):
        found = use("step_indicator")
        assert one(found, "a", **{"aria-current": "step"}).attributes["href"] == "/2"
        assert one(found, "summary").text == "Trin 2 af 3"

    def test_what_is_done_is_said_in_words(self):
        assert "Færdig: " in one(use("step_indicator"), "a", href="/1").text

    def test_a_step_that_cannot_be_reached_is_no_link(self):
        assert [e.text for e in use("step_indicator") if "disabled" in e.attributes.get("class", "")] == [
            "3Klage\n"
        ]

    def test_what_is_open_in_a_step_is_linked_by_number(self):
        found = use("step_indicator")
        assert one(found, "a", href="/4").text == "punkt 4"
        assert one(found, "div", **{"class": "step-marks"}).text.strip().startswith(f"{ATTACK}:")

    def test_without_a_current_step_the_fold_has_the_name_of_the_whole(self):
        assert one(elements("{{ step_indicator([], 'Trin') }}"), "summary").text == "Trin"


class TestOthers:
    def test_the_last_of_the_breadcrumbs_is_this_page(self):
        assert [e.tag for e in use("breadcrumbs") if e.attributes.get("aria-current") == "page"] == ["li"]

    def test_progress_is_said_in_the_same_words(self):
        found = elements("{{ progress_bar(6, 1200, 'Sager') }}")
        assert one(found, "progress").attributes == {"max": "1200", "value": "6", "aria-label": "Sager"}
        assert one(found, "span").text == "6 af 1.200"

    def test_progress_of_nothing_is_no_error_in_html(self):
        assert one(elements("{{ progress_bar(0, 0, 'Sager') }}"), "progress").attributes["max"] == "1"

    def test_a_link_to_change_says_what(self):
        found = elements("{{ structured_list([('Periode', '2026', '/x', none)]) }}")
        assert one(found, "a").text == "Ret: Periode"

    def test_an_error_message_is_read_out(self):
        assert one(use("alert_box"), "div", role="alert").attributes["class"] == "alert alert-error"
        assert not [e for e in use("alert") if "role" in e.attributes]

    def test_the_kind_of_a_message_is_said_in_words(self):
        assert "Advarsel:" in "".join(element.text for element in use("alert"))

    def test_a_part_that_folds_out_has_its_heading(self):
        assert one(one(use("accordion_item"), "summary").inside, "h2").text == ATTACK

    def test_a_chart_has_its_table(self):
        figure = one(use("chart"), "figure")
        assert one(figure.inside, "figcaption").text == ATTACK
        assert [e.text for e in figure.inside if e.tag == "td"] == ["30", "9"]
        assert one(figure.inside, "table").attributes["class"] == "table numeric-2"
