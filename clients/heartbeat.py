#!/usr/bin/env python3
"""Sends heartbeats to the monitor, alone or around a command. Needs Python 3.8 and nothing else.

heartbeat.sh and heartbeat.mjs have the same options, variables, sentences and exit codes.
"""
import http.client
import json
import os
import random
import re
import select
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

VERSION = "0.1.0"
LONGEST_WAIT = 60  # seconds between two attempts
PATIENCE = 2  # seconds of silence after which a command that has ended is not listened to any more
LONGEST_ANSWER = 4 << 20  # bytes

HELP = """\
Usage: heartbeat.py [options]
       heartbeat.py [options] -- command [argument ...]

Sends a heartbeat to the monitor. With a command: runs it, passes its output and exit
code through, and reports up when that code is 0, else down.

  --url URL              address of the monitor                  HEARTBEAT_URL
  --service ID           repeat it, or separate with commas      HEARTBEAT_SERVICE
  --key-file FILE        the key is the first line of this file  HEARTBEAT_KEY_FILE
                         or comes from the environment           HEARTBEAT_KEY
  --status STATUS        up (default), degraded or down
  --message TEXT         with a command: instead of its output
  --metadata NAME=VALUE  may be repeated; hostname is sent anyway
  --every SECONDS        again and again until stopped           HEARTBEAT_EVERY
  --timeout SECONDS      for each attempt (20)                   HEARTBEAT_TIMEOUT
  --retries N            further attempts (3)                    HEARTBEAT_RETRIES
  --retry-delay SECONDS  before the first of them; it doubles,   HEARTBEAT_RETRY_DELAY
                         and chance shortens it (4)
  --ca-file FILE         certificates to trust, as PEM           HEARTBEAT_CA_FILE
  --quiet                say only what went wrong in the end
  --version, --help

Exit codes: 0 accepted, 1 refused, 2 wrong usage, 3 not reached; with a command its own.
"""


class Fault(Exception):
    """Something the user has to put right, as a sentence."""


class Stop(Exception):
    """A signal asked for the end; `code` is the exit code for it."""

    def __init__(self, number):
        super().__init__()
        self.code = 128 + number


def say(sentence):
    print(f"heartbeat: {sentence}", file=sys.stderr, flush=True)


# --- Options and settings --------------------------------------------------------------------------------------

# Those with a variable, and what they are without both.
VARIABLES = {
    "url": "",
    "service": "",
    "key-file": "",
    "every": "",
    "timeout": "20",
    "retries": "3",
    "retry-delay": "4",
    "ca-file": "",
}
OPTIONS = [*VARIABLES, "status", "message", "metadata"]


def parse(arguments):
    """The options given, as lists of values, and the command or None."""
    given = {}
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        if argument == "--":
            if not rest:
                raise Fault('There is no command after "--".')
            return given, rest
        if not argument.startswith("--") and argument != "-h":
            raise Fault(f'Unexpected argument "{argument}". A command comes after "--".')
        name, equals, value = argument[2:].partition("=")
        if argument in ("--help", "-h"):
            print(HELP, end="")
            sys.exit(0)
        if argument == "--version":
            print(f"heartbeat.py {VERSION}")
            sys.exit(0)
        if argument == "--quiet":
            given["quiet"] = ["yes"]
            continue
        if name == "key":
            raise Fault(
                "A key on the command line can be read by everybody on this machine."
                " Use HEARTBEAT_KEY or --key-file."
            )
        if name not in OPTIONS:
            raise Fault(f"Unknown option --{name}.")
        if not equals:
            if not rest:
                raise Fault(f"--{name} needs a value.")
            value = rest.pop(0)
        given.setdefault(name, []).append(value)
    return given, None


def text_of(argument):
    """What is no UTF-8 becomes U+FFFD, whatever the locale."""
    return os.fsencode(argument).decode("utf-8", "replace")


def printable(text):
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text)


def one_line(text):
    return re.sub(r"[\x00-\x1f\x7f]", "", text)


def first_line(file):
    """Without the white space around it; empty when it cannot be read."""
    try:
        with open(file, encoding="utf-8-sig", errors="replace") as lines:
            return lines.readline().strip()
    except OSError:
        return ""


def check_quotes(name, value):
    """Some of those that set variables keep what a shell would take away."""
    if len(value) > 1 and value[0] in "\"'" and value[0] == value[-1]:
        raise Fault(
            f"{name} has quotes around it, which count: docker run --env-file keeps them. Write it without."
        )


class Settings:
    """What the options and the environment ask for."""

    def __init__(self, given):
        self.given = given
        self.key_once = ""
        self.quiet = "quiet" in given
        self.message = printable(text_of(given["message"][-1]))[:500] if "message" in given else None
        self.status = given.get("status", ["up"])[-1]
        self.metadata = {"hostname": socket.gethostname()}
        for pair in given.get("metadata", []):
            name, equals, value = pair.partition("=")
            if not name or not equals:
                raise Fault("--metadata needs NAME=VALUE.")
            self.metadata[printable(text_of(name))] = printable(text_of(value))
        self.every = self.option("every")

    def option(self, name):
        if name in self.given:
            return self.given[name][-1]
        variable = "HEARTBEAT_" + name.upper().replace("-", "_")
        return os.environ.get(variable) or VARIABLES[name]

    def check(self):
        self.timeout = self.number("timeout", 1)
        self.retries = self.number("retries", 0)
        self.retry_delay = self.number("retry-delay", 0)
        self.every = self.number("every", 1) if self.every else None
        if self.status not in ("up", "degraded", "down"):
            raise Fault("--status must be up, degraded or down.")
        url = self.option("url")
        check_quotes("HEARTBEAT_URL", url)
        if re.search(r"[\r\n]", url):
            raise Fault("The address of the monitor has a line break in it.")
        address, id_in_url = parts_of(url)
        self.endpoint = endpoint(address)
        named = ",".join(self.given.get("service", [self.option("service")]))
        check_quotes("HEARTBEAT_SERVICE", named)
        self.services = services(named or id_in_url)
        self.key()
        self.tls = self.trust(self.option("ca-file"))

    def number(self, name, least):
        value = self.option(name)
        if not re.fullmatch(r"0|[1-9][0-9]{0,4}", value) or int(value) < least:
            raise Fault(f"--{name} must be a whole number from {least} to 99999.")
        return int(value)

    def key(self):
        """Read again for each heartbeat, so that a key may be changed under a loop."""
        key = "" if "key-file" in self.given else os.environ.get("HEARTBEAT_KEY", "")
        file = self.option("key-file")
        if not key and file:
            key = self.key_once or first_line(file)
            if not key:
                raise Fault(f"The key file {file} cannot be read, or its first line is empty.")
            if not os.path.isfile(file):
                self.key_once = key  # a pipe gives it only once
        key = key.strip(" \t\r\n")
        check_quotes("HEARTBEAT_KEY", key)
        if re.search(r"[^ -~]", key):
            raise Fault("The key has characters that no HTTP header can carry. Take one of letters and digits.")
        return key

    def known_key(self):
        try:
            return self.key()
        except Fault:
            return ""  # which is said when it is needed

    @staticmethod
    def trust(ca_file):
        try:
            return ssl.create_default_context(cafile=ca_file or None)
        except OSError:
            raise Fault(f"The file of certificates {ca_file} cannot be read.") from None


URL = re.compile(
    r"(https?)://(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:[0-9]+)?(/[A-Za-z0-9._~:/%-]*)?", re.IGNORECASE
)


def parts_of(url):
    """The address of the monitor, and the id when it is that of a service's heartbeats."""
    address, _, last = url.rstrip("/").rpartition("/")
    if address.endswith("/api/heartbeat"):
        return address, last
    return url, ""


def endpoint(url):
    if not url:
        raise Fault(
            "No monitor is given. Set HEARTBEAT_URL or --url to its address,"
            " such as https://heartbeat-monitor.example.workers.dev"
        )
    address = url.rstrip("/")
    if address.endswith("/api/heartbeat"):
        address = address[: -len("/api/heartbeat")]
    parts = URL.fullmatch(address)
    if not parts:
        raise Fault(
            "The address of the monitor must look like https://host or https://host/path,"
            ' without user name, "?" and "#".'
        )
    if parts[1].lower() == "http" and parts[2] not in ("localhost", "127.0.0.1", "[::1]"):
        raise Fault(
            "A key must not travel in the open: the address of the monitor must begin with https://"
            " (http:// is only for localhost, 127.0.0.1 and [::1])."
        )
    return address + "/api/heartbeat"


def services(text):
    if re.search(r"[^A-Za-z0-9._:, -]", text):
        raise Fault("The id of a service has letters, digits and . _ : - only. Separate several with commas.")
    ids = [service for service in re.split("[, ]", text) if service]
    if not ids:
        raise Fault("No service is given. Set HEARTBEAT_SERVICE or --service to its id.")
    return ids


# --- One attempt -----------------------------------------------------------------------------------------------


class Answer:
    def __init__(self, status=0, headers=None, body=b"", error=""):
        self.status = status
        self.headers = headers or {}
        self.error = error
        try:
            parsed = json.loads(body.decode("utf-8", "replace"))
        except ValueError:
            parsed = None
        self.json = parsed if isinstance(parsed, dict) else {}

    def field(self, name):
        value = self.json.get(name)
        return one_line(value) if isinstance(value, str) else ""

    @property
    def words(self):
        return self.field("message" if "results" in self.json else "error")

    @property
    def retry_after(self):
        value = self.headers.get("Retry-After") or ""
        return int(value) if re.fullmatch(r"0|[1-9][0-9]{0,5}", value) else 0


class NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):  # pylint: disable=unused-argument
        return None


def proxies(address):
    """None for an address on this machine; only what is encrypted may go through a proxy."""
    known = urllib.request.getproxies()
    proxy = known.get("https") or known.get("all")
    return {"https": proxy} if proxy and address.lower().startswith("https:") else {}


def post(settings, body):
    headers = {"Content-Type": "application/json", "User-Agent": f"heartbeat.py/{VERSION}"}
    key = settings.key()
    if key:
        headers["Authorization"] = f"Bearer {key}"
    request = urllib.request.Request(settings.endpoint, body, headers)
    opener = urllib.request.build_opener(
        NoRedirects,
        urllib.request.ProxyHandler(proxies(settings.endpoint)),
        urllib.request.HTTPSHandler(context=settings.tls),
    )
    try:
        with opener.open(request, timeout=settings.timeout) as reply:
            body = reply.read(LONGEST_ANSWER)
            if reply.length:
                raise http.client.IncompleteRead(body, reply.length)
            return Answer(reply.status, reply.headers, body)
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read(LONGEST_ANSWER))


def attempt(settings, body):
    """In a thread: the time-outs of sockets are for each step, and none covers the look-up of a name."""
    answers = []

    def transfer():
        try:
            answers.append(post(settings, body))
        except Exception as error:  # pylint: disable=broad-except # whatever it is, it goes to the user
            reason = getattr(error, "reason", None) or error
            if isinstance(reason, (socket.timeout, TimeoutError)):
                return  # which is said below
            answers.append(Answer(error=one_line(str(reason)).rstrip(".") or type(error).__name__))

    thread = threading.Thread(target=transfer, daemon=True)
    thread.start()
    thread.join(settings.timeout)
    return answers[0] if answers else Answer(error=f"no answer in {settings.timeout} s")


STRANGER = "the answer was 200, but not one of the monitor; a captive portal or a proxy may have given it"


def judge(answer, ids):
    """(accepted, refused or failed; why)."""
    words = f": {answer.words}" if answer.words else ""
    status = answer.status
    if status == 0:
        return "failed", answer.error
    if status == 200 and answer.json.get("success") is True:
        return "accepted", ""
    if status == 200:
        return "failed", STRANGER
    if 300 <= status < 400:
        location = one_line(answer.headers.get("Location") or "")
        return "failed", f"the answer was a redirect ({status}) to {location}, which is not followed"
    if status in (408, 429) or status >= 500:
        return "failed", f"the answer was {status}{words}"
    if status == 207 or status >= 400:
        return "refused", f"refused ({status}){words}{advice(answer.words, ids)}"
    return "failed", f"the answer was {status}"


def advice(words, ids):
    if not words:
        return ", not in the monitor's words. Is that the address of the monitor?"
    if words == "Unknown serviceId":
        return f'. Look for "{" ".join(ids)}" in config/services.json of the deployed monitor; case matters.'
    if words == "Invalid API key" or words.startswith("No key was sent"):
        return (
            ". HEARTBEAT_KEY or the key file must hold the key of the service,"
            ' else of its group, else of "*".'
        )
    if words.startswith("No API key configured") or words.endswith("API_KEYS not set"):
        return ". Where the monitor is deployed from: npm run keys -- --put"
    return ""


def refused_entries(answer):
    results = answer.json.get("results")
    for entry in results if isinstance(results, list) else []:
        if isinstance(entry, dict) and entry.get("success") is False:
            yield one_line(f"  {entry.get('serviceId')}: {entry.get('error')}")


# --- Sending ---------------------------------------------------------------------------------------------------


def request_body(settings, status, message, duration_ms):
    common = {"status": status}
    if duration_ms is not None:
        common["durationMs"] = duration_ms
    entries = [{"serviceId": service, **common} for service in settings.services]
    body = entries[0] if len(entries) == 1 else {"services": entries}
    if message:
        body["message"] = message
    body["metadata"] = settings.metadata
    return json.dumps(body, ensure_ascii=False).encode("utf-8")


def jittered(seconds):
    """Between half of the time and all of it: machines that failed together do not come back together."""
    return seconds - random.randint(0, seconds // 2)


def send(settings, status, message, duration_ms=None, wrapping=False):
    """0 accepted, 1 refused, 2 wrong key file, 3 not reached."""
    try:
        settings.key()
    except Fault as fault:
        say(fault)
        return 2
    body = request_body(settings, status, message, duration_ms)
    attempts, delay = 0, settings.retry_delay
    while True:
        attempts += 1
        answer = attempt(settings, body)
        verdict, reason = judge(answer, settings.services)
        if verdict == "accepted":
            told_accepted(settings, answer, wrapping)
            return 0
        if verdict == "refused":
            say(reason)
            for line in refused_entries(answer):
                print(line, file=sys.stderr)
            return 1
        delay = min(delay, LONGEST_WAIT)
        seconds = max(jittered(delay), answer.retry_after)
        delay *= 2
        if attempts > settings.retries or seconds > LONGEST_WAIT:
            break
        if not settings.quiet:
            say(f"not reached: {reason}; trying again in {seconds} s")
        time.sleep(seconds)
    tried = "1 attempt" if attempts == 1 else f"{attempts} attempts"
    say(f"not reached after {tried}: {reason}. Check the address, the network and the proxy.")
    return 3


def told_accepted(settings, answer, wrapping):
    warning = answer.field("warning")
    if warning and not settings.quiet:
        say(f"accepted, but: {warning}")
    if not settings.quiet and not wrapping:
        print(f"heartbeat: accepted ({', '.join(settings.services)})", flush=True)


# --- A command -------------------------------------------------------------------------------------------------


def cannot_run(command, error):
    say(f"{command[0]}: {error.strerror}")
    return 127 if isinstance(error, FileNotFoundError) else 126


def exit_code(code):
    return code if code >= 0 else 128 - code


def write_all(target, data):
    while data:
        data = data[os.write(target, data) :]


def has_data(pipe, seconds):
    """Waits for data so long, or for ever. Windows cannot tell."""
    return os.name == "posix" and bool(select.select([pipe], [], [], seconds)[0])


class Output(threading.Thread):
    """Passes one stream of the command on, and remembers the end of what came."""

    def __init__(self, source, target, tail):
        super().__init__(daemon=True)
        self.source, self.target, self.tail = source, target, tail
        self.is_passing = False
        self.start()

    def run(self):
        while True:
            has_data(self.source, None)
            self.is_passing = os.name == "posix"
            chunk = os.read(self.source.fileno(), 65536)
            if not chunk:
                return
            self.is_passing = True
            self.tail.extend(chunk)
            del self.tail[:-4096]
            try:
                write_all(self.target, chunk)
            except OSError:
                self.source.close()  # nobody reads any more: the command is to notice
                return
            self.is_passing = False

    def finish(self, until):
        """A process that the command left behind may hold its output open: that of the command itself is there already."""
        while self.is_alive():
            self.join(0.1)
            if time.monotonic() > until and not self.is_passing and not has_data(self.source, 0):
                return


class Command:
    """The command, and the signals that it gets too."""

    def __init__(self):
        self.process = None
        self.unheard = False  # it was started, and its end is not reported yet
        self.stopping = 0  # the signal that asked for the end

    def on_signal(self, number, _frame):
        """However many there are, how a command ended is reported: a signal to the whole group reaches both."""
        self.stopping = number
        if not self.unheard:
            raise Stop(number)
        if self.process is None:
            return
        if number == signal.SIGINT and sys.stdin is not None and sys.stdin.isatty():
            return  # the terminal has sent it to the command as well
        self.process.send_signal(number)

    def run(self, command):
        """(exit code, duration in ms, last lines of output)."""
        started = time.monotonic()
        self.unheard = True
        try:
            self.process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=without_key()
            )
        except OSError as error:
            return cannot_run(command, error), 0, error.strerror
        if self.stopping:
            self.process.send_signal(self.stopping)
        tail = bytearray()
        outputs = [
            Output(self.process.stdout, 1, tail),
            Output(self.process.stderr, 2, tail),
        ]
        code = self.process.wait()
        self.process = None
        duration_ms = round((time.monotonic() - started) * 1000)
        until = time.monotonic() + PATIENCE
        for output in outputs:
            output.finish(until)
        return exit_code(code), duration_ms, last_lines(bytes(tail))


def without_key():
    """The environment of a command, which has no business with the key."""
    return {name: value for name, value in os.environ.items() if name != "HEARTBEAT_KEY"}


def hidden(key, output):
    """The key does not travel in a message, whatever the command prints."""
    return output.replace(key, "***") if len(key) >= 4 else output


def last_lines(tail):
    """The last ten, without colours; progress bars return the carriage."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", tail.decode("utf-8", "replace"))
    lines = [line for line in re.split("[\r\n]", text) if line.strip(" \t\v\f")]
    return printable("\n".join(lines[-10:]))


def report(settings, code, duration_ms, output):
    output = hidden(settings.known_key(), output)[-450:]
    message = output if code == 0 else f"exit code {code}\n{output}".rstrip("\n")
    if settings.message is not None:
        message = settings.message
    send(settings, "up" if code == 0 else "down", message, duration_ms, wrapping=True)


# --- The whole -------------------------------------------------------------------------------------------------


def round_of(settings, command, words):
    if words is None:
        return send(settings, settings.status, settings.message)
    code, duration_ms, output = command.run(words)
    if command.stopping and settings.every:
        raise Stop(0)  # it did not fail, it was stopped
    report(settings, code, duration_ms, output)
    command.unheard = False
    if command.stopping and settings.every:
        raise Stop(0)
    return code


def watch(settings, words):
    command = Command()
    for name in ("SIGHUP", "SIGINT", "SIGTERM"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), command.on_signal)
    try:
        while True:
            began = time.monotonic()
            result = round_of(settings, command, words)
            if not settings.every:
                return result
            time.sleep(max(0, settings.every - (time.monotonic() - began)))
    except Stop as stop:
        return 0 if settings.every else stop.code


def open_streams():
    """In place of a stream that is closed the next file that is opened would be taken for it."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def main(arguments):
    open_streams()
    try:
        given, words = parse(arguments)
        if words and "status" in given:
            raise Fault("--status is for heartbeats without a command; with one, its exit code decides.")
        settings = Settings(given)
    except Fault as fault:
        say(fault)
        say("heartbeat.py --help lists the options.")
        return 2
    try:
        settings.check()
    except Fault as fault:
        say(fault)
        if words is None or settings.every:
            say("heartbeat.py --help lists the options.")
            return 2
        say("The command runs without a heartbeat.")  # which must not keep it from running
        return without_heartbeat(words)
    return watch(settings, words)


def without_heartbeat(words):
    try:
        if os.name == "posix":
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it
            os.execvp(words[0], words)
        return exit_code(subprocess.call(words))
    except OSError as error:
        return cannot_run(words, error)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
