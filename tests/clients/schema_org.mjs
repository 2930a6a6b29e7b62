// Whether every property of a ClaimReview export is one that schema.org gives its type:
//   schema_org.mjs FILE      from the folder that has node_modules
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(`${process.cwd()}/`);
const vocabulary = readFileSync(join(dirname(require.resolve('schema-dts')), 'schema.d.ts'), 'utf8');

// {type: {parents, properties}} from "interface ClaimBase extends CreativeWorkBase { "appearance"?: …".
const types = {};
for (const [, name, parents, body] of vocabulary.matchAll(
  /interface (\w+)Base(?: extends ([^{]+))? \{([^]*?)\n\}/g)) {
  types[name] = {
    parents: (parents ?? '').split(',').map((p) => p.trim().replace(/Base$/, '')).filter(Boolean),
    properties: new Set([...body.matchAll(/"(\w+)"\?:/g)].map((match) => match[1])),
  };
}

function knows(type, property) {
  const known = types[type];
  if (!known) return false;
  return known.properties.has(property) || known.parents.some((parent) => knows(parent, property));
}

const problems = new Set();
function visit(node) {
  if (Array.isArray(node)) return node.forEach(visit);
  if (node === null || typeof node !== 'object') return undefined;
  for (const [property, value] of Object.entries(node)) {
    if (!property.startsWith('@') && !knows(node['@type'], property)) {
      problems.add(`${node['@type']} has no property ${property}`);
    }
    visit(value);
  }
  return undefined;
}

const graph = JSON.parse(readFileSync(process.argv[2], 'utf8'))['@graph'];
visit(graph);
if (graph.length === 0) problems.add('no review at all');
for (const review of graph) {
  for (const wanted of ['claimReviewed', 'reviewRating', 'itemReviewed', 'author', 'datePublished']) {
    if (!(wanted in review)) problems.add(`a ClaimReview lacks ${wanted}`);
  }
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.size === 0 ? 0 : 1;
