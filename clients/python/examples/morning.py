"""What is disputed this morning, and who says what: morning.py INGEST CORROBORATION [FILE…]

Takes the files in first, if any are named.
"""

import pathlib
import sys

from consilience_client import Client, ConsilienceError


def speakers(client, claim):
    origins = client.explain(claim.name).origins
    return "; ".join(origin.display_name for origin in origins) or "nobody any more"


def main(ingest, corroboration, *files):
    with Client(ingest, corroboration=corroboration) as client:
        for file in files:
            try:
                client.ingest(pathlib.Path(file).read_bytes(), label=file)
            except ConsilienceError as error:
                print(f"{file}: {error.message}", file=sys.stderr)
        client.wait_until_idle()
        for claim in client.claims(filter="state = DISPUTED"):
            print(f"{claim.corroboration.score:.2f}  {claim.display_name}")
            print(f"      on the word of {speakers(client, claim)}")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
