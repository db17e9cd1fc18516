"""The page in a real browser: what it shows, that it asks nothing of anybody, and that nothing breaks out of it."""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from cableformat import Annotation, Cable, Part, Record, read, write

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    not (BROWSER and DRIVER), reason="needs a browser: apt-get install chromium chromium-driver"
)
EXAMPLE = Path(__file__).parents[3] / "examples" / "31PORTMERIDIAN117.txt"
HOSTILE = (
    "UNCLAS PORT MERIDIAN 000117\n\nTAGS: PREL\nSUBJECT: <script>document.title='broken'</script>\n\n"
    "1. (U) <img src=x onerror=\"document.title='broken'\"> </div></section></main><!-- <plaintext>\n\n"
    "2. (U) <a href=\"javascript:document.title='broken'\">talks</a> \u202egnorw\u202c went on &lt;b&gt;.\n\n"
    "3. (U) {words}\n\nHALLOWAY\n"
)
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def driver():
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = BROWSER
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL"})
    started = webdriver.Chrome(options=options, service=Service(DRIVER))
    started.set_page_load_timeout(60)
    yield started
    started.quit()


@pytest.fixture(scope="module")
def example():
    return read(EXAMPLE)


def hostile(words="Talks went on."):
    text = HOSTILE.format(words=words)
    note = Annotation("body", text.index("talks"), text.index("talks") + 5, "note", (("by", "<b>Orleo</b>"),))
    record = Record(origin="</td></table><script>document.title='broken'</script>", url="javascript:alert(1)")
    return Cable(record, (Part("body", "body", text),), annotations=(note,))


def shown(driver, folder, cable, *, scheme="light", width=1280, **options):
    """Write the cable's page, and open it."""
    path = folder / "page.html"
    write(cable, path, options=options)
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    metrics = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    driver.get_log("performance")  # what belongs to the page before
    driver.get(path.as_uri())
    return path.as_uri()


def texts(driver):
    script = "return [...document.querySelectorAll('section[data-part]')].map(s => [s.dataset.part, s.querySelector('.t').textContent])"
    return dict(driver.execute_script(script))


def test_the_layout_as_sent_shows_the_exact_text(driver, tmp_path, example):
    shown(driver, tmp_path, example)
    box = "return getComputedStyle(document.querySelector(\"section[data-part='body'] .t\"))"
    driver.find_element("id", "verbatim").click()
    assert driver.execute_script(f"{box}.whiteSpace").startswith("pre")
    assert "mono" in driver.execute_script(f"{box}.fontFamily")
    assert texts(driver) == {part.id: part.text for part in example.parts}
    driver.find_element("id", "readable").click()
    assert "mono" not in driver.execute_script(f"{box}.fontFamily")


def test_every_entry_of_the_contents_leads_to_its_place(driver, tmp_path, example):
    shown(driver, tmp_path, example)
    links = driver.execute_script("return [...document.querySelectorAll('nav a')].map(a => a.getAttribute('href'))")
    assert "#p4" in links
    missing = driver.execute_script("return arguments[0].filter(h => !document.getElementById(h.slice(1)))", links)
    assert missing == []
    driver.find_element("css selector", "nav a[href='#p4']").click()
    top = driver.execute_script("return document.getElementById('p4').getBoundingClientRect().top")
    assert -5 <= top < 900


@pytest.mark.parametrize("width", [1280, 375])
def test_nothing_is_wider_than_the_window(driver, tmp_path, example, width):
    shown(driver, tmp_path, example, width=width)
    for layout in ("verbatim", "readable"):
        driver.find_element("id", layout).click()
        assert driver.execute_script("return document.documentElement.scrollWidth") <= width


def test_no_request_leaves_and_nothing_of_a_hostile_cable_runs_or_breaks_out(driver, tmp_path):
    cable = hostile()
    address = shown(driver, tmp_path, cable, links="https://port.example/{id}")
    entries = [json.loads(entry["message"])["message"] for entry in driver.get_log("performance")]
    asked = {e["params"]["request"]["url"] for e in entries if e["method"] == "Network.requestWillBeSent"}
    assert asked <= {address}
    assert driver.title != "broken"
    assert driver.execute_script("return document.querySelectorAll('main img, main script, main b').length") == 0
    schemes = driver.execute_script("return [...document.querySelectorAll('a[href]')].map(a => a.protocol)")
    assert set(schemes) <= {"file:", "https:"}
    assert driver.execute_script("return document.querySelectorAll('main').length") == 1
    footer = driver.execute_script("return document.querySelector('footer').parentElement.tagName")
    assert footer == "BODY"
    assert "\u202e" not in driver.execute_script("return document.body.innerText")
    assert read(tmp_path / "page.html") == cable


def test_a_paragraph_of_a_megabyte(driver, tmp_path):
    shown(driver, tmp_path, hostile("<b>talks & more </b>" * 50_000))
    assert driver.title != "broken"
    assert len(texts(driver)["body"]) > 1_000_000


@pytest.mark.skipif(find_spec("axe_core_python") is None, reason="needs axe: pip install axe-core-python")
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("kind", ["example", "hostile"])
def test_axe_finds_nothing(driver, tmp_path, example, scheme, kind):
    from axe_core_python.selenium import Axe

    shown(driver, tmp_path, example if kind == "example" else hostile(), scheme=scheme)
    found = Axe().run(driver)["violations"]
    assert [(violation["id"], violation["nodes"][0]["html"][:120]) for violation in found] == []


def test_it_prints(driver, tmp_path, example):
    shown(driver, tmp_path, example)
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"]
    assert printed.startswith("JVBERi")  # %PDF- in base 64
