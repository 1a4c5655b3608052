"""The page of `pes report` in a real browser: on a phone, a desktop, in the dark and on paper.

Needs Chromium, which is too large to be asked of everybody who tests: without it, it says that it
skips. With PES_PICTURES set to a folder, what the browser shows is left there to be looked at.
"""

import itertools
import os
import shutil
import unittest

import browser
import support
from many_states import fill

PHONE, DESKTOP = 360, 1280
PICTURES = os.environ.get("PES_PICTURES")

# Elements that reach beyond the right side of the window, save what scrolls by itself.
TOO_WIDE = """[...document.querySelectorAll('body *')].filter(e =>
    e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('details, .numbers'))
  .map(e => e.outerHTML.slice(0, 120))"""

# Texts of a chart that leave it, and would be cut.
CUT = """[...document.querySelectorAll('svg text')].filter(t => {
    const text = t.getBoundingClientRect(), svg = t.ownerSVGElement.getBoundingClientRect();
    return text.left < svg.left - 1 || text.right > svg.right + 1
        || text.top < svg.top - 3 || text.bottom > svg.bottom + 3; })
  .map(t => t.textContent)"""

WITH_TEXT = """[...document.querySelectorAll('body *')].filter(e =>
    [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
    && e.checkVisibility() && !['title', 'desc'].includes(e.tagName))"""

TOO_SMALL = f"""{WITH_TEXT}.filter(e => parseFloat(getComputedStyle(e).fontSize) < 16)
  .map(e => e.outerHTML.slice(0, 120))"""

# WCAG 2: 4.5 for a text against what is behind it.
TOO_PALE = f"""(() => {{
  const canvas = document.createElement('canvas').getContext('2d', {{willReadFrequently: true}});
  const seen = (color, under) => {{
    canvas.fillStyle = under; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3); }};
  const css = rgb => `rgb(${{rgb.join(',')}})`;
  const light = rgb => {{
    const [r, g, b] = rgb.map(v => v / 255)
      .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; }};
  const behind = e => {{
    const own = getComputedStyle(e).backgroundColor;
    const under = e.parentElement ? behind(e.parentElement) : 'rgb(255,255,255)';
    return css(seen(own, under)); }};
  return {WITH_TEXT}.map(e => {{
      const style = getComputedStyle(e), under = behind(e);
      const color = e.ownerSVGElement ? style.fill : style.color;
      const [a, b] = [light(seen(color, under)), light(seen(under, under))].sort((x, y) => y - x);
      return [(a + 0.05) / (b + 0.05), e.outerHTML.slice(0, 100)]; }})
    .filter(([ratio]) => ratio < 4.5); }})()"""

FOLDED = """[...document.querySelectorAll('table')].filter(t => !t.checkVisibility())
  .map(t => t.textContent.slice(0, 80))"""

UNNAMED = """[...document.querySelectorAll('svg:not([aria-hidden])')].filter(svg =>
    svg.getAttribute('role') !== 'img'
    || !svg.getAttribute('aria-labelledby').split(' ').every(id =>
        document.getElementById(id)?.textContent))
  .map(svg => svg.outerHTML.slice(0, 120))"""

TWICE = """(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return ids.filter((id, i) => ids.indexOf(id) !== i); })()"""


@unittest.skipUnless(browser.CHROMIUM, "chromium is not there: apt-get install chromium")
class InABrowser(support.HomeTest):

    @classmethod
    def setUpClass(cls):
        place = support.tempfile.TemporaryDirectory(prefix="pes-cli.")
        cls.addClassCleanup(place.cleanup)
        folder = support.pathlib.Path(place.name)
        cls.pages = {}
        for name, make in (("empty", lambda home: None), ("one", cls.make_one),
                           ("many", lambda home: fill(home, support.PES, count=300, days=40))):
            home = folder / name
            shutil.copytree(support.demo(), home)
            make(home)
            cls.pages[name] = folder / f"{name}.html"
            cls.run_pes(home, "report", "--out", cls.pages[name])
        cls.browser = browser.Browser(folder)
        cls.addClassCleanup(cls.browser.close)
        cls.page = cls.browser.page()

    @staticmethod
    def run_pes(home, *words):
        support.subprocess.run(
            [support.PES, "--home", home, *words, "--quiet"],
            env=support.environment(home.parent, LC_ALL="", LANG="fr_FR.UTF-8", LANGUAGE="fr"),
            stdin=support.subprocess.DEVNULL, stdout=support.subprocess.DEVNULL, check=True)

    @classmethod
    def make_one(cls, home):
        cls.run_pes(home, "create", support.FLOW, "--objet", "Mandats de mars")

    def setUp(self):
        support.ToolTest.setUp(self)

    def each(self):
        """Every page, as wide as a phone and as a desktop, light and dark."""
        for name, width, scheme in itertools.product(self.pages, (PHONE, DESKTOP),
                                                     ("light", "dark")):
            self.page.show(self.pages[name], width, scheme)
            yield f"{name}-{width}-{scheme}"

    def test_it_fits_any_screen_and_asks_nothing_of_anybody(self):
        for name in self.each():
            with self.subTest(name):
                if PICTURES:
                    support.pathlib.Path(PICTURES, f"{name}.png").write_bytes(self.page.picture())
                self.assertEqual([url for url in self.page.requests() if url.startswith("file:")],
                                 self.page.requests()[:1])
                self.assertEqual(self.page.requests()[1:], [])
                self.assertEqual(self.page.complaints(), [])
                self.assertEqual(self.page.value("document.documentElement.scrollWidth"),
                                 self.page.value("document.documentElement.clientWidth"))
                self.assertEqual(self.page.value(TOO_WIDE), [])
                self.assertEqual(self.page.value(CUT), [])

    def test_it_can_be_read(self):
        for name in self.each():
            with self.subTest(name):
                self.page.value("document.querySelectorAll('details').forEach(d => d.open = true)")
                self.assertEqual(self.page.value(TOO_SMALL), [])
                self.assertEqual(self.page.value(TOO_PALE), [])

    def test_it_can_be_heard(self):
        for name in self.each():
            with self.subTest(name):
                self.assertEqual(self.page.value("document.documentElement.lang"), "fr")
                self.assertEqual(self.page.value("document.querySelectorAll('h1').length"), 1)
                self.assertEqual(self.page.value(UNNAMED), [])
                self.assertEqual(self.page.value(TWICE), [])
                charts = self.page.value("document.querySelectorAll('section:has(svg)').length")
                tables = self.page.value(
                    "document.querySelectorAll('section:has(svg) table').length")
                self.assertGreaterEqual(tables, charts)

    def test_it_prints_on_a4_with_its_tables_open(self):
        for name, path in self.pages.items():
            with self.subTest(page=name):
                self.page.show(path, 794, scheme="dark", media="print", height=1123)
                pdf = self.page.pdf()
                self.assertTrue(pdf.startswith(b"%PDF"))
                self.assertIn(b"/MediaBox [0 0 594.95996 841.91998]", pdf)
                if PICTURES:
                    support.pathlib.Path(PICTURES, f"{name}.pdf").write_bytes(pdf)
                # Ink on white, whatever the screen prefers.
                self.assertEqual(self.page.value("getComputedStyle(document.body.parentElement)"
                                                 ".backgroundColor"), "rgb(255, 255, 255)")
                self.assertEqual(self.page.value(TOO_PALE), [])
                self.assertEqual(self.page.value(TOO_WIDE), [])
                self.assertEqual(self.page.value(FOLDED), [])


if __name__ == "__main__":
    support.main()
