"""Makes a site with people, lets schemathesis loose on it as each of them and as nobody, and sums up what was found.

Called by `run`: check.py CREDWAY FOLDER EXAMPLES."""

import collections
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import people

HERE = pathlib.Path(__file__).parent
# Limits on how often somebody may ask are tried by themselves at the end.
UNHURRIED = {"CREDWAY_RATES_API_PER_MINUTE": "0", "CREDWAY_RATES_REQUESTS_PER_MINUTE": "0"}
TELLING = {"CREDWAY_LOG_FORMAT": "json", "CREDWAY_LOG_LEVEL": "info"}


class Site:
    """A site over the database of a folder."""

    def __init__(self, credway, folder, *arguments, **variables):
        self.database = f"sqlite:{folder}/site.db"
        self.log = open(f"{folder}/serve.log", "a", encoding="utf-8")
        command = [credway, "--db", self.database, "--json", *arguments, "--address", "127.0.0.1:0"]
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=self.log, env={**os.environ, **TELLING, **variables}, text=True
        )
        self.said = self.read()
        self.address = self.said["address"].rstrip("/")

    def read(self):
        """The JSON document the program prints once it answers."""
        text = ""
        for line in self.process.stdout:
            text += line
            try:
                return json.loads(text)
            except json.JSONDecodeError:
                continue
        raise SystemExit(f"api-check: the site did not start; see {self.log.name}")

    def get(self, path, token=None):
        request = urllib.request.Request(self.address + path)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)


def things(site, token):
    """What is there, by kind, for cases that reach something."""
    lists = ["programs", "courses", "blueprints", "credentials", "crosswalks"]
    found = {}
    for kind in lists:
        items = site.get(f"/api/v1/{kind}", token)["items"]
        found[kind] = [item["course"]["id"] if kind == "courses" else item["id"] for item in items]
    found["pairs"], found["domains"], found["focuses"] = [], [], []
    subjects = [f"{kind[:-1]}.{one}" for kind in ("programs", "courses", "crosswalks") for one in found[kind][:4]]
    for crosswalk in found["crosswalks"]:
        matrix = site.get(f"/api/v1/crosswalks/{crosswalk}", token)
        found["domains"] += [domain["id"] for domain in matrix["domains"]]
        for row in matrix["rows"][:8]:
            focus = row["objective"]["id"]
            found["focuses"].append(focus)
            page = site.get(f"/api/v1/crosswalks/{crosswalk}/review?show=all&focus={focus}", token)
            pairs = [(one["statement"], one["objective"]["id"]) for one in page["candidates"][:4]]
            found["pairs"] += pairs
            subjects += [f"pair.{crosswalk}.{statement}.{target}" for statement, target in pairs[:1]]
            subjects.append(f"objective.{crosswalk}.{focus}")
    found["subjects"] = subjects
    return found


def let_loose(site, who, headers, folder, examples, *further):
    """Runs schemathesis as somebody; whether nothing was found, and the sums it prints."""
    command = [
        str(pathlib.Path(sys.executable).with_name("schemathesis")),
        *("--config-file", f"{HERE}/schemathesis.toml", "run"),
        f"{site.address}/api/v1/openapi.json",
        *(part for name, value in headers.items() for part in ("--header", f"{name}: {value}")),
        *("--checks", "all", "--mode", "all", "--max-examples", str(examples), "--seed", "1", "--workers", "1"),
        *("--continue-on-failure", "--no-color", "--warnings", "off", "--request-timeout", "60"),
        *further,
    ]
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "hooks",
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CREDWAY_API_CHECK_THINGS": f"{folder}/things.json",
    }
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder)
    print(f"== {who}")
    sums = done.stdout.rfind("= SUMMARY")
    print(done.stdout[sums:] if done.returncode == 0 and sums >= 0 else done.stdout + done.stderr, flush=True)
    cases = re.search(r"(\d+) generated", done.stdout)
    return done.returncode == 0, int(cases.group(1)) if cases else 0


def is_held_back(site, token):
    """Whether who asks too often is told to wait, in the form the document has."""
    for _ in range(20):
        try:
            site.get("/api/v1/me", token)
        except urllib.error.HTTPError as error:
            problem = json.load(error)
            right = error.code == 429 and int(error.headers["Retry-After"]) >= 1 and problem["status"] == 429
            return right and error.headers["Content-Type"] == "application/problem+json"
    return False


def with_accounts(credway, folder, examples):
    """As people of every kind and as nobody, at a site with accounts."""
    load = [credway, "--db", f"sqlite:{folder}/site.db", "--json", "demo", "--no-serve"]
    subprocess.run(load, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    site = Site(credway, folder, "serve", "--accounts", **UNHURRIED)
    administrator = people.take_invitation(site.address, site.said["first_administrator"], "Dana Kim", "dana@bay.example")
    lead = people.invite(administrator, "Lee Park", "program_lead")
    reviewer = people.invite(administrator, "Rey Fox", "faculty_reviewer")
    employer = people.invite(administrator, "Erin Dock", "employer_reviewer")
    everybody = {"administrator": administrator, "program lead": lead, "reviewer": reviewer, "employer": employer}
    tokens = {who: people.token(browser) for who, browser in everybody.items()}
    known = things(site, tokens["program lead"])
    document = site.get("/api/v1/openapi.json")
    pathlib.Path(folder, "openapi.json").write_text(json.dumps(document), encoding="utf-8")
    pathlib.Path(folder, "things.json").write_text(json.dumps(known), encoding="utf-8")
    people.give_review(lead, known["crosswalks"][0], "Rey Fox")
    results = {}
    for who, token in tokens.items():
        headers = {"Authorization": f"Bearer {token}"}
        results[who] = let_loose(site, who, headers, folder, examples)
    results["nobody"] = let_loose(site, "nobody", {}, folder, examples)
    site.stop()
    hurried = Site(credway, folder, "serve", "--accounts", CREDWAY_RATES_API_PER_MINUTE="5")
    results["asking too often"] = (is_held_back(hurried, tokens["reviewer"]), 20)
    hurried.stop()
    return results


def without_accounts(credway, folder, examples):
    """As whoever is at the machine, at a site without accounts: there is nobody to sign in, so nothing to ignore."""
    site = Site(credway, folder, "serve", **UNHURRIED)
    headers = {"x-csrf-token": site.get("/api/v1/me")["csrf_token"]}
    who = "whoever is at the machine"
    result = let_loose(site, who, headers, folder, examples, "--exclude-checks", "ignored_auth")
    site.stop()
    return {who: result}


def never_answered(folder):
    """The answers the document promises that the site gave nobody, and how often it gave each status."""
    given = collections.Counter()
    for line in pathlib.Path(folder, "serve.log").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line) if line.startswith("{") else {}
        if str(entry.get("route", "")).startswith("/api/v1/"):
            given[entry["method"].lower(), entry["route"], str(entry["status"])] += 1
    document = json.loads(pathlib.Path(folder, "openapi.json").read_text(encoding="utf-8"))
    promised = {
        (method, path, status)
        for path, item in document["paths"].items()
        for method, operation in item.items()
        for status in operation["responses"]
    }
    sums = collections.Counter()
    for (_, _, status), times in given.items():
        sums[status] += times
    return sorted(promised - set(given)), sorted(sums.items())


def main(credway, folder, examples):
    results = {**with_accounts(credway, folder, examples), **without_accounts(credway, folder, examples)}
    for who, (clean, cases) in results.items():
        print(f"{who}: {cases} cases, {'nothing found' if clean else 'SOMETHING FOUND'}")
    print(f"in all {sum(cases for _, cases in results.values())} cases")
    never, sums = never_answered(folder)
    print("answers by status: " + ", ".join(f"{status}: {times}" for status, times in sums))
    for status in sorted({status for _, _, status in never}):
        print(f"described and never given, {status}: {', '.join(f'{m} {p}' for m, p, s in never if s == status)}")
    return 0 if all(clean for clean, _ in results.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
