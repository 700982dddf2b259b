"""Pages are drawn once, and a page on the shelf is like a fresh one."""

from flask.testing import FlaskClient

from bodymap.views.shelf import Shelf


def test_the_page_longest_unused_falls_off() -> None:
    shelf = Shelf(most=2)
    for url in ("/a", "/b"):
        shelf.put(url, (url.encode(), "text/html"))
    shelf.get("/a")
    shelf.put("/c", (b"/c", "text/html"))
    assert [shelf.get(url) is not None for url in ("/a", "/b", "/c")] == [True, False, True]


def test_a_page_from_the_shelf_has_the_same_bytes_and_headers(client: FlaskClient) -> None:
    fresh, kept = client.get("/points/BL23?as=student"), client.get("/points/BL23?as=student")
    assert fresh.data == kept.data
    assert dict(fresh.headers) == dict(kept.headers)


def test_voices_never_mix_and_errors_are_not_kept(client: FlaskClient) -> None:
    client.get("/points/BL23?as=practitioner")
    assert "1.5 cun" not in client.get("/points/BL23").text
    assert [client.get("/points/XX9").status_code for _ in range(2)] == [404, 404]


def test_a_remembered_choice_still_leads_from_the_bare_home_page(client: FlaskClient) -> None:
    client.get("/")
    client.set_cookie("choice", "student.female")
    assert client.get("/").status_code == 302


def test_static_files_are_compressed(client: FlaskClient) -> None:
    with client.get("/static/app.css", headers={"Accept-Encoding": "br"}) as answer:
        assert answer.headers["Content-Encoding"] == "br"
