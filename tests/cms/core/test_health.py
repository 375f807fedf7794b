"""The health page, as a load balancer reads it."""

import pytest
from django.db import OperationalError, connection
from django.test import Client

from cms.core import health


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the parts that the test registers."""
    monkeypatch.setattr(health, "_parts", {})


@pytest.mark.django_db
@pytest.mark.usefixtures("parts")
def test_all_well(client: Client) -> None:
    health.register_part("search", lambda: "ok")
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "search": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.usefixtures("parts")
def test_a_part_that_is_not_well_does_not_take_the_site_away(client: Client) -> None:
    health.register_part("search", lambda: "needs a rebuild")
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {"status": "degraded", "database": "ok", "search": "needs a rebuild"}


@pytest.mark.django_db
def test_without_a_database_the_site_is_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OperationalError("password of the database: hidden")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json() == {"status": "down", "database": "unreachable"}
