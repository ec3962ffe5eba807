"""What an operator watches: requests by route and status, their time, and how many are in flight."""

from typing import Any

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest

_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Measures:
    """The metrics of one application; children are kept by route, so a request costs one observation."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._in_flight = Gauge("berdaya_requests_in_flight", "Requests being served", registry=self.registry)
        self._seconds = Histogram(
            "berdaya_request_seconds",
            "Time from the first byte to the last",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.feed_lag = Gauge(
            "berdaya_feed_lag_seconds",
            "Age of the oldest committed change that the feed holds back for an older transaction",
            registry=self.registry,
        )
        self.outbox_depth = Gauge(
            "berdaya_outbox_depth", "Notices that wait to be delivered to subscribers", registry=self.registry
        )
        self._by_route: dict[str, Any] = {}

    def enter(self) -> None:
        """A request has come in."""
        self._in_flight.inc()

    def leave(self, route: str | None, seconds: float) -> None:
        """A request has been answered; None stands for an unknown address."""
        self._in_flight.dec()
        name = route or "unknown"
        observer = self._by_route.get(name)
        if observer is None:
            observer = self._by_route[name] = self._seconds.labels(route=name)
        observer.observe(seconds)

    def text(self) -> bytes:
        """All metrics in Prometheus' text form."""
        return generate_latest(self.registry)
