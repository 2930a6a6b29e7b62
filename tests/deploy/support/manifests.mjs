// The manifests as an operator would apply them.
import path from "node:path";
import { requireTool, run, source } from "./tree.mjs";

const yaml = requireTool("yaml");

// Every object of an overlay.
export function render(overlay) {
  const folder = path.join(source, "deploy/kubernetes", overlay);
  const text = run("kubectl", ["kustomize", folder]);
  return yaml.parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
}

export const parseYaml = (text, options) => yaml.parse(text, options);

export const nameOf = (object) => `${object.kind}/${object.metadata.name}`;

export const ofKind = (objects, ...kinds) => objects.filter((object) => kinds.includes(object.kind));

export const workloads = (objects) => ofKind(objects, "Deployment", "StatefulSet");

export const podOf = (workload) => workload.spec.template.spec;

export const serverOf = (workload) =>
  podOf(workload).containers.find((container) => container.name === "server");

// Whether the labels satisfy a selector of the kind that policies and budgets have.
export function selects(selector, labels) {
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  const within = (selector.matchExpressions ?? []).every((expression) => {
    if (expression.operator !== "In") throw new Error(`operator ${expression.operator} is not expected`);
    return expression.values.includes(labels[expression.key]);
  });
  return equal && within;
}
