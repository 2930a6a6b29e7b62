// What a container's program would run with: its real arguments, settings file and environment, read
// by the real program.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { podOf, serverOf } from "./manifests.mjs";
import { binary, run, withFolder } from "./tree.mjs";

// Lays the ConfigMaps and Secrets that a pod mounts under `folder`, at their paths.
function mount(objects, workload, folder) {
  for (const { name, mountPath } of serverOf(workload).volumeMounts) {
    const volume = podOf(workload).volumes?.find((candidate) => candidate.name === name);
    mkdirSync(path.join(folder, mountPath), { recursive: true });
    if (!volume?.configMap) continue;
    const map = objects.find(
      (object) => object.kind === "ConfigMap" && object.metadata.name === volume.configMap.name,
    );
    if (!map) throw new Error(`no ConfigMap ${volume.configMap.name}`);
    for (const [file, content] of Object.entries(map.data)) {
      writeFileSync(path.join(folder, mountPath, file), content);
    }
  }
}

// What a reference to a Secret stands for here; it must never be printed.
export const kSecret = "postgresql://consilience:never-to-be-shown@database:5432/consilience";

function environmentOf(workload) {
  const entries = (serverOf(workload).env ?? []).map(({ name, value }) => [name, value ?? kSecret]);
  return { PATH: process.env.PATH, ...Object.fromEntries(entries) };
}

// Calls `work({command, args, env})` with what the container would start, its files in place.
export function asStarted(objects, workload, work) {
  return withFolder((folder) => {
    mount(objects, workload, folder);
    const server = serverOf(workload);
    const args = server.args.map((arg) =>
      arg.startsWith("/etc/consilience/") ? path.join(folder, arg) : arg,
    );
    return work({ command: binary(server.command[0]), args, env: environmentOf(workload) });
  });
}

// The settings in force, by name; quotes are taken off.
export async function settingsOf(objects, workload) {
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
