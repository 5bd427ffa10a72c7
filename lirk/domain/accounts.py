"""Sign-in: how long it lasts, how long to wait after failures, and which passwords will do."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lirk.domain.people import Person
from lirk.errors import NotFound, RuleBroken

#: A visit ends when nothing was asked for so long, and in any case after a working day.
IDLE, LONGEST = timedelta(minutes=60), timedelta(hours=12)
#: How often it is noted that a person is still there.
TOUCH_EVERY = timedelta(minutes=5)
#: How long a link for choosing a password can be used.
LINK_LASTS = timedelta(hours=24)
#: A failure that is older is forgotten.
FAILURES_LAST = timedelta(hours=1)

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 256

#: The most common passwords of twelve characters and more; shorter ones are refused anyhow.
_COMMON = """
    000000000000 111111111111 123123123123 123412341234 123456123456 123456789000 123456789012 1234567890123
    123456789abc 1234567891011 123456789123 1234qwerasdf 1q2w3e4r5t6y 1qaz2wsx3edc aaaaaaaaaaaa abc123456789
    abcd12345678 abcdefghijkl adgangskode1 adgangskode12 adgangskode123 administrator administrator1 asdfghjklæøå
    asdfghjkl123 hemmeligt123 iloveyou1234 kodeord12345 kodeordkodeord letmein12345 password1234 password12345
    password123456 passwordpassword q1w2e3r4t5y6 qazwsxedcrfv qwerty123456 qwerty1234567 qwertyqwerty
    qwertyuiop12 qwertyuiop123 qwertyuiopå1 velkommen123 velkommen1234 welcome12345 zaq12wsxcde3
    """
COMMON_PASSWORDS = frozenset(_COMMON.split())


class SignInRefused(RuleBroken):
    """Username and password do not fit; why is never told: it would say who exists."""

    code = "sign-in-refused"


class SignInThrottled(RuleBroken):
    """It was tried too often; ``minutes`` says when to try again."""

    code = "sign-in-throttled"


class SignInBusy(SignInThrottled):
    """So many sign in at once that this one was not tried."""

    code = "sign-in-busy"


class PasswordRefused(RuleBroken):
    """A password that will not do; the kinds of it say why."""

    code = "password-refused"


class PasswordTooShort(PasswordRefused):
    """The password is short enough to be found by trying."""

    code = "password-too-short"


class PasswordTooLong(PasswordRefused):
    """The password is longer than anybody types."""

    code = "password-too-long"


class PasswordIsUsername(PasswordRefused):
    """The password is the username, which everybody knows."""

    code = "password-is-username"


class PasswordCommon(PasswordRefused):
    """The password is one of those that are tried first."""

    code = "password-common"


class CurrentPasswordWrong(RuleBroken):
    """Who changes a password must know the present one."""

    code = "current-password-wrong"


class LinkDead(NotFound):
    """The link for choosing a password was used, is too old, or never existed."""

    code = "link-dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A person's sign-in as it is kept."""

    person_id: int
    started_at: datetime
    seen_at: datetime

    @property
    def expires_at(self) -> datetime:
        """When it ends if nothing more is asked for."""
        return min(self.seen_at + IDLE, self.started_at + LONGEST)


@dataclass(frozen=True, slots=True)
class Visit:
    """A person who is signed in, and until when."""

    person: Person
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """A link by which a person chooses a password, once."""

    person_id: int
    made_at: datetime
    used_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        """Return whether it can still be used."""
        return self.used_at is None and now - self.made_at < LINK_LASTS


@dataclass(frozen=True, slots=True)
class Failures:
    """How often it went wrong, and when last."""

    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class Throttle:
    """How many failures are free, and how many minutes to wait at most after the next ones."""

    free: int
    longest: int

    def wait(self, failures: Failures | None, now: datetime) -> timedelta:
        """Return how long to wait: 1 minute after the free ones, doubling with each further failure."""
        counted = fresh(failures, now)
        if counted is None or counted.count < self.free:
            return timedelta()
        minutes = min(self.longest, 2 ** min(counted.count - self.free, 10))
        return max(timedelta(), counted.last_at + timedelta(minutes=minutes) - now)


#: One person from one place.
OF_PAIR = Throttle(free=5, longest=15)
#: One place, whoever is tried: a whole town hall may share one address, and one fool shall not shut it out.
OF_ORIGIN = Throttle(free=100, longest=1)
#: One person who is tried from many places: each place then has one try instead of five, so that strangers
#: cannot shut the person out, who comes from another place and knows the password.
OF_PAIR_UNDER_ATTACK = Throttle(free=1, longest=15)
ATTACK = 50


def fresh(failures: Failures | None, now: datetime) -> Failures | None:
    """Return the failures if they still count."""
    return failures if failures is not None and now - failures.last_at < FAILURES_LAST else None


def counted_once_more(failures: Failures | None, now: datetime) -> Failures:
    """Return the failures with one more."""
    counted = fresh(failures, now)
    return Failures(1 if counted is None else counted.count + 1, now)


def check_throttle(
    *, pair: Failures | None, origin: Failures | None, username: Failures | None, now: datetime
) -> None:
    """Refuse a sign-in that was tried too often.

    Raises
    ------
    SignInThrottled
        With the minutes to wait, rounded up.
    """
    tried = fresh(username, now)
    of_pair = OF_PAIR_UNDER_ATTACK if tried is not None and tried.count >= ATTACK else OF_PAIR
    wait = max(of_pair.wait(pair, now), OF_ORIGIN.wait(origin, now))
    if wait:
        raise SignInThrottled(minutes=-(-wait // timedelta(minutes=1)))


def check_password(password: str, username: str) -> None:
    """Refuse a password that is easily found; what it is made of is free.

    Raises
    ------
    PasswordTooShort, PasswordTooLong, PasswordIsUsername, PasswordCommon
        See each.
    """
    if len(password) > LONGEST_PASSWORD:
        raise PasswordTooLong(longest=LONGEST_PASSWORD)
    folded = password.strip().casefold()
    if folded == username.casefold():
        raise PasswordIsUsername
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(shortest=SHORTEST_PASSWORD)
    if folded in COMMON_PASSWORDS:
        raise PasswordCommon
