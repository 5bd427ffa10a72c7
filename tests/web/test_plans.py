"""Planning a round on the pages: from a new plan to the certificate, and every way back."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
from coordinator import CHECKLIST, KEY, fields_of
from planned_round import CPR, NAME, guessable_lines, named_register
from small_round import SEED

from lirk.services.draws import verify_certificate
from lirk.wording import Wording
from web.forms import Form
from web.pages.seeds import moment_of

ROOT = Path(__file__).parents[2]
REAL = ROOT / "tests" / "data" / "planning-decisions-2023.csv"


class TestWholeWay:
    def test_the_certificate_holds_against_the_original_file(self, coordinator, tmp_path):
        path = tmp_path / "register.csv"
        path.write_bytes(named_register())
        answer = coordinator.drawn()
        assert answer.headers["location"] == f"/rounds/{KEY}/certificate"
        page = coordinator.get(f"/rounds/{KEY}/certificate")
        assert page.status_code == 200
        assert "Udtræk 1 af 1" in page.text
        assert SEED in page.text
        file = coordinator.get(f"/rounds/{KEY}/documents/certificate-1.json")
        assert file.headers["content-disposition"].endswith("2026-9-certificate-1.json")
        found = verify_certificate(json.loads(file.content), path)
        assert (found.differences, found.remarks) == ((), ())

    def test_the_real_register(self, coordinator):
        coordinator.begin()
        coordinator.upload(REAL.read_bytes(), REAL.name)
        page = coordinator.get(f"{coordinator.at}/mapping").text
        assert "har endnu ingen betydning" in page
        fields = fields_of(page, f"{coordinator.at}/mapping")
        undecided = {
            name: "not-a-decision"
            for name, value in fields.items()
            if name.startswith("outcome-") and not value
        }
        answer = coordinator.send(f"{coordinator.at}/mapping", **undecided)
        assert answer.headers["location"] == f"{coordinator.at}/frame"
        coordinator.send(f"{coordinator.at}/frame", action=f"{coordinator.at}/frame/approve")
        coordinator.send(f"{coordinator.at}/sizes", n="15", go="save")
        coordinator.send(
            f"{coordinator.at}/freeze", how="two-people", place="Rådhuset", deadline="31.12.2099"
        )
        coordinator.send(f"{coordinator.at}/freeze/confirm")
        assert coordinator.seeded(how="two-people").status_code == 303
        coordinator.send(f"/rounds/{KEY}/draw")
        certificate = json.loads(coordinator.get(f"/rounds/{KEY}/documents/certificate-1.json").content)
        assert verify_certificate(certificate, REAL).differences == ()

    def test_each_step_shows_what_was_decided_before(self, coordinator):
        coordinator.frozen()
        text = coordinator.get(f"/rounds/{KEY}/seed").text
        assert "Rådhuset" in text
        assert "3 sager fra hvert center" in text
        receipt = re.search(
            r"Ramme [0-9a-f]{4}… 16 sager er frosset", coordinator.get(f"/rounds/{KEY}/seed").text
        )
        assert receipt is None
        freeze = json.loads(coordinator.get(f"/rounds/{KEY}/documents/freeze.json").content)
        assert freeze["frame"]["fingerprint"] in text

    def test_a_plan_is_resumed_where_it_was_left(self, coordinator):
        coordinator.begin()
        assert coordinator.get(coordinator.at).headers["location"] == f"{coordinator.at}/register"
        coordinator.upload()
        assert coordinator.get(coordinator.at).headers["location"] == f"{coordinator.at}/frame"

    def test_only_the_coordinator_may(self, sign_in):
        for username in ("rita", "leder", "arkivar", "chef", "admin"):
            assert sign_in(username).get("/rounds/plans/new").status_code == 403

    def test_pages_ahead_lead_back(self, coordinator):
        coordinator.begin()
        for page in ("mapping", "frame", "sizes", "freeze", "freeze/confirm"):
            assert coordinator.get(f"{coordinator.at}/{page}").status_code == 303


class TestBasics:
    def test_what_was_typed_stays(self, coordinator):
        answer = coordinator.send("/rounds/plans/new", title="Min runde", key="Runde 9", checklists=CHECKLIST)
        assert answer.status_code == 422
        assert 'value="Min runde"' in answer.text
        assert 'value="Runde 9"' in answer.text
        assert 'href="#key"' in answer.text

    def test_can_be_changed(self, coordinator):
        coordinator.begin()
        coordinator.send(f"{coordinator.at}/basics", title="Ny titel")
        assert 'value="Ny titel"' in coordinator.get(f"{coordinator.at}/basics").text

    def test_a_plan_can_be_deleted(self, coordinator):
        coordinator.begin()
        assert coordinator.send(f"{coordinator.at}/delete").headers["location"] == "/rounds"
        assert coordinator.get(coordinator.at).status_code == 404


class TestRegister:
    def test_columns_about_persons_are_named_with_the_reason(self, coordinator):
        coordinator.begin()
        coordinator.upload()
        text = coordinator.get(f"{coordinator.at}/register").text
        assert "nej: ligner CPR-numre" in text
        assert "nej: ligner e-mailadresser" in text
        assert NAME not in text
        assert CPR not in text

    def test_no_file(self, coordinator):
        coordinator.begin()
        answer = coordinator.send(f"{coordinator.at}/register", encoding="cp1252")
        assert answer.status_code == 422
        assert '<option value="cp1252" selected' in answer.text

    def test_a_file_that_cannot_be_read_tells_every_place(self, coordinator):
        coordinator.begin()
        answer = coordinator.upload(b"a;b\n1;2;3\n4;5;6\n")
        assert answer.status_code == 422
        assert "Række 2" in answer.text
        assert "Række 3" in answer.text

    def test_problems_of_rows_are_listed_on_the_check_page(self, coordinator):
        coordinator.begin()
        coordinator.upload("Sagsnummer;Center;Afgørelsesdato\n1;Nord;2026-01-01\n1;Syd;i går\n".encode())
        text = coordinator.get(f"{coordinator.at}/register").text
        assert "2 problemer skal rettes" in text
        assert "Række 3, kolonne »Sagsnummer«" in text

    def test_rows_with_the_same_problem_are_told_as_a_few(self, coordinator):
        coordinator.begin()
        rows = "".join(f"26/{place};Center Nord;;Bevilling\n" for place in range(30))
        coordinator.upload(f"Sagsnummer;Center;Afgørelsesdato;Udfald\n{rows}".encode())
        text = coordinator.get(f"{coordinator.at}/register").text
        assert "30 problemer skal rettes" in text
        assert text.count("Datoen mangler") + text.count("for afgørelsen mangler") == 3
        assert "… og 27 til med samme problem." in text

    def test_is_read_as_told(self, coordinator):
        coordinator.begin()
        content = "\n".join(guessable_lines()).encode("utf-16")
        coordinator.upload(content, encoding="utf-16")
        assert "UTF-16" in coordinator.get(f"{coordinator.at}/register").text

    def test_can_be_deleted(self, coordinator):
        coordinator.begin()
        coordinator.upload()
        coordinator.send(f"{coordinator.at}/register", action=f"{coordinator.at}/register/delete")
        assert "Sådan er filen læst" not in coordinator.get(f"{coordinator.at}/register").text


class TestMapping:
    def test_an_old_window_changes_nothing(self, coordinator):
        coordinator.begin()
        coordinator.upload()
        answer = coordinator.send(f"{coordinator.at}/mapping", version="1")
        assert answer.status_code == 409
        assert "ændret i et andet vindue" in answer.text

    def test_spellings_are_joined(self, coordinator):
        coordinator.begin()
        coordinator.upload()
        fields = fields_of(coordinator.get(f"{coordinator.at}/mapping").text, f"{coordinator.at}/mapping")
        north = next(
            name for name, value in fields.items() if value == "Center Nord" and name.startswith("spelling")
        )
        coordinator.send(f"{coordinator.at}/mapping", **{north: "Center Syd"})
        text = coordinator.get(f"{coordinator.at}/frame").text
        assert re.search(r'<th scope="row">Center Syd</th><td>14</td>', text)
        assert "Center Nord" not in text

    def test_saved_and_used_again(self, coordinator):
        coordinator.begin()
        coordinator.upload()
        coordinator.send(f"{coordinator.at}/mapping", action=f"{coordinator.at}/mapping/save", name="Nova")
        coordinator.begin("2026-10")
        coordinator.upload()
        answer = coordinator.send(f"{coordinator.at}/mapping", action=f"{coordinator.at}/mapping/use")
        assert answer.headers["location"] == f"{coordinator.at}/frame"

    def test_a_name_is_needed(self, coordinator):
        coordinator.begin()
        coordinator.upload()
        answer = coordinator.send(
            f"{coordinator.at}/mapping", action=f"{coordinator.at}/mapping/save", name=""
        )
        assert answer.status_code == 422

    def test_a_required_column_that_is_not_chosen_is_told_in_words(self, coordinator):
        coordinator.begin()
        coordinator.upload(named_register().replace("Afgørelsesdato".encode(), b"Hvornaar"))
        text = coordinator.get(f"{coordinator.at}/mapping").text
        assert "Dato for afgørelsen: Ingen overskrift ligner datoen" in text
        assert "mappingfil" not in text


class TestFrame:
    def test_counts_before_and_after_each_rule(self, coordinator):
        coordinator.framed()
        text = coordinator.get(f"{coordinator.at}/frame").text
        assert re.search(r"tomme rækker</th><td>1</td><td>18</td>", text)
        assert re.search(r"Sager i rammen</th><td></td><td>16</td>", text)

    def test_a_day_that_is_none_stays_in_the_field(self, coordinator):
        coordinator.framed()
        answer = coordinator.send(f"{coordinator.at}/frame", **{"from": "i går"})
        assert answer.status_code == 422
        assert 'value="i går"' in answer.text

    def test_a_period_without_cases_is_told(self, coordinator):
        coordinator.framed()
        coordinator.send(f"{coordinator.at}/frame", **{"from": "1.1.1999", "to": "2.1.1999"})
        text = coordinator.get(f"{coordinator.at}/frame").text
        assert "Ingen sag er afgjort i perioden" in text
        assert "Rammen kan godkendes, når problemerne er rettet" in text

    def test_cases_are_left_out_and_taken_back(self, coordinator):
        coordinator.framed()
        action = f"{coordinator.at}/frame/exclude"
        refused = coordinator.send(f"{coordinator.at}/frame", action=action, case_numbers="26/N01")
        assert refused.status_code == 422
        assert "26/N01" in refused.text
        files = {"file": ("sager.txt", "26/N02\r\n26/N03\r\n".encode("utf-8-sig"), "text/plain")}
        coordinator.send(
            f"{coordinator.at}/frame", action=action, case_numbers="26/N01", reason="Klage", files=files
        )
        assert "3 sagsnumre" in coordinator.get(f"{coordinator.at}/frame").text
        coordinator.send(f"{coordinator.at}/frame", action=f"{coordinator.at}/frame/drop")
        assert "Ingen sager er udeladt" in coordinator.get(f"{coordinator.at}/frame").text

    def test_a_cpr_number_is_no_case_number(self, coordinator):
        coordinator.framed()
        answer = coordinator.send(
            f"{coordinator.at}/frame",
            action=f"{coordinator.at}/frame/exclude",
            case_numbers=CPR,
            reason="Klage",
        )
        assert answer.status_code == 422
        assert "ligner et CPR-nummer" in answer.text

    def test_cases_of_an_earlier_round_can_be_chosen(self, coordinator):
        coordinator.framed()
        action = f"{coordinator.at}/frame/exclude"
        coordinator.send(f"{coordinator.at}/frame", action=action, reason="1. runde", round="2026-1")
        text = coordinator.get(f"{coordinator.at}/frame").text
        assert "8 sagsnumre" in text
        assert re.search(r"Sager i rammen</th><td></td><td>8</td>", text)


class TestSizes:
    def test_are_worked_out_without_being_kept(self, coordinator):
        coordinator.approved()
        answer = coordinator.send(f"{coordinator.at}/sizes", n="4", hours="100", go="calculate")
        assert answer.status_code == 200
        assert "På 100 timer kan I nå 93 sager." in answer.text
        assert "Alle sager gennemgås" in answer.text
        assert "I alt 10 sager og cirka 25 timer" in answer.text
        assert 'name="n" type="text" value="15"' in coordinator.get(f"{coordinator.at}/sizes").text

    def test_what_is_no_number_is_told_at_its_field(self, coordinator):
        coordinator.approved()
        answer = coordinator.send(f"{coordinator.at}/sizes", n="mange", **{"own-0": "-3"}, go="save")
        assert answer.status_code == 422
        assert 'value="mange"' in answer.text
        assert 'href="#own-0"' in answer.text

    def test_that_do_not_fit(self, coordinator):
        coordinator.approved()
        answer = coordinator.send(f"{coordinator.at}/sizes", method="equal", n="4", minimum="3", go="save")
        assert answer.status_code == 422


class TestSeed:
    def test_the_way_must_be_written_down_first(self, coordinator):
        coordinator.approved()
        coordinator.send(f"{coordinator.at}/sizes", n="3", go="save")
        answer = coordinator.send(f"{coordinator.at}/freeze", place="Rådhuset", deadline="1.1.2020")
        assert answer.status_code == 422
        assert 'href="#how"' in answer.text
        assert "Dagen er gået" in answer.text
        assert 'value="Rådhuset"' in answer.text

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"seed": "123"}, "skal være præcis 20 cifre"),
            ({"how": "beacon"}, "Vælg, hvordan frøet blev fundet"),
            ({"day": "1.1.2020"}, "#time"),
            ({"day": "31.12.2099"}, "kan ikke være fundet senere end nu"),
            ({"time": "middag"}, "Skriv tiden som 14.05"),
        ],
    )
    def test_refused_with_what_was_typed(self, coordinator, changes, said):
        coordinator.frozen()
        answer = coordinator.seeded(**changes)
        assert answer.status_code == 422
        assert said in answer.text
        assert "Bo Holm" in answer.text

    def test_with_blanks_between_its_digits(self, coordinator):
        coordinator.frozen()
        coordinator.seeded(" ".join(re.findall("....", SEED)))
        assert SEED in coordinator.get(f"/rounds/{KEY}/draw").text

    @pytest.mark.parametrize(
        ("frozen", "now", "said"),
        [
            ("10:00:59.950", "10:01:02", "10.00"),
            ("10:00:59.999", "10:00:59.9995", "10.00"),
            ("10:00:00", "10:00:30", "10.00"),
        ],
    )
    def test_found_in_the_minute_of_the_freeze_is_after_it(self, frozen, now, said):
        committed, now = (datetime.fromisoformat(f"2026-11-22T{time}").astimezone() for time in (frozen, now))
        form = Form({"day": ("22.11.2026",), "time": (said,)})
        at, errors = moment_of(form, Wording("da"), now)
        assert errors == []
        assert committed <= at <= now

    def test_a_witness_with_a_cpr_number_is_told_at_the_field(self, coordinator):
        coordinator.approved()
        coordinator.send(f"{coordinator.at}/sizes", n="3", reserve="2", go="save")
        agreed = {"how": "dice", "place": "Rådhuset", "deadline": "31-12-2099"}
        refused = coordinator.send(f"{coordinator.at}/freeze", **agreed, witnesses=f"Bo Holm {CPR}")
        assert refused.status_code == 422
        assert 'href="#witnesses"' in refused.text
        coordinator.send(f"{coordinator.at}/freeze", **agreed, witnesses="Bo Holm")
        coordinator.send(f"{coordinator.at}/freeze/confirm")
        refused = coordinator.seeded(witnesses=f"Eva Lind {CPR}")
        assert refused.status_code == 422
        assert 'href="#witnesses"' in refused.text

    def test_the_draw_waits_for_it(self, coordinator):
        coordinator.frozen()
        assert coordinator.get(f"/rounds/{KEY}/draw").headers["location"] == f"/rounds/{KEY}/seed"
        assert coordinator.get(f"/rounds/{KEY}/certificate").status_code == 409

    def test_the_frame_is_opened_with_a_reason(self, coordinator):
        coordinator.frozen()
        action = f"/rounds/{KEY}/seed/reopen"
        refused = coordinator.send(f"/rounds/{KEY}/seed", action=action)
        assert refused.status_code == 422
        answer = coordinator.send(f"/rounds/{KEY}/seed", action=action, reopening="Forkert periode")
        assert answer.headers["location"] == f"{coordinator.at}/frame"
        assert "gælder ikke længere" in coordinator.get(f"{coordinator.at}/sizes").text
        assert coordinator.get(f"/rounds/{KEY}/seed").headers["location"] == coordinator.at
        coordinator.send(f"{coordinator.at}/frame", **{"from": "", "to": ""})
        coordinator.send(f"{coordinator.at}/frame", action=f"{coordinator.at}/frame/approve")
        coordinator.send(f"{coordinator.at}/freeze/confirm")
        coordinator.seeded()
        assert coordinator.send(f"/rounds/{KEY}/draw").status_code == 303

    def test_once_entered_the_frame_stays(self, coordinator):
        coordinator.frozen()
        coordinator.seeded()
        assert "Lås op og ret" not in coordinator.get(f"/rounds/{KEY}/seed").text
