"""`berdaya simulate`: senders that misbehave on purpose."""

from typing import Annotated

import typer

from app.cli.running import reach_of
from app.settings import Settings

simulate = typer.Typer(help="Senders to test a running server with.", no_args_is_help=True)


@simulate.command("legality")
def simulate_legality(
    *,
    token: Annotated[str, typer.Option(help="Of an integrator, or of whoever may push legality events.")],
    url: Annotated[str, typer.Option(help="Where the server is.")] = "http://127.0.0.1:8000",
    senders: Annotated[int, typer.Option(min=1, max=64, help="How many send at once.")] = 8,
    events: Annotated[int, typer.Option(min=1, max=100_000, help="How many different events.")] = 400,
    seed: Annotated[int, typer.Option(min=0, help="The same seed tells the same events.")] = 1,
    region: Annotated[str, typer.Option(help="Only of cooperatives there, as 64.02.04.")] = "",
    webhook_secret: Annotated[str, typer.Option(help="whsec_…, of the same source as the token.")] = "",
) -> None:
    """Play a misbehaving integration against a running server that is there for it: it tells demo events.

    In the end the server must show exactly what was sent; exit status 1 when it does not.
    """
    from app.http.signature import key_of
    from app.simulate.legality import Simulation, run
    from app.simulate.wire import Unanswered

    key = key_of(webhook_secret) if webhook_secret else None
    zone = Settings().zone
    asked = Simulation(
        url=url,
        token=token,
        zone=zone,
        senders=senders,
        events=events,
        seed=seed,
        region=reach_of(region),
        key=key,
    )
    try:
        report = run(asked)
    except Unanswered as unanswered:
        raise ValueError(str(unanswered)) from unanswered
    typer.echo("\n".join(report.lines()))
    if report.wrong:
        raise typer.Exit(1)
