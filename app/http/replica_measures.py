"""What an operator watches of a replica: whether reads go to it, how far it lags, and who answered instead."""

from prometheus_client import CollectorRegistry, Counter, Gauge

from app.database.standby import Standby


def measure(standby: Standby, registry: CollectorRegistry) -> None:
    """Let the watch over a replica fill the metrics of an application."""
    reads = Counter(
        "berdaya_replica_reads",
        "Reads the replica may answer: `replica` did; `newest`: the caller had just written; `behind`, `lagging`, "
        "`lost`: the primary answered, as the replica was not so far, too far behind or gone; `failed`: on the way",
        ("outcome",),
        registry=registry,
    )
    up = Gauge(
        "berdaya_replica_up",
        "1 while reads go to the replica",
        registry=registry,
        multiprocess_mode="livemin",
    )
    lag = Gauge(
        "berdaya_replica_lag_seconds",
        "Age of what the replica shows, as of the primary's last answer",
        registry=registry,
        multiprocess_mode="livemax",
    )

    def beaten(state: str, seconds: float) -> None:
        up.set(state == "serving")
        lag.set(seconds)

    standby.counted = lambda outcome: reads.labels(outcome).inc()
    standby.beaten = beaten
