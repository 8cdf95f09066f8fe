"""People of a site, signed in as browsers sign in: invitation, password, second factor, token."""

import base64
import hashlib
import hmac
import http.cookiejar
import re
import struct
import time
import urllib.error
import urllib.parse
import urllib.request

PASSWORD = "plum anchor violet turbine"
SCOPES = [
    "read_catalogue",
    "read_shared",
    "read_crosswalk",
    "read_history",
    "read_findings",
    "review",
    "comment",
    "export",
]


class StayHere(urllib.request.HTTPRedirectHandler):
    """Redirects are answers like others."""

    def redirect_request(self, *_):
        return None


class Browser:
    """One person's browser at one site."""

    def __init__(self, site):
        self.site = site
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies, StayHere())
        self.page = ""
        self.recovery = []

    def ask(self, path, fields=None):
        """The page at an address, or the page a form leads to; redirects are followed."""
        for _ in range(5):
            body = None if fields is None else urllib.parse.urlencode(fields).encode()
            request = urllib.request.Request(urllib.parse.urljoin(self.site, path), data=body)
            if fields is not None:
                request.add_header("Origin", self.site.rstrip("/"))
            try:
                answer = self.opener.open(request, timeout=60)
            except urllib.error.HTTPError as error:
                answer = error
            self.page = answer.read().decode()
            if answer.status not in (302, 303, 307):
                return answer.status
            path, fields = answer.headers["Location"], None
        raise SystemExit(f"api-check: {path} leads in a circle")

    def send(self, path, *fields):
        """Sends a form of the page that is open."""
        status = self.ask(path, [("csrf", self.one(r'name="csrf" value="([^"]*)"')), *fields])
        if status >= 400:
            raise SystemExit(f"api-check: {path} answered {status}: {self.heading()}")

    def one(self, pattern):
        found = re.search(pattern, self.page)
        if not found:
            raise SystemExit(f"api-check: the page “{self.heading()}” has no {pattern}")
        return found.group(1)

    def heading(self):
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.page, re.S)
        return found.group(1).strip() if found else self.page[:80]


def code(key):
    """The second factor's code now (RFC 6238)."""
    bare = re.sub(r"\s", "", key)
    secret = base64.b32decode(bare + "=" * (-len(bare) % 8))
    digest = hmac.new(secret, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


def take_invitation(site, link, *own):
    """Signs somebody in by their link; `own` are name and address where they are theirs to give."""
    browser = Browser(site)
    secret = link.split("#")[1]
    browser.ask("/invitation")
    browser.send("/invitation", ("code", secret))
    chosen = [("code", secret), ("password", PASSWORD), ("again", PASSWORD)]
    browser.send("/invitation/accept", *chosen, *zip(("name", "email"), own))
    key, sealed = browser.one(r'class="key">([^<]*)<'), browser.one(r'name="sealed" value="([^"]*)"')
    browser.send("/account/second-factor", ("sealed", sealed), ("code", code(key)))
    # A code of the app is good once; what asks for one again takes one of these.
    browser.recovery = re.findall(r"<li><code>([^<]*)<", browser.page)
    return browser


def invite(administrator, name, role):
    """Somebody new with a role at the institution that operates the site, signed in."""
    administrator.ask("/people")
    institution = administrator.one(r'name="institution">\s*<option value="([^"]*)"')
    address = name.lower().replace(" ", ".") + "@bay.example"
    fields = [("name", name), ("email", address), ("role", role), ("institution", institution), ("program", "")]
    administrator.send("/people/invite", *fields)
    return take_invitation(administrator.site, administrator.one(r'class="key">([^<]*)<'))


def token(browser):
    """A token of somebody's for everything the interface offers."""
    browser.ask("/account")
    fields = [("name", "check"), ("days", "2"), ("proof", browser.recovery.pop())]
    browser.send("/account/tokens", *fields, *(("scope", scope) for scope in SCOPES))
    return browser.one(r'class="key">([^<]*)<')


def give_review(lead, crosswalk, reviewer):
    """Gives a review of a crosswalk to somebody, so that one waits."""
    lead.ask(f"/crosswalks/{crosswalk}/assignments")
    account = lead.one(rf'<option value="([^"]*)"[^>]*>\s*{re.escape(reviewer)}')
    fields = [("account", account), ("part", "first"), ("domain", ""), ("course", ""), ("due", "")]
    lead.send(f"/crosswalks/{crosswalk}/assignments", *fields)
