// Strict validation: every object is written as a literal of its published type and given to the
// TypeScript compiler, which refuses unknown fields, missing ones and wrong types, at any depth; the
// published validators then check formats and ranges.
import path from "node:path";
import { requireTool, tools } from "./tree.mjs";

const typescript = requireTool("typescript");
const kOperator = "monitoring.coreos.com/";

function moduleOf(object) {
  const root = object.apiVersion.startsWith(kOperator)
    ? "@kubernetes-models/prometheus-operator"
    : "kubernetes-models";
  return `${root}/${object.apiVersion}`;
}

function literals(objects) {
  const lines = objects.map((object, index) => {
    const type = `import("${moduleOf(object)}").I${object.kind}`;
    return `export const object${index}: ${type} = ${JSON.stringify(object, null, 1)};\n`;
  });
  return lines.join("");
}

const kOptions = {
  noEmit: true,
  strict: true,
  skipLibCheck: true,
  target: typescript.ScriptTarget.ES2022,
  module: typescript.ModuleKind.ESNext,
  moduleResolution: typescript.ModuleResolutionKind.Bundler,
  types: [],
};

// The published types do not change while this runs: each file of them is parsed once, and what a
// program found out about them serves the next.
const parsed = new Map();
let previous;

// What is wrong with the types of these objects, a line each.
function typeProblems(objects) {
  // Beside the modules, so that they are found.
  const file = path.join(tools, `manifests-${process.pid}.ts`);
  const text = literals(objects);
  const host = typescript.createCompilerHost(kOptions);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) => {
    if (name === file) return typescript.createSourceFile(name, text, version, true);
    if (!parsed.has(name)) parsed.set(name, read(name, version));
    return parsed.get(name);
  };
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === file || exists(name);
  const program = typescript.createProgram([file], kOptions, host, previous);
  previous = program;
  return typescript.getPreEmitDiagnostics(program, program.getSourceFile(file)).map((diagnostic) => {
    const line = text.slice(0, diagnostic.start ?? 0).split("\n").length;
    const said = typescript.flattenDiagnosticMessageText(diagnostic.messageText, " ");
    return `${text.split("\n")[line - 1].trim()} → ${said}`;
  });
}

// What is wrong with the formats and ranges of one object.
async function valueProblems(object) {
  const file = path.join(tools, "node_modules", moduleOf(object), "index.js");
  const { [object.kind]: Model } = await import(file);
  try {
    new Model(object).validate();
    return [];
  } catch (error) {
    return [`${object.kind}/${object.metadata.name} → ${error.message}`];
  }
}

export async function problems(objects) {
  return [...typeProblems(objects), ...(await Promise.all(objects.map(valueProblems))).flat()];
}
