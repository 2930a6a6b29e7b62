// Rules, alerts and the dashboard: by promtool, and against what a real Prometheus scrapes from the
// real services.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { parseYaml } from "./support/manifests.mjs";
import { eventually, run, source, withFolder } from "./support/tree.mjs";
import { withWatchedServices } from "./support/world.mjs";

const read = (file) => readFileSync(path.join(source, file), "utf8");
const rules = parseYaml(read("deploy/monitoring/rules/consilience.yml"));
const dashboard = JSON.parse(read("deploy/monitoring/grafana/consilience.json"));
const alerts = rules.groups.flatMap((group) => group.rules).filter((rule) => rule.alert);
const operations = read("docs/operations.md");

test("promtool accepts the rules and the configuration", () => {
  run("promtool", ["check", "rules", path.join(source, "deploy/monitoring/rules/consilience.yml")]);
  run("promtool", ["check", "config", path.join(source, "deploy/monitoring/prometheus.yml")]);
});

test("each alert fires when it should and is silent when it should be", () => {
  run("promtool", ["test", "rules", path.join(import.meta.dirname, "alerts_test.yml")]);
  const tested = read("tests/deploy/alerts_test.yml");
  for (const { alert } of alerts) assert.match(tested, new RegExp(`alertname: ${alert}\\b`), alert);
});

test("each alert has its place in the runbook", () => {
  for (const { alert, annotations } of alerts) {
    const [file, anchor] = annotations.runbook.split("#");
    assert.equal(file, "docs/operations.md");
    assert.equal(anchor, alert.toLowerCase());
    assert.match(operations, new RegExp(`^#+ ${alert}$`, "m"), alert);
  }
});

test("the operator's rules are the rules", () => {
  const operator = parseYaml(read("deploy/monitoring/prometheus-rule.yaml"));
  assert.deepEqual(operator.spec.groups, rules.groups);
});

test("the dashboard's panels have ids of their own and do not overlap", () => {
  const ids = dashboard.panels.map((panel) => panel.id);
  assert.equal(new Set(ids).size, ids.length);
  const cells = new Set();
  for (const { title, gridPos: { x, y, w, h } } of dashboard.panels) {
    assert.ok(x + w <= 24, title);
    for (let row = y; row < y + h; ++row) {
      for (let column = x; column < x + w; ++column) {
        assert.ok(!cells.has(`${row},${column}`), title);
        cells.add(`${row},${column}`);
      }
    }
  }
});

// Every metric that a query names. Recorded ones have colons.
const metricsIn = (query) =>
  query.match(/\b(?:grpc_server|grpc_client|consilience)[a-z0-9_:]*(?=[\s{[)-]|$)/g) ?? [];

test("every query has an answer in what is scraped, and every metric of ours is documented", () =>
  withFolder((folder) => withWatchedServices(folder, 3, async ({ ask, get }) => {
    const known = new Set((await get("label/__name__/values"))
      .flatMap((name) => [name, name.replace(/_(bucket|sum|count)$/, "")]));
    const fill = (query) =>
      query.replaceAll("$job", "consilience").replaceAll("$__rate_interval", "1h");
    for (const { title, targets } of dashboard.panels) {
      for (const { expr } of targets) {
        // A scrape that a busy machine missed leaves a gap of a moment.
        await eventually(async () => (await ask(fill(expr))).length > 0, () => `${title}: ${expr}`);
      }
    }
    // Exported by servers with TLS only.
    const sometimes = new Set(["consilience_tls_certificate_not_after_seconds"]);
    for (const rule of rules.groups.flatMap((group) => group.rules)) {
      await ask(rule.expr);
      for (const metric of metricsIn(rule.expr)) {
        assert.ok(known.has(metric) || sometimes.has(metric), `${rule.alert ?? rule.record}: ${metric}`);
      }
    }
    const firing = await ask('ALERTS{alertstate="firing"}');
    assert.deepEqual(firing.map(({ metric }) => metric.alertname), [], "all is well here");
    for (const metric of [...known, ...sometimes].filter((name) => name.startsWith("consilience_"))) {
      if (/_(bucket|sum|count)$/.test(metric)) continue;
      assert.ok(operations.includes(`\`${metric}`), `docs/operations.md does not name ${metric}`);
    }
    for (const [, metric] of operations.matchAll(/^\| `(consilience_\w+)/gm)) {
      assert.ok(known.has(metric) || sometimes.has(metric), `${metric} is documented, not exported`);
    }
  })));
