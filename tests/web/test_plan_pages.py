"""All pages of a plan at once: a further draw, English, and what every page must be."""

import re

from coordinator import KEY
from planned_round import NAME, named_register
from small_round import OTHER_SEED


class TestFurtherDraw:
    def test_asks_for_file_and_reason(self, coordinator):
        coordinator.drawn()
        page = coordinator.get(f"/rounds/{KEY}/seed").text
        assert "Træk igen: udtræk 2" in page
        assert 'type="file"' in page
        assert 'href="#file"' in coordinator.seeded(OTHER_SEED, reason="Vidnet var inhabilt").text
        other = {"file": ("register.csv", named_register().replace(b"26/N02", b"26/N92"), "text/csv")}
        refused = coordinator.seeded(OTHER_SEED, reason="Vidnet var inhabilt", files=other)
        assert refused.status_code == 422
        assert "fingeraftryk er nu" in refused.text
        same = {"file": ("register.csv", named_register(), "text/csv")}
        coordinator.seeded(OTHER_SEED, reason="Vidnet var inhabilt", files=same)
        assert "Vidnet var inhabilt" in coordinator.get(f"/rounds/{KEY}/draw").text
        coordinator.send(f"/rounds/{KEY}/draw")
        text = coordinator.get(f"/rounds/{KEY}/certificate").text
        assert "Udtræk 2 af 2" in text
        assert "Hent certifikat 1 (JSON)" in text


class TestInEnglish:
    def test_the_pages_of_a_plan(self, coordinator):
        coordinator.browser.form("/me", {"language": "en"})
        coordinator.begin()
        coordinator.upload()
        for page, word in {
            "basics": "name and checklists", "register": "How the file was read", "mapping": "What the outcomes mean",
            "frame": "From file to frame",
        }.items():  # fmt: skip
            assert word in coordinator.get(f"{coordinator.at}/{page}").text
        coordinator.send(f"{coordinator.at}/frame", action=f"{coordinator.at}/frame/approve")
        assert "All cases are reviewed" in coordinator.get(f"{coordinator.at}/sizes").text


class TestPages:
    def test_every_page_is_sound(self, coordinator):
        coordinator.frozen()
        coordinator.seeded()
        addresses = [f"/rounds/{KEY}/seed", f"/rounds/{KEY}/draw"]
        for address in ["/rounds/plans/new", *addresses]:
            text = coordinator.get(address).text
            ids = re.findall(r'\bid="([^"]+)"', text)
            assert len(ids) == len(set(ids))
            assert text.count("<h1") == 1
            assert " style=" not in text

    def test_every_page_of_a_plan_is_sound(self, coordinator):
        coordinator.approved()
        coordinator.send(f"{coordinator.at}/sizes", n="3", go="save")
        coordinator.send(f"{coordinator.at}/freeze", how="dice", place="Rådhuset", deadline="31.12.2099")
        for page in ("basics", "register", "mapping", "frame", "sizes", "freeze", "freeze/confirm", "delete"):
            answer = coordinator.get(f"{coordinator.at}/{page}")
            assert answer.status_code == 200
            ids = re.findall(r'\bid="([^"]+)"', answer.text)
            assert len(ids) == len(set(ids))
            assert answer.text.count("<h1") == 1
            assert NAME not in answer.text

    def test_statements_of_the_frame_page(self, coordinator, statements):
        coordinator.framed()
        with statements() as sent:
            coordinator.get(f"{coordinator.at}/frame")
        selects = [one for one in sent if one.startswith("SELECT")]
        assert len([one for one in selects if "session" not in one and "person" not in one]) == 5
