from pathlib import Path

from contracts.consumers import SERVICES
from dramatis.credentials import Credentials


def test_a_folder_has_one_secret_that_its_owner_alone_reads(tmp_path: Path) -> None:
    first = Credentials.of_folder(tmp_path)
    assert Credentials.of_folder(tmp_path) == first
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert first.secret not in repr(first)


def test_every_credential_differs_within_and_between_folders() -> None:
    def every(credentials: Credentials) -> list[str]:
        roles = [credentials.postgres_roles(service) for service in SERVICES]
        return [
            credentials.postgres_superuser,
            credentials.s3_access_key,
            credentials.s3_secret_key,
            credentials.jwt_secret,
            str(credentials.workspace_id),
            *(password for role in roles for password in (role.owner, role.app)),
            *(user.password for user in credentials.nats_users().values()),
        ]

    values = every(Credentials.random()) + every(Credentials.random())
    assert len(set(values)) == len(values)


def test_the_operator_alone_may_do_everything() -> None:
    users = Credentials.random().nats_users()
    assert set(users) == {*SERVICES, "operator"}
    assert [name for name, user in users.items() if user.permissions is None] == ["operator"]
