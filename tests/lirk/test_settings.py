"""Settings: safe defaults, the environment above the file, and a sentence for what cannot be read."""

import pytest

from lirk.settings import Settings, SettingsFileUnreadable, UnknownLanguage


class TestRead:
    def test_defaults(self):
        assert Settings.read({}) == Settings()

    def test_nothing_secret_has_a_default(self):
        assert Settings().secret_key is None

    def test_the_environment(self):
        given = {
            "LIRK_DATABASE_URL": "postgresql://host/lirk",
            "LIRK_SECRET_KEY": "k" * 32,
            "LIRK_LANGUAGE": "en",
            "LIRK_MUNICIPALITY": "Sydfjord Kommune",
            "PATH": "/bin",
        }
        expected = Settings("postgresql://host/lirk", "k" * 32, "en", "Sydfjord Kommune")
        assert Settings.read(given) == expected

    def test_the_file_lies_below_the_environment(self, tmp_path):
        path = tmp_path / "lirk.toml"
        path.write_text('LIRK_LANGUAGE = "en"\nLIRK_MUNICIPALITY = "Ærø"\n', encoding="utf-8")
        given = {"LIRK_SETTINGS": str(path), "LIRK_LANGUAGE": "da"}
        assert Settings.read(given) == Settings(language="da", municipality="Ærø")

    @pytest.mark.parametrize("language", ["de", "DA", "", "da_DK"])
    def test_an_unknown_language(self, language):
        with pytest.raises(UnknownLanguage) as refused:
            Settings.read({"LIRK_LANGUAGE": language})
        assert refused.value.values == {"language": language}

    @pytest.mark.parametrize(
        "content",
        [
            pytest.param(None, id="missing"),
            pytest.param(b"LIRK_LANGUAGE = en", id="no TOML"),
            pytest.param('LIRK_MUNICIPALITY = "Ærø"'.encode("cp1252"), id="no UTF-8"),
        ],
    )
    def test_a_file_that_cannot_be_read(self, tmp_path, content):
        path = tmp_path / "lirk.toml"
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(SettingsFileUnreadable) as refused:
            Settings.read({"LIRK_SETTINGS": str(path)})
        assert refused.value.values["file"] == str(path)
