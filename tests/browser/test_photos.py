"""Photos as a person handles them: give files, drag, look at them large, delete, take one."""

import re
from collections.abc import Iterator

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import sign_up, watch_for_faults
from tests.browser.test_main_job import add, rest, serious, title
from tests.pictures import picture

COLOURS = ["crimson", "seagreen", "royalblue", "goldenrod"]


def files(*colours: str) -> list[dict[str, object]]:
    return [
        {"name": f"{colour}.jpg", "mimeType": "image/jpeg", "buffer": picture(colour)}
        for colour in colours
    ]


@pytest.fixture(scope="module")
def household(running, browser):
    """Ana's browser: an account and one watch; ``address`` is the watch's photos."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    page = context.new_page()
    page.goto(running.url)
    sign_up(page)
    page.get_by_test_id("stMain").get_by_role(
        "link", name=re.compile("Add your first watch")
    ).click()
    expect(title(page, "Add watch")).to_be_visible()
    add(page, "Omega", "Speedmaster", "6,500")
    rest(page)
    yield context, re.sub(r"&tab=\w+", "", page.url) + "&tab=photos"
    context.close()


@pytest.fixture
def photos(running, household, faults) -> Iterator[Page]:
    """The photos of the watch: these four, in this order, and no other."""
    with psycopg.connect(running.database) as owner:
        owner.execute("delete from photo")
    context: BrowserContext = household[0]
    page = watch_for_faults(context.new_page(), faults)
    page.goto(household[1])
    expect(page.get_by_text("Add photos", exact=True)).to_be_visible()
    rest(page)
    page.locator('input[type="file"]').set_input_files(files(*COLOURS))
    expect(page.locator(".cb-shot")).to_have_count(4)
    expect(page.get_by_text(re.compile("4.photos added"))).to_be_visible()
    rest(page)
    yield page
    page.close()
    assert faults == []


def colours(page: Page) -> list[str]:
    """What the thumbnails show, as the nearest of COLOURS."""
    return page.locator(".cb-shot img").evaluate_all(
        """async (images, names) => Promise.all(images.map(async (image) => {
            await image.decode();
            const canvas = document.createElement("canvas");
            canvas.width = canvas.height = 1;
            const pen = canvas.getContext("2d");
            const seen = (draw) => { draw(); return [...pen.getImageData(0, 0, 1, 1).data]; };
            const own = seen(() => pen.drawImage(image, 0, 0, 1, 1));
            const far = names.map((name) => seen(() => { pen.fillStyle = name; pen.fillRect(0, 0, 1, 1); })
                .reduce((sum, level, at) => sum + Math.abs(level - own[at]), 0));
            return names[far.indexOf(Math.min(...far))];
        }))""",
        COLOURS,
    )


def settled(page: Page) -> None:
    """Wait until what was wished is done and shown."""
    rest(page)
    expect(page.locator(".cb-viewer.busy")).to_have_count(0)


def opened_again(page: Page) -> list[str]:
    """The order as it is stored."""
    page.reload()
    expect(page.locator(".cb-shot")).to_have_count(4)
    return colours(page)


def test_files_that_are_given_at_once_become_photos_in_their_order(photos):
    assert colours(photos) == COLOURS
    main = photos.locator(".cb-portrait img")
    expect(main).to_be_visible()
    assert main.evaluate("image => image.naturalWidth") > 0
    assert [fault for fault in serious(photos) if "stToast" not in fault] == []  # Streamlit's own


def test_a_bad_file_and_one_that_is_here_already_are_named_and_the_good_one_is_added(photos):
    bad = {"name": "letter.jpg", "mimeType": "image/jpeg", "buffer": b"<html>hello</html>"}
    photos.locator('input[type="file"]').set_input_files([bad, *files("crimson"), *files("plum")])
    refusals = photos.locator(".cb-refusals")
    expect(refusals).to_contain_text("letter.jpg")
    expect(refusals).to_contain_text("This is a web page.")
    expect(refusals).to_contain_text("This photo is already here.")
    expect(photos.locator(".cb-shot")).to_have_count(5)
    photos.get_by_role("button", name="Dismiss").click()
    expect(refusals).to_have_count(0)
    expect(photos.locator(".cb-shot")).to_have_count(5)


def test_dragging_puts_photos_into_another_order_that_lasts(photos):
    photos.locator(".cb-gallery").scroll_into_view_if_needed()
    start = photos.locator(".cb-shot").nth(0).bounding_box()
    end = photos.locator(".cb-shot").nth(2).bounding_box()
    photos.mouse.move(start["x"] + 40, start["y"] + 40)
    photos.mouse.down()
    photos.mouse.move(start["x"] + 60, start["y"] + 45, steps=4)
    photos.mouse.move(end["x"] + 40, end["y"] + 40, steps=8)
    photos.mouse.up()
    settled(photos)
    wanted = ["seagreen", "royalblue", "crimson", "goldenrod"]
    assert colours(photos) == wanted
    expect(photos.locator("dialog.cb-viewer[open]")).to_have_count(0)
    assert opened_again(photos) == wanted


def test_alt_and_arrows_move_a_photo_and_the_focus_goes_with_it(photos):
    photos.locator(".cb-shot").nth(2).focus()
    photos.keyboard.press("Alt+ArrowLeft")
    photos.keyboard.press("Alt+ArrowLeft")
    focused = photos.locator(".cb-shot:focus")
    expect(focused).to_have_attribute("aria-label", "Photo 1 of 4, main photo")
    settled(photos)
    wanted = ["royalblue", "crimson", "seagreen", "goldenrod"]
    assert colours(photos) == wanted
    assert opened_again(photos) == wanted


def test_the_viewer_goes_by_arrow_keys_and_escape_leads_back_to_the_thumbnail(photos):
    photos.locator(".cb-shot").nth(0).click()
    viewer = photos.get_by_role("dialog", name="Photos")
    expect(viewer).to_be_visible()
    assert [fault for fault in serious(photos) if "stToast" not in fault] == []
    expect(viewer.locator(".cb-viewer-count")).to_have_text("1 of 4")
    photos.keyboard.press("ArrowLeft")
    expect(viewer.locator(".cb-viewer-count")).to_have_text("4 of 4")
    photos.keyboard.press("ArrowRight")
    photos.keyboard.press("ArrowRight")
    expect(viewer.locator(".cb-viewer-count")).to_have_text("2 of 4")
    large = viewer.locator("img")
    expect(large).to_have_attribute("src", re.compile(r"/full\.webp$"))
    photos.keyboard.press("Escape")
    expect(viewer).to_be_hidden()
    expect(photos.locator(".cb-shot:focus")).to_have_attribute("aria-label", "Photo 2 of 4")


def test_what_a_photo_shows_and_its_caption_are_kept_and_a_turn_too(photos):
    photos.locator(".cb-shot").nth(1).click()
    viewer = photos.get_by_role("dialog", name="Photos")
    viewer.get_by_label("What it shows").select_option(label="Case back")
    settled(photos)
    viewer.get_by_label("Caption").fill("Scratch at 7 o’clock")
    photos.keyboard.press("Escape")  # leaving the viewer keeps what was typed
    settled(photos)
    expect(photos.locator(".cb-shot").nth(1)).to_have_attribute(
        "aria-label", "Photo 2 of 4, Case back, Scratch at 7 o’clock"
    )
    photos.locator(".cb-shot").nth(1).click()
    before = viewer.locator("img").get_attribute("src")
    viewer.get_by_role("button", name="Rotate right").click()
    expect(viewer.locator("img")).not_to_have_attribute("src", before)
    viewer.locator("img").evaluate("image => image.decode()")
    assert viewer.locator("img").evaluate("i => [i.naturalWidth, i.naturalHeight]") == [480, 640]
    settled(photos)
    photos.reload()
    expect(photos.locator(".cb-shot-text").nth(1)).to_have_text("Scratch at 7 o’clock")


def test_the_next_photo_takes_the_place_of_a_deleted_main_one_and_undo_brings_it_back(photos):
    photos.locator(".cb-shot").nth(0).click()
    viewer = photos.get_by_role("dialog", name="Photos")
    viewer.get_by_role("button", name="Delete photo").click()
    expect(viewer.locator(".cb-viewer-count")).to_have_text("1 of 3")
    settled(photos)
    assert colours(photos) == COLOURS[1:]
    viewer.get_by_role("button", name="Undo").click()
    expect(photos.locator(".cb-shot")).to_have_count(4)
    settled(photos)
    assert colours(photos) == COLOURS
    photos.keyboard.press("Escape")


def test_a_photo_can_be_made_the_main_one_and_shows_on_the_card_and_in_the_table(photos, running):
    photos.locator(".cb-shot").nth(3).click()
    photos.get_by_role("button", name="Set as main photo").click()
    settled(photos)
    photos.keyboard.press("Escape")
    assert colours(photos) == [COLOURS[3], *COLOURS[:3]]
    shown = photos.locator(".cb-shot img").first.get_attribute("src")
    photos.goto(f"{running.url}/watches")
    expect(photos.locator(".cb-card img")).to_have_attribute("src", shown)
    photos.goto(f"{running.url}/watches?view=table")
    expect(photos.locator(".cb-table img")).to_have_attribute("src", shown.replace("card", "thumb"))


def test_the_camera_takes_a_photo(photos):
    photos.get_by_text("Take a photo", exact=True).click()
    sees = (
        "video => new Promise(seen => video.readyState < 2 ? (video.onloadeddata = seen) : seen())"
    )
    photos.locator("video").evaluate(sees)
    photos.get_by_role("button", name="Take Photo").click()
    expect(photos.locator(".cb-shot")).to_have_count(5)
