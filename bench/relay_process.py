"""A relay as its own process, for the bench: `python -m bench.relay_process`, until SIGTERM."""

import asyncio
import signal

import uvloop

from chassis.bus import BatchPublisher, connect
from chassis.database import open_pool
from chassis.relay import Relay
from chassis.settings import ServiceSettings


async def main() -> None:
    """Relay until told to stop."""
    settings = ServiceSettings()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    pool = await open_pool(settings, "sandbox")
    client = await connect(settings, "sandbox")
    publisher = BatchPublisher(client)
    await publisher.start()
    relay = Relay(pool, "sandbox", publisher)
    relay.start()
    print("relaying", flush=True)
    await stop.wait()
    await relay.stop()
    await client.close()
    await pool.close()


if __name__ == "__main__":
    uvloop.run(main())
