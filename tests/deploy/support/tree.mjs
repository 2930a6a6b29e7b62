// Where things are, and running programs.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const source = path.resolve(import.meta.dirname, "../../..");
export const build = path.resolve(process.env.CONSILIENCE_BINARY_DIR ?? path.join(source, "build"));
export const tools = path.join(build, "deploy");
export const requireTool = createRequire(path.join(tools, "package.json"));

export const binary = (name) => path.join(build, "bin", name);

// Runs a program to its end; throws with what it said when it fails.
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26, ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) {
    throw new Error(`${command} ${args.join(" ")} failed:\n${result.stderr}${result.stdout}`);
  }
  return result.stdout;
}

// A program that goes on until `stop` is awaited. `log()` is what it has said.
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  child.stderr.on("data", (data) => (said += data));
  const ended = new Promise((resolve) => child.on("exit", resolve));
  return {
    log: () => said,
    ended,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return ended;
    },
  };
}

// Calls `work` with a folder that is gone afterwards.
export async function withFolder(work) {
  const folder = mkdtempSync(path.join(tmpdir(), "consilience-deploy-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// Asks until `probe` gives something, for at most `seconds`; throws with `why()` otherwise.
export async function eventually(probe, why, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await probe();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not in ${seconds} s: ${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
