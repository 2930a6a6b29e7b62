// Whether a sentence holds: check.js INGEST CORROBORATION "sentence" [DAY]. Ends with 3 unless
// everything in it is corroborated.
import { Client } from 'consilience-client';

const [ingest, corroboration, statement, date = ''] = process.argv.slice(2);
if (!statement) {
  console.error('usage: check.js INGEST CORROBORATION "sentence" [DAY]');
  process.exit(2);
}

const client = new Client(ingest, { corroboration });
try {
  const checks = await client.check(statement, { date });
  for (const check of checks) {
    const verdict = check.verdict.replace('VERDICT_', '').replaceAll('_', ' ').toLowerCase();
    console.log(`${verdict}: “${check.assertion.quote}”`);
    console.log(`  ${check.summary}`);
  }
  const holds = checks.length > 0 &&
    checks.every((check) => check.verdict === 'VERDICT_CORROBORATED');
  process.exitCode = holds ? 0 : 3;
} finally {
  client.close();
}
