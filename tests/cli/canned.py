"""A TdT and a SAE that answer what they are told, over HTTPS, with the sandbox's certificates."""

import contextlib
import http.server
import shutil
import socket
import ssl
import threading

import support

XML = "text/xml;charset=utf-8"
HTML = "text/html; charset=utf-8"


class Answer:
    """What a path is answered: a status, a body, headers; or a cut connection."""

    def __init__(self, body=b"", status=200, kind=XML, location=None, cut=False):
        self.body = body.encode("utf-8") if isinstance(body, str) else body
        self.status = status
        self.kind = kind
        self.location = location
        self.cut = cut


class Service:
    """Answers by the end of the path, the longest that fits; remembers what it was asked."""

    def __init__(self, answers):
        self.answers = answers
        self.asked = []

    def answer_to(self, path):
        bare = path.split("?")[0]
        fitting = [end for end in self.answers if end in bare]
        if not fitting:
            return Answer("<html><title>404</title></html>", 404, HTML)
        found = self.answers[max(fitting, key=len)]
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found


def handler_of(service):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.reply()

        def do_POST(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.reply()

        def reply(self):
            service.asked.append(self.path)
            answer = service.answer_to(self.path)
            self.close_connection = True
            if answer.cut:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            self.send_header("Content-Length", str(len(answer.body)))
            self.send_header("Connection", "close")
            if answer.location:
                self.send_header("Location", answer.location)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_):
            pass

    return Handler


@contextlib.contextmanager
def serving(service, identities, crl=None):
    """The service on loopback; gives its address. With a CRL, it turns away who is on it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identities / "server.pem", identities / "server.key")
    context.load_verify_locations(identities / "ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    if crl:
        # As S²LOW: with TLS 1.3 a client would hear of it only after its request.
        context.maximum_version = ssl.TLSVersion.TLSv1_2
        context.load_verify_locations(crl)
        context.verify_flags |= ssl.VERIFY_CRL_CHECK_LEAF
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_of(service))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"https://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def tdt_settings(url, identities, **more):
    """What a home needs to reach it as its TdT."""
    return {"PES_TDT_URL": url, "PES_TDT_CA": identities / "ca.pem",
            "PES_TDT_CERTIFICATE": identities / "client.pem",
            "PES_TDT_KEY": identities / "client.key", **more}


def sae_settings(url, identities, **more):
    return {"PES_SAE_URL": f"{url}/restservices", "PES_SAE_CA": identities / "ca.pem",
            "PES_SAE_CERTIFICATE": identities / "client.pem",
            "PES_SAE_KEY": identities / "client.key", **more}


def imported(identifier="", resultat="OK", message=""):
    return Answer('<?xml version="1.0" encoding="UTF-8"?>\n<import>\n'
                  f"  <id>{identifier}</id>\n  <resultat>{resultat}</resultat>\n"
                  f"  <message>{message}</message>\n</import>\n")


def status(number, message="", resultat="OK"):
    return Answer('<?xml version="1.0" encoding="ISO-8859-1"?>\n<transaction >\n'
                  f"        <id>12</id><resultat>{resultat}</resultat><message>{message}</message>"
                  f"<status>{number}</status></transaction>\n            ")


def latin1(text):
    return Answer(text.encode("latin-1"), kind=HTML)


MAINTENANCE = Answer("<!DOCTYPE html><html><title>Maintenance</title></html>", kind=HTML)


class TdtTest(support.SignedTest):
    """A test with a signed dossier and a TdT that answers what it is told."""

    def answered(self, answers, *words, env=None, crl=None):
        """The tool against a TdT that gives these answers, by the ends of paths."""
        identities = self.home / "sandbox" / "identities"
        self.service = Service(answers)
        with serving(self.service, identities, crl) as url:
            return self.pes(*words, env={**tdt_settings(url, identities), **(env or {})})

    def fresh_home(self):
        shutil.rmtree(self.home)
        shutil.copytree(self.made_home(), self.home)

    def assert_told(self, answer, exit_status, error, hint):
        self.assertEqual(answer.status, exit_status, answer)
        self.assertIn(error, " ".join(answer.lines_of("error")), answer)
        self.assertIn(hint, " ".join(answer.lines_of("hint")), answer)

    def agent(self, **more):
        password = self.write("mot", b"secret\n")
        password.chmod(0o600)
        return {"PES_TDT_LOGIN": "agent", "PES_TDT_PASSWORD": f"file:{password}", **more}

    def archivist(self):
        password = self.write("mot-archives", b"secret\n")
        password.chmod(0o600)
        return {"PES_TDT_ARCHIVIST_LOGIN": "archives",
                "PES_TDT_ARCHIVIST_PASSWORD": f"file:{password}"}
