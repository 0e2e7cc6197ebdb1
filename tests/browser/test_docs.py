"""`/docs` in a browser that reaches nothing but the service."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Site


def test_a_call_can_be_tried_out_without_the_world(site: Site, page: Page) -> None:
    refused: list[str] = []
    complaints: list[str] = []

    def only_the_service(route: Route) -> None:
        if route.request.url.startswith((site.url, "data:", "blob:")):
            route.continue_()
        else:
            refused.append(route.request.url)
            route.abort()

    page.route("**/*", only_the_service)
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/docs")
    expect(page.get_by_role("heading", name="聽聞 tingwen")).to_be_visible()
    page.get_by_role("button", name="post /v1/scripts").first.click()
    operation = page.locator("#operations-scripts-write_v1_scripts_post")
    expect(operation.get_by_text("Nothing is spoken, nothing is kept")).to_be_visible()
    operation.get_by_role("button", name="Try it out").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table")
    expect(answer).to_contain_text("高溫上看攝氏三十度")
    assert refused == []
    assert complaints == []
