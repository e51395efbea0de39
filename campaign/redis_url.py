"""REDIS_URL: one server, a Sentinel's master, or the node of a Cluster that holds our keys.

    redis://[user:password@]host[:port][/db]      rediss://… with TLS      unix://path
    redis+sentinel://[user:password@]host[:port],host[:port]/SERVICE[/db]
    redis+cluster://[user:password@]host[:port],host[:port]

RQ needs an ordinary client. In a Cluster all its keys bear one hash tag (`RQ_KEY_PREFIX={rq}`), so they
lie in one slot, and an ordinary client of that slot's primary serves it; it looks for the primary anew with
every connection and when it is told that the slot has moved. `rediss+…` speaks TLS.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from redis import Connection, ConnectionPool, Redis, SSLConnection
from redis.crc import key_slot
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import MovedError, RedisError
from redis.sentinel import Sentinel

from campaign.errors import SetupError

PORTS = {"sentinel": 26379, "cluster": 6379}
# a dead node must not hold up the search for a living one
SEARCH_SECONDS = 2.0


@dataclass(frozen=True)
class Place:
    """A parsed `redis+…` address."""

    kind: str
    """`sentinel` or `cluster`."""
    nodes: list[tuple[str, int]]
    service: str = ""
    db: int = 0
    tls: bool = False
    login: dict[str, str] = field(default_factory=dict, repr=False)
    sentinel_login: dict[str, str] = field(default_factory=dict, repr=False)


def read(url: str) -> Place | None:
    """What a `redis+…` URL says; None for an ordinary one; SetupError when it makes no sense."""
    parts = urlsplit(url)
    scheme, _, kind = parts.scheme.partition("+")
    if not kind:
        return None
    if scheme not in ("redis", "rediss") or kind not in PORTS:
        raise SetupError(f"REDIS_URL starts with {parts.scheme}://; see the settings in docs/operations.md.")
    login, _, hosts = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    path = [unquote(part) for part in parts.path.split("/") if part]
    if kind == "sentinel" and not path:
        raise SetupError("REDIS_URL names no service: redis+sentinel://host:26379/SERVICE.")
    number = path[1] if len(path) > 1 else "0"
    if kind == "cluster" and path not in ([], ["0"]):
        raise SetupError("A Redis Cluster has database 0 only.")
    if not number.isdigit():
        raise SetupError(f"The database in REDIS_URL is {number!r}; it is a number.")
    options = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return Place(
        kind=kind,
        nodes=[_node(host, PORTS[kind]) for host in hosts.split(",")],
        service=path[0] if kind == "sentinel" else "",
        db=int(number),
        tls=scheme == "rediss",
        login=_named(username=unquote(user), password=unquote(password)),
        sentinel_login=_named(
            username=options.get("sentinel_user", ""), password=options.get("sentinel_password", "")
        ),
    )


def client(url: str, slot_key: str, **options: Any) -> Redis:
    """A client for the URL; `slot_key` is any key of ours, by which a Cluster's node is found."""
    place = read(url)
    if place is None:
        return Redis.from_url(url, **options)
    if place.kind == "sentinel":
        sentinel = Sentinel(  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
            place.nodes,
            sentinel_kwargs={**place.sentinel_login, "ssl": place.tls, "socket_timeout": SEARCH_SECONDS},
            ssl=place.tls,
        )
        master: Redis = sentinel.master_for(  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
            place.service, db=place.db, **place.login, **options
        )
        return master
    options |= {**place.login, "place": place, "slot": key_slot(slot_key.encode())}
    kind = _SlotTlsConnection if place.tls else _SlotConnection
    return Redis(connection_pool=ConnectionPool(connection_class=kind, **options))


class _Slot(Connection):
    """Goes to the primary that holds the slot, wherever that is now."""

    def __init__(self, *, place: Place, slot: int, **options: Any) -> None:
        self._place = place
        self._slot = slot
        super().__init__(**options)  # type: ignore[no-untyped-call]  # redis-py leaves it untyped

    def connect(self) -> None:
        if self._sock is None:
            self.host, self.port = _primary(self._place, self._slot)
        super().connect()  # type: ignore[no-untyped-call]  # redis-py leaves it untyped

    def read_response(self, *arguments: Any, **options: Any) -> Any:
        try:
            return super().read_response(*arguments, **options)
        except MovedError as error:
            self.disconnect()  # type: ignore[no-untyped-call]  # the next try asks where the slot is now
            raise RedisConnectionError("the slot has moved to another node") from error


class _SlotConnection(_Slot):
    """In the clear."""


class _SlotTlsConnection(_Slot, SSLConnection):
    """With TLS."""


def _primary(place: Place, slot: int) -> tuple[str, int]:
    """Asks the nodes one after the other."""
    last: Exception | None = None
    for host, port in place.nodes:
        options: dict[str, Any] = {**place.login, "ssl": place.tls, "socket_timeout": SEARCH_SECONDS}
        asked = Redis(host=host, port=port, **options)
        try:
            ranges: list[Any] = asked.execute_command("CLUSTER SLOTS")  # type: ignore[no-untyped-call]  # redis-py leaves it untyped
            for first, final, (primary, number, *_), *_ in ranges:
                if first <= slot <= final:
                    # a node that does not know its own address says nothing: it is where we asked
                    return (primary.decode() if primary else host, int(number))
        except (RedisError, OSError) as error:
            last = error
        finally:
            asked.close()
    raise RedisConnectionError(f"no node of the cluster serves slot {slot}: {last}")


def _node(text: str, port: int) -> tuple[str, int]:
    """`host`, `host:port` or `[::1]:port`."""
    parts = urlsplit(f"//{text}")
    try:
        return parts.hostname or "127.0.0.1", parts.port or port
    except ValueError:
        raise SetupError(f"REDIS_URL: {text!r} is no host and port.") from None


def _named(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}
