"""What every part of the store stands on."""

from chassis.database import Connection


class Connected:
    """Statements on one connection, inside the transaction that the chassis has opened."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
