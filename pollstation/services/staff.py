"""Who is here: signing in, and the second person's signature."""

from functools import cache
from typing import TYPE_CHECKING

from pollstation.domain.errors import Code, Refusal
from pollstation.domain.journal import Kind
from pollstation.domain.staff import Person, Session
from pollstation.services import second_copy
from pollstation.services.guards import own_stream
from pollstation.services.ports import Reading, UnitOfWork

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> "PasswordHasher":
    # Heavy to load, and not needed before the window stands.
    from argon2 import PasswordHasher

    return PasswordHasher()


def hash_passphrase(passphrase: str) -> str:
    """Argon2id with a salt of its own, in the encoded form that a package carries."""
    return _hasher().hash(passphrase)


def prove(unit: Reading, person_id: str, passphrase: str) -> Session:
    """The session of somebody who knows their passphrase.

    Raises:
        Refusal: UNKNOWN_PERSON, WRONG_PASSPHRASE.
    """
    try:
        person = unit.person(person_id)
    except KeyError:
        raise Refusal(Code.UNKNOWN_PERSON, person=person_id) from None
    from argon2.exceptions import VerificationError

    try:
        _hasher().verify(person.passphrase_hash, passphrase)
    except VerificationError:
        raise Refusal(Code.WRONG_PASSPHRASE, person=person_id) from None
    return Session(id=person.id, name=person.name, role=person.role)


def sign_in(unit: UnitOfWork, person_id: str, passphrase: str) -> Session:
    """Sign somebody in by role and passphrase; the journal shows who was here.

    The first to sign in to a file made again from its second copy confirms that.
    """
    session = prove(unit, person_id, passphrase)
    unit.append(
        Kind.SIGNED_IN,
        own_stream(unit),
        by=session,
        public={"role": session.role},
        private={"name": session.name},
    )
    second_copy.confirm(unit, session)
    return session


def sign_out(unit: UnitOfWork, by: Session) -> None:
    """Sign ``by`` out."""
    unit.append(Kind.SIGNED_OUT, own_stream(unit), by=by)


def people(unit: Reading) -> list[Person]:
    """Everybody appointed to the station, in the package's order."""
    return list(unit.people())
