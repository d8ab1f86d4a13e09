#!/usr/bin/env python3
"""Holds a lock of a Tyer server while a file is written. Nothing but Python's standard library.

    tyer_lock.py URL NAME FILE [SECONDS]

URL is such as https://localhost:7880; the environment may name an authority (TYER_TLS_CA) and an
access token (TYER_ACCESS_TOKEN). Waits for the lock NAME, writes its fencing token to FILE, holds
the lock for SECONDS (0 by default), and gives it back. Ends with 0, or with 1 if the lease was
lost.
"""

import json
import os
import secrets
import signal
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request


# A clock that goes on while the machine is suspended, where there is one: a lease ends meanwhile.
CLOCK = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))


def now():
    return time.monotonic() if CLOCK is None else time.clock_gettime(CLOCK)


class Lost(Exception):
    """The lock is not held any more, or may not be."""


class Refused(Exception):
    """The server has answered with a problem."""

    def __init__(self, problem):
        super().__init__(problem.get("detail", problem))
        self.type = problem.get("type", "").replace("urn:tyer:problem:", "")


class Redirects(urllib.request.HTTPRedirectHandler):
    """A member that does not lead names the one that does: the same request goes there."""

    def redirect_request(self, request, response, code, message, headers, url):
        if not url.startswith("https://"):
            raise urllib.error.URLError("sent to " + url + ", which is no https://")
        return urllib.request.Request(
            url, data=request.data, headers=request.headers, method=request.get_method()
        )


class Tyer:
    def __init__(self, url):
        self.url = url.rstrip("/")
        tls = ssl.create_default_context(cafile=os.environ.get("TYER_TLS_CA"))
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=tls), Redirects()
        )

    def call(self, path, body, timeout):
        headers = {"Content-Type": "application/json"}
        if os.environ.get("TYER_ACCESS_TOKEN"):
            headers["Authorization"] = "Bearer " + os.environ["TYER_ACCESS_TOKEN"]
        request = urllib.request.Request(
            self.url + path, data=json.dumps(body).encode(), headers=headers, method="POST"
        )
        try:
            with self.opener.open(request, timeout=timeout) as response:
                return json.load(response)
        except urllib.error.HTTPError as answer:
            raise Refused(json.load(answer)) from None


class Lease:
    """A lock that is held."""

    def __init__(self, tyer, lease, token, valid_until, ttl):
        self.tyer, self.lease, self.token = tyer, lease, token
        self.valid_until, self.ttl = valid_until, ttl

    @staticmethod
    def acquire(tyer, name, ttl_millis=15000):
        """Waits for as long as it takes. The lease is ours from the beginning, so that whatever is
        asked again, after an answer that was lost, finds the place in line that we have."""
        path = "/v1/locks/" + urllib.parse.quote(name, safe="") + "/acquire"
        lease = secrets.token_hex(16)
        while True:
            sent = now()
            body = {"lease": lease, "ttlMillis": ttl_millis, "waitMillis": 30000}
            try:
                answer = tyer.call(path, body, timeout=40)
            except Refused as problem:
                if problem.type in ("busy", "ended"):
                    lease = secrets.token_hex(16)  # its place is gone: a new one, in the end
                elif problem.type in ("unavailable", "unknown", "too-much"):
                    time.sleep(0.5 + secrets.randbelow(500) / 1000)
                else:
                    raise
                continue
            except OSError:
                time.sleep(0.5 + secrets.randbelow(500) / 1000)
                continue
            # Counted from when it was sent: whatever the network did, that is not too long.
            valid_until = sent + answer["validMillis"] / 1000
            if now() < valid_until:
                return Lease(tyer, lease, int(answer["token"]), valid_until, ttl_millis / 1000)

    def check(self):
        if now() >= self.valid_until:
            raise Lost("the lease is not valid any more")

    def renew(self):
        """To be called every third of the TTL."""
        sent = now()
        try:
            answer = self.tyer.call("/v1/leases/renew", {"lease": self.lease}, self.ttl / 3)
        except Refused as problem:
            if problem.type in ("unavailable", "unknown", "too-much"):
                return self.check()
            raise Lost(str(problem)) from None
        except OSError:
            return self.check()
        self.check()  # what was lost stays lost
        self.valid_until = sent + answer["validMillis"] / 1000

    def hold(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(max(0, min(self.ttl / 3, until - time.monotonic())))
            self.renew()

    def release(self):
        """Whether it was held until now, as far as is known."""
        try:
            self.tyer.call("/v1/leases/release", {"lease": self.lease}, timeout=10)
        except Refused as problem:
            return problem.type != "not-held"
        except OSError:
            pass  # it ends by itself, within its TTL
        return True


def main(url, name, file, seconds="0"):
    lease = Lease.acquire(Tyer(url), name)
    try:
        lease.renew()
        lease.check()
        with open(file, "w", encoding="ascii") as out:
            out.write(f"{lease.token}\n")
        lease.hold(float(seconds))
    except Lost as why:
        print(f"lost: {why}", file=sys.stderr)
        return 1
    finally:
        held = lease.release()
    if not held:
        print("lost: it was not held any more when it was given back", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__)
    # Whoever asks it to end, by either signal, gets the lock given back; also where a shell that
    # started it in the background has SIGINT ignored.
    for asked in (signal.SIGINT, signal.SIGTERM):
        signal.signal(asked, lambda number, _: sys.exit(128 + number))
    sys.exit(main(*sys.argv[1:]))
