"""A page as a browser shows it: Chromium without a window, asked through its DevTools pipe."""

import base64
import json
import os
import select
import shutil
import subprocess

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
                None)
LONGEST = 60  # seconds for one answer


class Page:
    """One page, and all that its loading asked for or complained about."""

    def __init__(self, browser, session):
        self._browser, self._session = browser, session
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    def ask(self, method, **parameters):
        return self._browser.ask(method, session=self._session, **parameters)

    def show(self, path, width, scheme="light", media="screen", height=800):
        """The file at that width; events of what was shown before are forgotten."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height,
                 deviceScaleFactor=1, mobile=width < 600)
        self.ask("Emulation.setEmulatedMedia", media=media,
                 features=[{"name": "prefers-color-scheme", "value": scheme}])
        self._browser.events.clear()
        self.ask("Page.navigate", url=path.as_uri())
        self._browser.wait_for("Page.loadEventFired")

    def value(self, expression):
        answer = self.ask("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise AssertionError(answer["exceptionDetails"])
        return answer["result"].get("value")

    def requests(self):
        return [event["params"]["request"]["url"] for event in self._browser.events
                if event["method"] == "Network.requestWillBeSent"]

    def complaints(self):
        """Errors of the page, and what the browser had to say about it."""
        kinds = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded")
        return [event["params"] for event in self._browser.events if event["method"] in kinds]

    def pdf(self):
        return base64.b64decode(self.ask("Page.printToPDF", preferCSSPageSize=True)["data"])

    def picture(self):
        shot = self.ask("Page.captureScreenshot", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "scale": 1, "width": self.value("innerWidth"),
            "height": self.value("document.documentElement.scrollHeight")})
        return base64.b64decode(shot["data"])


class Browser:
    """Chromium, until `close`. Everything that it keeps is in `place`."""

    def __init__(self, place):
        ours, their_answers = os.pipe()
        their_questions, questions = os.pipe()
        # It reads what it is asked on descriptor 3, and answers on 4.
        command = (f'exec 3<&{their_questions} 4>&{their_answers}; exec "$0" "$@"')
        self._process = subprocess.Popen(
            ["bash", "-c", command, CHROMIUM, "--headless=new", "--remote-debugging-pipe",
             "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={place}/profile",
             "about:blank"],
            pass_fds=(their_questions, their_answers), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": str(place), "XDG_CONFIG_HOME": f"{place}/config",
                 "XDG_CACHE_HOME": f"{place}/cache"})
        os.close(their_answers)
        os.close(their_questions)
        self._questions, self._answers = os.fdopen(questions, "wb", buffering=0), ours
        self._unread, self._rank, self.events = b"", 0, []

    def page(self):
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        return Page(self, self.ask("Target.attachToTarget", targetId=target,
                                   flatten=True)["sessionId"])

    def ask(self, method, session=None, **parameters):
        self._rank += 1
        question = {"id": self._rank, "method": method, "params": parameters}
        if session:
            question["sessionId"] = session
        self._questions.write(json.dumps(question).encode() + b"\0")
        while True:
            message = self._message()
            if message.get("id") == self._rank:
                if "error" in message:
                    raise AssertionError((method, message["error"]))
                return message["result"]
            self.events.append(message)

    def wait_for(self, method):
        while not any(event.get("method") == method for event in self.events):
            self.events.append(self._message())

    def close(self):
        self._questions.close()
        self._process.terminate()
        self._process.wait()
        os.close(self._answers)

    def _message(self):
        while b"\0" not in self._unread:
            if not select.select([self._answers], [], [], LONGEST)[0]:
                raise AssertionError("the browser does not answer")
            part = os.read(self._answers, 1 << 20)
            if not part:
                raise AssertionError("the browser is gone")
            self._unread += part
        message, self._unread = self._unread.split(b"\0", 1)
        return json.loads(message)
