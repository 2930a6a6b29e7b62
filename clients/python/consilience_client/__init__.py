"""A small client of Consilience's services for Python.

    from consilience_client import Client

    with Client("127.0.0.1:7401", corroboration="127.0.0.1:7403") as consilience:
        for claim in consilience.claims(filter="state = DISPUTED"):
            print(claim.corroboration.score, claim.display_name)

Answers are the messages of the protos; every call that fails raises ConsilienceError.
"""

from consilience_client.client import Client
from consilience_client.errors import ConsilienceError

__all__ = ["Client", "ConsilienceError"]
