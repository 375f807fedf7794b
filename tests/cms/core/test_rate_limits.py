"""How often one client may ask, and who counts as one client."""

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from cms.core import rate_limits
from cms.core.rate_limits import client, seconds_to_wait


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock: its one number is the time of the next question."""
    now = [1_000_000_015.0]
    monkeypatch.setattr(rate_limits.time, "time", lambda: now[0])
    return now


def test_a_client_waits_for_the_next_minute_and_others_do_not(settings: Settings, minute: list[float]) -> None:
    settings.RATE_LIMITS = {"search": 2, "other": 1}
    mine, theirs = (RequestFactory().get("/", REMOTE_ADDR=address) for address in ("192.0.2.1", "192.0.2.2"))

    waits = [seconds_to_wait(mine, "search") for _ in range(4)]
    into_it = minute[0] % 60
    assert waits == [0, 0, 60 - into_it, 60 - into_it]
    assert seconds_to_wait(theirs, "search") == 0
    assert seconds_to_wait(mine, "other") == 0

    minute[0] += waits[-1]
    assert seconds_to_wait(mine, "search") == 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        pytest.param(0, "198.51.100.7", "192.0.2.1", id="without a proxy nobody else is believed"),
        pytest.param(1, "198.51.100.7", "198.51.100.7", id="one proxy"),
        pytest.param(1, "10.0.0.1, 198.51.100.7", "198.51.100.7", id="what the client wrote counts for nothing"),
        pytest.param(2, "10.0.0.1, 198.51.100.7, 203.0.113.9", "198.51.100.7", id="two proxies"),
        pytest.param(2, "198.51.100.7", "192.0.2.1", id="not through both"),
        pytest.param(1, "", "192.0.2.1", id="nothing forwarded"),
        pytest.param(1, "<script>", "192.0.2.1", id="no address"),
        pytest.param(1, "2001:db8:1:2:3::4", "2001:db8:1:2::", id="a network"),
        pytest.param(1, "::ffff:198.51.100.7", "198.51.100.7", id="an address of the old kind in the new form"),
    ],
)
def test_who_asks(settings: Settings, proxies: int, forwarded: str, expected: str) -> None:
    settings.PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client(RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)) == expected


def test_without_any_address_all_are_one(settings: Settings) -> None:
    assert client(RequestFactory().get("/", REMOTE_ADDR="")) == ""
