"""The read model of one process, put together."""

from dataclasses import dataclass
from typing import Self

import redis.asyncio as aredis

from projections.connection import connect
from projections.generations import Generations
from projections.trust import Trust
from projections.views import Views
from projections.watermark import Watermark


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadModel:
    """
    The views of the log *log_id* at *url*, and what is known of them.

    Requests use *views*; the rest is the runner's.
    """

    url: str
    client: aredis.Redis
    trust: Trust
    watermark: Watermark
    views: Views
    generations: Generations

    @classmethod
    def at(cls, url: str, log_id: str) -> Self:
        """Return the read model at *url*. Nothing is believed until a runner has verified it."""
        trust, watermark = Trust(log_id), Watermark()
        client = connect(url, trust)
        return cls(
            url=url,
            client=client,
            trust=trust,
            watermark=watermark,
            views=Views(client, trust, watermark),
            generations=Generations(client),
        )

    async def close(self) -> None:
        """Let go of every connection."""
        self.trust.doubt()
        await self.client.aclose()
        await self.client.connection_pool.disconnect()
