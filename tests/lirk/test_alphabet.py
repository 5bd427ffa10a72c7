from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lirk.domain.alphabet import danish_key


class TestDanishKey:
    @pytest.mark.parametrize(
        "ordered",
        [
            pytest.param(["Ballerup", "Zone", "Ældre", "Økonomi", "Århus"], id="æ, ø, å last"),
            pytest.param(["Viborg", "Ølstykke", "Aabenraa", "Århus"], id="aa as å"),
            pytest.param(["Åbenrå", "Aalborg", "Ålborg"], id="aa among å by the next letter"),
            pytest.param(["afdeling", "Borger", "center"], id="capitals as small letters"),
            pytest.param(["Cafe", "Café", "Caffe"], id="accents ignored"),
            pytest.param(["Müller", "Mytte"], id="ü as y"),
            pytest.param(["Center Nord", "Center Øst", "Centeret"], id="a space before every letter"),
            pytest.param(["Center 1", "Center A"], id="digits before letters"),
            pytest.param(["Børn & Familie", "Børn & Læring", "Børnehus"], id="signs as a space"),
            pytest.param(["A\u030aby", "Åbyhøj"], id="composed or not"),
        ],
    )
    def test_order(self, ordered):
        for mixed in permutations(ordered):
            assert sorted(mixed, key=danish_key) == ordered

    @given(st.text(max_size=8), st.text(max_size=8))
    def test_different_texts_have_different_keys(self, one, two):
        assert (danish_key(one) == danish_key(two)) == (one == two)
