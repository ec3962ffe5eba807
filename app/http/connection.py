"""A connection on which a request must begin and end in time: uvicorn's, and a clock for what the caller still owes.

uvicorn closes a connection that idles after an answer, but never one that sent nothing, half a head, or a body that
goes on for ever after its answer. Here each of them is closed after `OWED_SECONDS`. The clock is only set when a
packet ends in the middle of something, so a whole request costs none. Whom the `Door` turns away is answered here.
"""

import asyncio
import time
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from app.http.problems import Crowded


class TimedConnection(HttpToolsProtocol):
    """uvicorn's protocol, with that clock; it also tells the gate when a request arrived, and when its caller left."""

    OWED_SECONDS = 8.0

    arrived = 0.0
    ticket: asyncio.Future[None] | None = None
    _owes = True
    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn's own
        """The caller owes a head."""
        super().connection_made(transport)
        self._set_clock()

    def connection_lost(self, exc: Exception | None) -> None:
        """The caller has left, the queue too."""
        self._stop_clock()
        if self.ticket is not None and not self.ticket.done():
            self.ticket.set_exception(Crowded())
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came; if it ends within a head, the rest is owed."""
        super().data_received(data)
        if self._owes and self._clock is None:
            self._set_clock()

    def on_message_begin(self) -> None:
        """The first bytes of a head."""
        super().on_message_begin()
        self._owes = True

    def on_headers_complete(self) -> None:
        """The head is whole; how long a body may take is for the application to say, by its deadline."""
        self._owes = False
        if self._clock is not None:
            self._stop_clock()
        self.arrived = time.perf_counter()
        cast(dict[str, Any], self.scope)["berdaya.connection"] = self
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Nothing is owed any more."""
        if self._clock is not None:
            self._stop_clock()
        super().on_message_complete()
        # After an answer that did not wait for the body, the next head is owed: uvicorn's own clock has been stopped.
        self._owes = self.cycle.response_complete

    def on_response_complete(self) -> None:
        """The answer is sent; a body that it did not wait for is owed from now on."""
        # With another request in the pipeline this answer is not that of the present one.
        unfinished = not self.pipeline and self.cycle.more_body
        if self.pipeline:
            self.arrived = time.perf_counter()
        super().on_response_complete()
        if unfinished and self._clock is None:
            self._set_clock()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        door = self.app_state.get("door")
        # Whoever does not read what they are told is not told more at once than the dispatcher would.
        told = None if door is None or self.flow.write_paused else door.turns_away(cycle.scope)
        if told is None:
            super()._start_asgi_task(cycle, app)
        else:
            # In the next turn, as an application's answer: what is left of this packet belongs to the same request.
            self.loop.call_soon(self._turn_away, cycle, told)

    def _turn_away(self, cycle: RequestResponseCycle, told: tuple[bytes, bytes]) -> None:
        if cycle.disconnected:
            return
        own = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        if not cycle.keep_alive:
            own.append(b"connection: close\r\n")
        self.transport.write(b"".join((told[0], *own, told[1])))
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def _set_clock(self) -> None:
        if not self.transport.is_closing():
            self._clock = self.loop.call_later(self.OWED_SECONDS, self.transport.close)

    def _stop_clock(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None
