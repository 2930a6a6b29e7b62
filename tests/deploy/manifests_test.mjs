// The overlays, rendered, against the Kubernetes types and against the programs they start.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { check } from "./support/grpc_health.mjs";
import {
  nameOf, ofKind, podOf, render, selects, serverOf, workloads,
} from "./support/manifests.mjs";
import { problems } from "./support/schema.mjs";
import { asStarted, kSecret, portOf, seconds, settingsOf } from "./support/settings.mjs";
import { binary, eventually, run, start, withFolder } from "./support/tree.mjs";
import { freeAddress } from "./support/world.mjs";

const overlays = ["overlays/single-node", "overlays/single-node-tls", "overlays/replicated"];
const rendered = new Map(overlays.map((overlay) => [overlay, render(overlay)]));

function forEachWorkload(name, body) {
  for (const [overlay, objects] of rendered) {
    for (const workload of workloads(objects)) {
      test(`${overlay}: ${nameOf(workload)}: ${name}`, () => body(workload, objects));
    }
  }
}

const portNamed = (workload, name) =>
  serverOf(workload).ports.find((port) => port.name === name).containerPort;

for (const [overlay, objects] of rendered) {
  test(`${overlay}: every object has its published type, with no field unknown`, async () => {
    assert.deepEqual(await problems(objects), []);
  });

  test(`${overlay}: Services, budgets, autoscalers and policies meet what they name`, () => {
    const pods = workloads(objects).map((workload) => workload.spec.template.metadata.labels);
    const chosen = (selector) => pods.filter((labels) => selects(selector, labels));
    for (const service of ofKind(objects, "Service")) {
      assert.equal(chosen({ matchLabels: service.spec.selector }).length, 1, nameOf(service));
      assert.equal(service.spec.clusterIP, "None", "balancing is the client's");
    }
    for (const budget of ofKind(objects, "PodDisruptionBudget")) {
      assert.equal(chosen(budget.spec.selector).length, 1, nameOf(budget));
    }
    for (const scaler of ofKind(objects, "HorizontalPodAutoscaler")) {
      const { kind, name } = scaler.spec.scaleTargetRef;
      const target = objects.find((object) => nameOf(object) === `${kind}/${name}`);
      assert.ok(target, nameOf(scaler));
      assert.equal(target.spec.replicas, undefined, "replicas would undo the autoscaler's work");
      assert.ok(serverOf(target).resources.requests.cpu, "utilisation is of the request");
    }
  });

  test(`${overlay}: what a policy lets in is listened to, and the way out leads there`, () => {
    const all = workloads(objects);
    const targets = (selector) =>
      all.filter((workload) => selects(selector, workload.spec.template.metadata.labels));
    for (const policy of ofKind(objects, "NetworkPolicy")) {
      const selected = targets(policy.spec.podSelector);
      assert.ok(selected.length > 0, nameOf(policy));
      for (const { port } of (policy.spec.ingress ?? []).flatMap((rule) => rule.ports)) {
        const ports = selected.flatMap((workload) => serverOf(workload).ports);
        assert.ok(ports.some((open) => open.containerPort === port), `${nameOf(policy)}: ${port}`);
      }
      for (const rule of policy.spec.egress ?? []) {
        const inside = rule.to.filter((peer) => peer.podSelector && !peer.namespaceSelector);
        for (const { podSelector } of inside.filter((peer) => targets(peer.podSelector).length > 0)) {
          const [target] = targets(podSelector);
          assert.deepEqual(rule.ports.map(({ port }) => port), [portNamed(target, "grpc")]);
        }
      }
    }
  });

  test(`${overlay}: the image is the release that the programs say they are`, () => {
    for (const workload of workloads(objects)) {
      const { image, command } = serverOf(workload);
      const [, version] = run(binary(command[0]), ["--version"]).trim().split(" ");
      assert.equal(image, `consilience:${version}`);
    }
  });

  test(`${overlay}: where ingest looks for the others, they are`, async () => {
    const ingest = workloads(objects).find((workload) => workload.metadata.name.endsWith("ingest"));
    const settings = await settingsOf(objects, ingest);
    for (const other of ["extraction", "corroboration"]) {
      const [, host, port] = /^dns:\/\/\/(.*):(\d+)$/.exec(settings[`${other}-server`]);
      const service = objects.find((object) => nameOf(object) === `Service/${host}`);
      assert.ok(service, host);
      const [workload] = workloads(objects).filter((candidate) =>
        selects({ matchLabels: service.spec.selector }, candidate.spec.template.metadata.labels));
      assert.equal(serverOf(workload).command[0], `consilience-${other}`);
      assert.equal(Number(port), portNamed(workload, "grpc"), "a headless Service maps no ports");
    }
  });

  test(`${overlay}: no secret stands in the manifests, and none is printed`, async () => {
    assert.deepEqual(ofKind(objects, "Secret"), []);
    for (const workload of workloads(objects)) {
      const settings = await settingsOf(objects, workload);
      const password = new URL(kSecret).password;
      assert.ok(!JSON.stringify(settings).includes(password), nameOf(workload));
    }
  });
}

forEachWorkload("its settings are known to its program and its ports are those it listens on",
  async (workload, objects) => {
    const settings = await settingsOf(objects, workload);
    const service = ofKind(objects, "Service").find((candidate) =>
      selects({ matchLabels: candidate.spec.selector }, workload.spec.template.metadata.labels));
    for (const [name, setting] of [["grpc", "listen"], ["metrics", "metrics-listen"]]) {
      const port = portOf(settings[setting]);
      assert.equal(portNamed(workload, name), port, setting);
      const exposed = service.spec.ports.find((candidate) => candidate.name === name);
      assert.deepEqual([exposed.port, exposed.targetPort], [port, name]);
    }
    const probe = portOf(settings["probe-listen"]);
    assert.equal(portNamed(workload, "probe"), probe);
    const { startupProbe, livenessProbe, readinessProbe } = serverOf(workload);
    for (const { grpc } of [startupProbe, livenessProbe, readinessProbe]) {
      assert.equal(grpc.port, probe);
    }
    for (const setting of ["listen", "metrics-listen", "probe-listen"]) {
      assert.ok(settings[setting].startsWith("0.0.0.0:"), `${setting} must be reachable from outside`);
    }
  });

forEachWorkload("each variable that it is given is a setting of its program",
  async (workload, objects) => {
    const settings = await settingsOf(objects, workload);
    for (const { name } of serverOf(workload).env ?? []) {
      const key = name.replace(/^CONSIL_/, "").toLowerCase().replaceAll("_", "-");
      assert.ok(key in settings, `${name} would be ignored`);
    }
  });

forEachWorkload("it may end in peace before it is killed", async (workload, objects) => {
  const settings = await settingsOf(objects, workload);
  const needed = seconds(settings["drain-delay"]) + seconds(settings["shutdown-grace"]);
  assert.ok(podOf(workload).terminationGracePeriodSeconds > needed);
  const { periodSeconds, failureThreshold } = serverOf(workload).readinessProbe;
  assert.ok(seconds(settings["drain-delay"]) >= periodSeconds, "clients must learn of the drain");
  assert.ok(failureThreshold >= 1);
});

forEachWorkload("it is confined", (workload) => {
  const pod = podOf(workload);
  assert.equal(pod.automountServiceAccountToken, false);
  assert.equal(pod.enableServiceLinks, false, "else Kubernetes' variables mix with ours");
  assert.equal(pod.securityContext.runAsNonRoot, true);
  assert.equal(pod.securityContext.seccompProfile.type, "RuntimeDefault");
  for (const container of pod.containers) {
    assert.equal(container.securityContext.readOnlyRootFilesystem, true);
    assert.equal(container.securityContext.allowPrivilegeEscalation, false);
    assert.deepEqual(container.securityContext.capabilities, { drop: ["ALL"] });
    assert.ok(container.resources.requests.cpu && container.resources.requests.memory);
    assert.ok(container.resources.limits.memory);
  }
});

forEachWorkload("what it keeps is on a volume", async (workload, objects) => {
  const settings = await settingsOf(objects, workload);
  const folder = settings["data-dir"];
  const claims = workload.spec.volumeClaimTemplates ?? [];
  if (claims.length === 0) {
    const stateless = folder === undefined || Boolean(settings.store);
    assert.ok(stateless, "a store without a volume would be lost with its pod");
    return;
  }
  const mounted = serverOf(workload).volumeMounts.find(({ mountPath }) => mountPath === folder);
  assert.equal(mounted?.name, claims[0].metadata.name);
  assert.ok(!mounted.readOnly);
  assert.equal(workload.spec.replicas, 1, "an embedded store has one writer");
});

forEachWorkload("the program answers the probes and the scraper as the manifest asks",
  (workload, objects) => withFolder((folder) => asStarted(objects, workload, async (program) => {
    const { startupProbe, livenessProbe, readinessProbe } = serverOf(workload);
    const ports = path.join(folder, "ports");
    const metrics = path.join(folder, "metrics");
    const probe = await freeAddress();
    const { CONSIL_STORE: _, ...env } = program.env;
    const server = start(program.command, [
      ...program.args, "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0",
      "--probe-listen", probe, "--port-file", ports, "--metrics-port-file", metrics,
      "--drain-delay", "0s",
      ...(env.CONSIL_DATA_DIR || program.command.endsWith("extraction") ? [] : ["--data-dir", folder]),
    ], { env: { ...env, ...(env.CONSIL_DATA_DIR && { CONSIL_DATA_DIR: folder }) } });
    try {
      const read = () => { try { return readFileSync(ports, "utf8"); } catch { return ""; } };
      await eventually(read, server.log);
      for (const { grpc } of [startupProbe, livenessProbe, readinessProbe]) {
        assert.equal(await check(probe, grpc.service), "SERVING", grpc.service);
      }
      const { annotations } = workload.spec.template.metadata;
      assert.equal(Number(annotations["prometheus.io/port"]), portNamed(workload, "metrics"));
      const scraped = await fetch(
        `http://${readFileSync(metrics, "utf8").trim()}${annotations["prometheus.io/path"]}`);
      assert.match(await scraped.text(), /^consilience_build_info\{/m);
    } finally {
      assert.equal(await server.stop(), 0, server.log());
    }
  })));

test("what the Prometheus operator gets has its published types and finds the Services", async () => {
  const objects = render("../monitoring");
  assert.deepEqual(await problems(objects), []);
  const [monitor] = ofKind(objects, "ServiceMonitor");
  for (const service of ofKind(rendered.get(overlays[0]), "Service")) {
    assert.ok(selects(monitor.spec.selector, service.metadata.labels), nameOf(service));
    const ports = service.spec.ports.map(({ name }) => name);
    for (const { port } of monitor.spec.endpoints) assert.ok(ports.includes(port), port);
  }
});

test("a container of an overlay with TLS finds each file that its settings name", () => {
  for (const workload of workloads(rendered.get("overlays/single-node-tls"))) {
    const { env, volumeMounts } = serverOf(workload);
    const folders = volumeMounts.map(({ mountPath }) => mountPath);
    for (const { name, value } of env) {
      assert.ok(folders.includes(value) || folders.includes(path.dirname(value)), `${name}: ${value}`);
    }
  }
});

test("the validation refuses what it should", async () => {
  const spoil = async (change) => {
    const deployment = structuredClone(ofKind(rendered.get(overlays[0]), "Deployment")[0]);
    change(deployment);
    return problems([deployment]);
  };
  const refused = {
    "an unknown field deep inside": (d) => (serverOf(d).livenessProbe.grpc.prot = 1),
    "a port that is text": (d) => (serverOf(d).ports[0].containerPort = "grpc"),
    "a missing selector": (d) => delete d.spec.selector,
    "a quantity that is none": (d) => (serverOf(d).resources.limits.memory = "much"),
    "an unknown field at the top": (d) => (d.replicas = 2),
    "a kind that there is not": (d) => (d.kind = "Deploymint"),
  };
  for (const [what, change] of Object.entries(refused)) {
    assert.notDeepEqual(await spoil(change), [], what);
  }
});
