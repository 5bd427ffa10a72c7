"""A reviewer at the pages of a review: finding it, answering by form and by script, and going to its end."""

import re

JSON = {"accept": "application/json"}
#: Fields of the item page that a form sends, as a browser would with nothing filled in.
EMPTY = {"value": "", "note": "", "journal_reference": "", "version": "0"}
#: An answer as the page's script sends it.
ANSWER = {"value": "yes", "note": "", "journal_reference": "", "in_doubt": False, "version": 0, "key": "k1"}
#: The reviewer's own judgement, without which no review is finished.
JUDGED = {"judgement": "in-order"}


def reviews_of(browser):
    """Addresses of the reviews in the queue that can be opened, in order."""
    return list(dict.fromkeys(re.findall(r'href="(/reviews/\d+)"', browser.get("/reviews?show=all").text)))


def follow(browser, address):
    """Follow redirects to a page."""
    answer = browser.get(address)
    while answer.status_code == 303:
        address = answer.headers["location"]
        answer = browser.get(address)
    return address, answer.text


def send(browser, review, item="clear", **fields):
    return browser.form(f"{review}/items/{item}", {**EMPTY, **fields})


def save(browser, review, item="clear", **fields):
    headers = {**JSON, "X-CSRF-Token": browser.token()}
    return browser.put(f"{review}/items/{item}", json={**ANSWER, **fields}, headers=headers)


def complete(browser, review):
    """Answer everything that is asked; return the address where that ends."""
    address, page = follow(browser, review)
    while "/items/" in address:
        send(browser, review, address.rsplit("/", 1)[1], value="yes")
        address, page = follow(browser, review)
    return address, page
