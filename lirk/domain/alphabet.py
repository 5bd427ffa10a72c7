"""The order of the Danish alphabet, for every list of centres."""

import unicodedata

#: æ, ø and å stand after z, in this order; ä, ö and ü are filed where Danish files them.
_PLACES = {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"}


def danish_key(text: str) -> tuple[str, str]:
    """Return what to sort a text by: æ, ø, å last, "aa" as å, capitals as small letters.

    Other accents are ignored (é as e), signs between words count as a space, and a space stands before every
    digit and letter. Texts that are alike in all this are ordered by their characters, so that the order
    never depends on where a list came from.

    Notes
    -----
    Retskrivningsordbogen § 3: "aa" is filed as å in names of one sound; the program cannot hear the
    difference, and files it so everywhere.
    """
    small = unicodedata.normalize("NFC", text).casefold().replace("aa", "å")
    return "".join(_place(character) for character in small), text


def _place(character: str) -> str:
    if character in _PLACES:
        return _PLACES[character]
    plain = "".join(
        part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part)
    )
    return plain if plain.isalnum() else " "
