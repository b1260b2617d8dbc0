"""Whoever reads the API's documents without a browser is told where they are."""

from __future__ import annotations

from django.test import Client


def test_without_scripts_the_page_says_where_the_openapi_file_is(client: Client) -> None:
    page = client.get("/api/v1/docs").content.decode()
    told = page.partition("<noscript>")[2].partition("</noscript>")[0]
    assert "http://testserver/api/v1/openapi.json" in told
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
