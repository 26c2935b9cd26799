"""Errors: a page in the reader's language that says what to do, keeps what was typed, and betrays nothing."""

import logging
from io import BytesIO

import pytest
from flask import Flask, abort

from involve.errors import BadInput, InvolveError
from involve.settings import Settings
from involve.web.explanations import BY_CODE, BY_STATUS
from involve.web.site import Site
from tests.pages import Browser, CheckedClient

SECRET = "My neighbour Gwenllian Tudur hit me on the fourth of May."


def children(kind: type[InvolveError]) -> list[type[InvolveError]]:
    return [kind, *(each for child in kind.__subclasses__() for each in children(child))]


@pytest.fixture
def built_apps() -> dict[Settings, Flask]:
    """The site of each of these tests is nobody else's: it is broken on purpose."""
    return {}


@pytest.fixture
def broken(app: Flask) -> Flask:
    """The site with addresses where things go wrong, in both languages."""

    def fail(how: str) -> str:
        if how.isdigit():
            abort(int(how))
        kinds = {kind.code: kind for kind in children(InvolveError)}
        raise kinds.get(how, ValueError)(SECRET)

    for language in ("cy", "en"):
        app.add_url_rule(
            f"/{language}/fail/<how>",
            f"fail_{language}",
            fail,
            methods=["GET", "POST"],
            defaults={"page_language": language},
        )
    return app


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("how", [*BY_CODE, *map(str, BY_STATUS), "418", "400"])
def test_each_failure_has_a_page_of_its_status_without_the_words_of_the_error(
    broken: Flask, page: Browser, how: str, language: str
) -> None:
    said = page.get(f"/{language}/fail/{how}")
    expected = BY_STATUS.get(int(how)) if how.isdigit() else BY_CODE[how]
    assert said.status == (expected.status if expected else int(how))
    assert SECRET not in said.html
    assert str(said.one("html")["lang"]) == language
    assert said.h1
    assert said.soup.title is not None
    assert said.soup.title.text.strip().startswith({"cy": "Gwall", "en": "Error"}[language])


def test_every_error_has_words_of_its_own_or_is_bad_input() -> None:
    mute = [
        kind
        for kind in children(InvolveError)
        if kind.__module__.startswith("involve")
        and not kind.__module__.startswith("involve.cli")
        and kind.code not in {*BY_CODE, "involve_error", "settings_error"}
    ]
    assert all(issubclass(kind, BadInput) for kind in mute)
    assert all(code == BY_CODE[code].code for code in BY_CODE)


@pytest.mark.parametrize("how", ["unexpected", "conflict", "429", "500"])
def test_what_was_typed_comes_back_and_can_be_sent_again(broken: Flask, page: Browser, how: str) -> None:
    broken.config["WTF_CSRF_ENABLED"] = False
    words = "\nFirst line\n<b>second</b> " + "x" * 50
    typed = {"story": words, "area": "W06000002", "csrf_token": "t", "password": "hunter2"}
    said = page.post(f"/en/fail/{how}", typed)
    again = said.fields("main form")
    assert again["story"] == words
    assert again["area"] == "W06000002"
    assert "hunter2" not in said.html
    assert again["csrf_token"] != "t"


@pytest.mark.parametrize("path", ["/cy/fail/unexpected", "/en/fail/unexpected"])
def test_the_log_of_a_failure_says_where_it_broke_and_nothing_that_anyone_wrote(
    broken: Flask, client: CheckedClient, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    broken.config["WTF_CSRF_ENABLED"] = False
    with caplog.at_level(logging.DEBUG):
        response = client.post(path, data={"story": SECRET}, headers={"User-Agent": "Strange Browser 7"})
    assert response.status_code == 500
    assert "ValueError" in caplog.text
    assert "in fail" in caplog.text
    for told in ("Gwenllian", "fourth of May", "127.0.0.1", "Strange Browser"):
        assert told not in caplog.text


def test_a_database_that_is_away_is_said_in_a_page(
    app: Flask, site: Site, client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    with site.writing() as session:
        session.connection().exec_driver_sql("drop table publication_tag")
        session.connection().exec_driver_sql("drop table publication")
    for path in ("/en/evidence", "/cy/", "/api/v1/stories"):
        response = client.get(path)
        assert response.status_code == 500
        assert "publication" not in response.get_data(as_text=True)
    assert "OperationalError" in caplog.text


def test_what_is_beyond_any_story_is_refused_in_words(client: CheckedClient, project: str) -> None:
    for path, words in (("/en/fail/x", "too much"), (f"/en/projects/{project}", "")):
        response = client.post(path, data={"story": "x" * 600_000})
        assert response.status_code in (404, 405, 413)
        assert words in response.get_data(as_text=True) or response.status_code != 413


@pytest.mark.parametrize("path", ["/", "/en/", "/cy/tystiolaeth", "/en/privacy"])
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_that_take_nothing_say_so(client: CheckedClient, method: str, path: str) -> None:
    response = getattr(client, method)(path)
    assert response.status_code in (400, 405)


def test_an_error_within_the_page_of_an_error_is_answered_and_logged_without_words(
    broken: Flask, client: CheckedClient, caplog: pytest.LogCaptureFixture
) -> None:
    del broken.jinja_env.globals["asset"]
    broken.jinja_env.cache.clear()  # type: ignore[union-attr]
    response = client.get("/en/fail/unexpected")
    assert (response.status_code, response.mimetype) == (500, "text/plain")
    assert "Something went wrong at our end" in response.get_data(as_text=True)
    assert "Gwenllian" not in caplog.text + response.get_data(as_text=True)


def test_answers_given_twice_come_back_twice(broken: Flask, page: Browser) -> None:
    broken.config["WTF_CSRF_ENABLED"] = False
    said = page.post("/en/fail/unexpected", {"choice": ["a", "b"]})
    assert said.fields("main form")["choice"] == ["a", "b"]


def test_a_file_that_came_with_a_form_is_said_to_be_needed_again(broken: Flask, page: Browser) -> None:
    broken.config["WTF_CSRF_ENABLED"] = False
    said = page.post("/cy/fail/429", {"project": "a", "table": (BytesIO(b"text"), "straeon.csv")})
    assert "gofynnir i chi amdani eto" in said.html
