"""The Python client against live services: python_client_test.py INGEST CORROBORATION."""

import sys
import threading
import unittest

import grpc

from consilience_client import Client, ConsilienceError

ADDRESSES = []


class ClientTest(unittest.TestCase):
    def setUp(self):
        self.client = Client(ADDRESSES[0], corroboration=ADDRESSES[1])
        self.addCleanup(self.client.close)

    def test_lists_every_page_and_reads_one(self):
        claims = list(self.client.claims(filter="kind = CASUALTY", full=True))
        self.assertGreater(len(claims), 5)
        self.assertTrue(all(claim.assertions for claim in claims))
        self.assertEqual(self.client.claim(claims[0].name).name, claims[0].name)

    def test_explains_and_checks(self):
        checks = self.client.check("300,000 people have died in the war in Syria")
        self.assertEqual(len(checks), 1)
        explanation = self.client.explain(checks[0].matches[0].claim.name)
        self.assertGreater(len(explanation.origins), 0)

    def test_errors_carry_their_reason(self):
        with self.assertRaises(ConsilienceError) as caught:
            self.client.claim("claims/missing")
        self.assertEqual(caught.exception.code, "NOT_FOUND")
        self.assertEqual(caught.exception.reason, "RESOURCE_NOT_FOUND")
        with self.assertRaises(ConsilienceError) as caught:
            list(self.client.claims(filter="colour = 1"))
        self.assertEqual(caught.exception.code, "INVALID_ARGUMENT")
        self.assertTrue(caught.exception.violations or caught.exception.metadata)

    def test_nobody_there_is_unavailable(self):
        with Client("127.0.0.1:1", timeout=2) as client:
            with self.assertRaises(ConsilienceError) as caught:
                client.claim("claims/x")
        self.assertIn(caught.exception.code, ("UNAVAILABLE", "DEADLINE_EXCEEDED"))

    def test_a_token_never_leaves_in_the_clear(self):
        with self.assertRaises(ValueError):
            Client("far.example.org:7401", token="s3cret")

    def test_watch_sees_what_is_taken_in(self):
        changes = []
        seen = threading.Event()

        def watch():
            try:
                for change in self.client.watch():
                    changes.append(change)
                    seen.set()
                    return
            except (ConsilienceError, grpc.RpcError):
                return

        threading.Thread(target=watch, daemon=True).start()
        for number in range(50):
            self.client.ingest(
                f"At least {100 + number} people were killed in Raqqa on Friday, a monitor said.",
                publication_date="2016-11-26",
            )
            if seen.wait(0.3):
                break
        self.assertTrue(changes)
        self.assertTrue(changes[0].resume_token)


if __name__ == "__main__":
    ADDRESSES[:] = sys.argv[1:3]
    unittest.main(argv=sys.argv[:1])
