// The three services with the seed articles in them, watched by a real Prometheus.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { binary, eventually, run, source, start } from "./tree.mjs";

// An address whose port was free a moment ago, for programs that cannot choose one themselves.
export function freeAddress() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(`127.0.0.1:${port}`));
    });
  });
}

async function service(name, folder, flags) {
  const [ports, metrics] = ["address", "metrics"].map((file) => path.join(folder, `${name}.${file}`));
  const process = start(binary(`consilience-${name}`), [
    "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--port-file", ports,
    "--metrics-port-file", metrics, "--drain-delay", "0s", ...flags,
  ]);
  const read = () => { try { return readFileSync(ports, "utf8").trim(); } catch { return ""; } };
  const address = await eventually(read, process.log);
  return { ...process, address, metrics: readFileSync(metrics, "utf8").trim() };
}

// Calls `work(ask)` once Prometheus has scraped every service at least `scrapes` times; `ask(query)`
// gives the result vector.
export async function withWatchedServices(folder, scrapes, work) {
  const started = [];
  const keep = (process) => { started.push(process); return process; };
  try {
    const extraction = keep(await service("extraction", folder, []));
    const corroboration = keep(await service("corroboration", folder,
      ["--data-dir", path.join(folder, "corroboration")]));
    const ingest = keep(await service("ingest", folder, [
      "--data-dir", path.join(folder, "ingest"),
      "--extraction-server", extraction.address, "--corroboration-server", corroboration.address]));
    const feed = () => run(binary("consil"), [
      "--ingest-server", ingest.address, "--extraction-server", extraction.address,
      "--corroboration-server", corroboration.address, "ingest", path.join(source, "seeds/articles"),
      "--manifest", path.join(source, "seeds/manifest.jsonl"), "--wait"]);
    const address = await freeAddress();
    mkdirSync(path.join(folder, "prometheus"));
    const targets = [ingest, extraction, corroboration].map(({ metrics }) => metrics);
    writeFileSync(path.join(folder, "prometheus.yml"), JSON.stringify({
      global: { scrape_interval: "250ms", scrape_timeout: "250ms", evaluation_interval: "250ms" },
      rule_files: [path.join(source, "deploy/monitoring/rules/*.yml")],
      scrape_configs: [{ job_name: "consilience", static_configs: [{ targets }] }],
    }));
    const prometheus = keep(start("prometheus", [
      `--config.file=${path.join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${path.join(folder, "prometheus")}`, `--web.listen-address=${address}`]));
    const get = async (question) => {
      const answer = await (await fetch(`http://${address}/api/v1/${question}`)).json();
      if (answer.status !== "success") throw new Error(answer.error);
      return answer.data;
    };
    const ask = async (query) => (await get(`query?query=${encodeURIComponent(query)}`)).result;
    const scraped = async () => {
      const up = await ask("min(count_over_time(up[1h]))").catch(() => []);
      return Number(up[0]?.value[1] ?? 0) >= scrapes;
    };
    // A counter's rate needs a sample from before the work.
    await eventually(scraped, prometheus.log);
    feed();
    const before = Number((await ask("min(count_over_time(up[1h]))"))[0].value[1]);
    await eventually(async () =>
      Number((await ask("min(count_over_time(up[1h]))"))[0].value[1]) >= before + scrapes, prometheus.log);
    return await work({ ask, get });
  } finally {
    for (const process of started.reverse()) await process.stop("SIGKILL");
  }
}
