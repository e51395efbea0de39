"""A small name server: a table of records, served over UDP."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

TTL = 60
Zone = Mapping[tuple[str, str], Sequence[str]]
"""(name, kind): the records as they stand in a zone file; a kind of `SERVFAIL` breaks the name."""


@contextmanager
def name_server(zone: Zone) -> Iterator[str]:
    """`127.0.0.1:PORT` while it answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as link:
        link.bind(("127.0.0.1", 0))
        stop = threading.Event()
        link.settimeout(0.1)
        thread = threading.Thread(target=_serve, args=(link, zone, stop))
        thread.start()
        try:
            yield f"127.0.0.1:{link.getsockname()[1]}"
        finally:
            stop.set()
            thread.join()


def _serve(link: socket.socket, zone: Zone, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            packet, who = link.recvfrom(4096)
        except TimeoutError:
            continue
        link.sendto(_answer(dns.message.from_wire(packet), zone).to_wire(), who)


def _answer(asked: dns.message.Message, zone: Zone) -> dns.message.Message:
    question = asked.question[0]
    name = question.name.to_text(omit_final_dot=True).lower()
    kind = dns.rdatatype.to_text(question.rdtype)
    answer = dns.message.make_response(asked)
    answer.flags |= dns.flags.RA
    if (name, "SERVFAIL") in zone:
        answer.set_rcode(dns.rcode.SERVFAIL)
    elif records := zone.get((name, kind)):
        answer.answer.append(dns.rrset.from_text(question.name, TTL, "IN", kind, *records))
    elif not any(there == name for there, _ in zone):
        answer.set_rcode(dns.rcode.NXDOMAIN)
    return answer
