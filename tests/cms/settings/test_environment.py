"""Typed environment variables, and the one line that names all that is wrong with them."""

from pathlib import Path

import pytest

from cms.settings.environment import Environment, SettingsError


def problems(env: Environment) -> str:
    with pytest.raises(SettingsError) as caught:
        env.check()
    return str(caught.value)


def test_a_full_environment_is_read_with_its_types() -> None:
    env = Environment(
        {"NAME": " Plenary ", "ON": "Yes", "OFF": "0", "COUNT": "12", "HOSTS": "a.org, b.org,", "LEVEL": "debug"}
    )
    assert env.text("NAME") == "Plenary"
    assert env.flag("ON", default=False) is True
    assert env.flag("OFF", default=True) is False
    assert env.integer("COUNT", 1) == 12
    assert env.words("HOSTS") == ["a.org", "b.org"]
    assert env.choice("LEVEL", "INFO", ("DEBUG", "INFO")) == "DEBUG"
    env.check()


def test_an_empty_variable_counts_as_unset() -> None:
    env = Environment({"NAME": "", "ON": " ", "COUNT": "", "HOSTS": "", "URL": ""})
    assert env.text("NAME", "default") == "default"
    assert env.flag("ON", default=True) is True
    assert env.integer("COUNT", 7) == 7
    assert env.words("HOSTS", ["localhost"]) == ["localhost"]
    assert env.url("URL", "", schemes=("http",)) == ""
    assert env.database("DATABASE_URL") is None
    env.check()


def test_every_problem_stands_in_one_line() -> None:
    env = Environment({"ON": "maybe", "COUNT": "-3", "CACHE_URL": "redis:6379", "LEVEL": "loud", "KEY": "short"})
    env.text("SECRET_KEY")
    env.text("KEY", min_length=50)
    env.words("HOSTS")
    env.flag("ON", default=False)
    env.integer("COUNT", 1)
    env.url("CACHE_URL", "", schemes=("redis", "rediss"))
    env.choice("LEVEL", "INFO", ("DEBUG", "INFO"))
    message = problems(env)
    assert "\n" not in message
    for said in (
        "SECRET_KEY is not set",
        "KEY must have at least 50 characters",
        "HOSTS is not set",
        "ON must be true or false, not 'maybe'",
        "COUNT must be a whole number of at least 0, not '-3'",
        "CACHE_URL must be an address such as redis://host/...",
        "LEVEL must be one of DEBUG, INFO, not 'LOUD'",
    ):
        assert said in message


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "postgresql://plenary:p%40ss%2Fword@db.example.org:5433/plenary?sslmode=require",
            {
                "NAME": "plenary",
                "USER": "plenary",
                "PASSWORD": "p@ss/word",
                "HOST": "db.example.org",
                "PORT": "5433",
                "OPTIONS": {"sslmode": "require"},
            },
        ),
        (
            "postgres://postgres:@/archive?host=/run/postgresql",
            {
                "NAME": "archive",
                "USER": "postgres",
                "PASSWORD": "",
                "HOST": "/run/postgresql",
                "PORT": "",
                "OPTIONS": {},
            },
        ),
    ],
)
def test_a_database_address_becomes_what_django_takes(address: str, expected: dict[str, object]) -> None:
    env = Environment({"DATABASE_URL": address})
    assert env.database("DATABASE_URL") == {"ENGINE": "django.db.backends.postgresql", **expected}
    env.check()


@pytest.mark.parametrize(
    "address",
    [
        "mysql://u:hidden@h/d",
        "postgresql://u:hidden@h:port/d",
        "postgresql://u:hidden@h:99999/d",
        "plenary",
        "postgresql://u:hidden@h/",
    ],
)
def test_a_wrong_database_address_is_refused_without_showing_its_password(address: str) -> None:
    env = Environment({"DATABASE_URL": address})
    env.database("DATABASE_URL")
    message = problems(env)
    assert "DATABASE_URL" in message
    assert "hidden" not in message


@pytest.mark.parametrize(
    ("method", "value", "said"),
    [
        ("hosts", "https://www.example.org", "NAME must be host names such as www.example.org, not 'https://"),
        ("hosts", "example.org:8000", "not 'example.org:8000'"),
        ("hosts", "example.org, пример.рф", "not 'пример.рф'"),
        ("origins", "www.example.org", "NAME must be origins such as https://www.example.org, not 'www.example.org'"),
        ("origins", "https://example.org/path", "not 'https://example.org/path'"),
        ("port", "99999", "NAME must be a port, at most 65535, not 99999"),
        ("index_name", "Plenary Site", "NAME must consist of small Latin letters, figures, - and _"),
    ],
)
def test_a_malformed_value_is_named(method: str, value: str, said: str) -> None:
    env = Environment({"NAME": value})
    defaults: dict[str, tuple[object, ...]] = {"hosts": ([],), "origins": (), "port": (25,), "index_name": ("plenary",)}
    getattr(env, method)("NAME", *defaults[method])
    assert said in problems(env)


def test_hosts_origins_and_names_as_they_should_be() -> None:
    env = Environment(
        {
            "HOSTS": "www.example.org, .example.org, 127.0.0.1, [::1], xn--e1afmkfd.xn--p1ai",
            "ORIGINS": "https://example.org, http://*.example.org:8080",
            "PREFIX": "plenary_2",
        }
    )
    assert env.hosts("HOSTS", []) == ["www.example.org", ".example.org", "127.0.0.1", "[::1]", "xn--e1afmkfd.xn--p1ai"]
    assert env.hosts("OTHER", ["localhost"]) == ["localhost"]
    assert env.origins("ORIGINS") == ["https://example.org", "http://*.example.org:8080"]
    assert env.index_name("PREFIX", "plenary") == "plenary_2"
    env.check()


def test_an_address_with_a_space_is_none() -> None:
    env = Environment({"SITE_URL": "https://example .org"})
    env.url("SITE_URL", schemes=("http", "https"))
    assert "SITE_URL must be an address" in problems(env)


def test_a_folder_is_one_that_can_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.chdir(tmp_path)
    env = Environment({"NEW": "made/later", "FILE": str(file), "BELOW": str(file / "folder")})
    assert env.folder("NEW", tmp_path) == tmp_path / "made" / "later"
    assert env.folder("UNSET", tmp_path) == tmp_path
    env.check()
    for name in ("FILE", "BELOW"):
        env.folder(name, tmp_path)
    message = problems(env)
    assert f"FILE must be a folder, and {file} is none" in message
    assert f"BELOW must be a folder, and {file} is none" in message
