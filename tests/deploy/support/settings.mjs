// What a container's program would run with: its real arguments, settings file and environment, read
// by the real program.
import { chmodSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { podOf, serverOf } from "./manifests.mjs";
import { binary, run, withFolder } from "./tree.mjs";

// What stands in for the Secrets that an operator makes, file by file.
const kSecrets = {
  "consilience-tls": (folder) => {
    const [key, certificate] = ["tls.key", "tls.crt"].map((file) => path.join(folder, file));
    run("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
      "-nodes", "-days", "1", "-subj", "/CN=consilience-ingest", "-keyout", key, "-out", certificate]);
    copyFileSync(certificate, path.join(folder, "ca.crt"));
  },
  "consilience-callers": (folder) => writeFileSync(path.join(folder, "callers.tsv"),
    "# callers 1: test\ningest\treviewer\tcertificate\tconsilience-ingest\n"),
  "consilience-database": (folder) => writeFileSync(path.join(folder, "uri"), `${kSecret}\n`),
};

// What the Secret of the database holds here; it must never be printed.
export const kSecret = "postgresql://consilience:never-to-be-shown@database:5432/consilience";

// Lays the ConfigMaps and Secrets that a pod mounts under `folder`, at their paths.
function mount(objects, workload, folder) {
  for (const { name, mountPath } of serverOf(workload).volumeMounts) {
    const volume = podOf(workload).volumes?.find((candidate) => candidate.name === name);
    const place = path.join(folder, mountPath);
    mkdirSync(place, { recursive: true });
    if (volume?.secret) {
      kSecrets[volume.secret.secretName](place);
      for (const file of readdirSync(place)) {
        chmodSync(path.join(place, file), volume.secret.defaultMode ?? 0o644);
      }
    }
    if (!volume?.configMap) continue;
    const map = objects.find(
      (object) => object.kind === "ConfigMap" && object.metadata.name === volume.configMap.name,
    );
    if (!map) throw new Error(`no ConfigMap ${volume.configMap.name}`);
    for (const [file, content] of Object.entries(map.data)) {
      writeFileSync(path.join(place, file), content);
    }
  }
}

// Calls `work({command, args, env})` with what the container would start, its files in place.
export function asStarted(objects, workload, work) {
  return withFolder((folder) => {
    mount(objects, workload, folder);
    const server = serverOf(workload);
    const here = (text) => text.replace(/^(file:)?(\/etc\/consilience)/, `$1${folder}$2`);
    const variables = (server.env ?? []).map(({ name, value }) => [name, here(value)]);
    return work({
      command: binary(server.command[0]),
      args: server.args.map(here),
      env: { PATH: process.env.PATH, ...Object.fromEntries(variables) },
    });
  });
}

// The settings in force, by name; quotes are taken off. Each program is asked once.
const asked = new Map();
export function settingsOf(objects, workload) {
  if (!asked.has(workload)) asked.set(workload, askForSettings(objects, workload));
  return asked.get(workload);
}

async function askForSettings(objects, workload) {
  const printed = await asStarted(objects, workload, ({ command, args, env }) =>
    run(command, [...args, "--print-config"], { env }),
  );
  const settings = {};
  for (const line of printed.trim().split("\n")) {
    const [, key, value] = /^([a-z-]+) = (.*?)(?:  # .*)?$/.exec(line);
    settings[key] = value.replace(/^"(.*)"$/, "$1");
  }
  return settings;
}

export const portOf = (address) => Number(address.slice(address.lastIndexOf(":") + 1));

// "1m30s" in seconds.
export function seconds(duration) {
  const units = { h: 3600, m: 60, s: 1, ms: 0.001 };
  return [...duration.matchAll(/([\d.]+)(ms|h|m|s)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * units[unit],
    0,
  );
}
