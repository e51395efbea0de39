"""Several relays, each with limits of its own: a message counts against those of the relay that takes it.

Which relay that is turns out late, when one of its connections is free. So a message that is let through has
a token of some relay laid aside for it (`lay`), and whoever takes it uses that, or one of its own (`use`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from campaign.dispatch.limits.account import Account, Laid
from campaign.dispatch.limits.buckets import Bucket


class Routes:
    """The relays of one lane. `draw` takes a token of an account, or says how many seconds to wait."""

    def __init__(
        self,
        relays: Mapping[str, Sequence[Bucket]],
        draw: Callable[[Account], float],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`relays`: buckets by the relay's name, none for one without limits."""
        self._draw = draw
        self._monotonic = monotonic
        self._by_name = {name: Account(buckets) for name, buckets in relays.items() if buckets}
        self._laid: dict[str, deque[Laid]] = {name: deque() for name in self._by_name}
        self.returns = 0
        """Tokens that came back: who was told to wait may ask anew."""
        self._some_free = len(self._by_name) < len(relays)

    @property
    def accounts(self) -> list[Account]:
        return list(self._by_name.values())

    def lay(self) -> float:
        """One message more is let through: seconds until a relay takes it, 0.0 for now."""
        if self._some_free:
            return 0.0
        wait = float("inf")
        for name, account in self._by_name.items():
            needed = self._draw(account)
            if not needed:
                self._laid[name].append(account.lay_aside())
                return 0.0
            wait = min(wait, needed)
        return wait

    def use(self, name: str) -> float:
        """This relay takes one: seconds until it may, 0.0 for now."""
        account = self._by_name.get(name)
        if account is None:
            return 0.0
        if self._take_laid(name):
            return 0.0
        wait = self._draw(account)
        if not wait:
            self._leave_another(name)
        return wait

    def _take_laid(self, name: str) -> bool:
        laid, now = self._laid[name], self._monotonic()
        while laid:
            if now < laid.popleft().good_until:
                return True
        return False

    def _leave_another(self, name: str) -> None:
        """The token that was laid aside for this message at another relay is free again."""
        for other, laid in self._laid.items():
            if other != name and laid:
                self.returns += self._by_name[other].put_back(laid.popleft(), self._monotonic())
                return

    def leave(self) -> None:
        """The end: what was laid aside goes back to the accounts."""
        now = self._monotonic()
        for name, laid in self._laid.items():
            for token in laid:
                self._by_name[name].put_back(token, now)
            laid.clear()
