// The image, without an engine to build it: what it installs, removes and starts is held against the
// programs and the packages of this machine.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { binary, build, requireTool, run, source, withFolder } from "./support/tree.mjs";

const read = (file) => readFileSync(path.join(source, file), "utf8");
const containerfile = read("deploy/image/Containerfile");
const programs = ["consil", "consilienced", "consilience-ingest", "consilience-extraction",
  "consilience-corroboration"];
const version = run(binary("consil"), ["--version"]).trim().split(" ").at(-1);

// Libraries that a program names, and those that these load in turn, as files.
const loadedBy = (program) =>
  run("ldd", [binary(program)]).split("\n").flatMap((line) => / => (\/\S+)/.exec(line)?.[1] ?? []);

const namedBy = (program) =>
  run("readelf", ["-d", binary(program)]).split("\n")
    .flatMap((line) => /NEEDED.*\[(.*)\]/.exec(line)?.[1] ?? []);

function packageOf(library) {
  const file = realpathSync(library);
  // Debian's database knows some libraries by /lib and others by /usr/lib.
  for (const spelling of [file, file.replace(/^\/usr/, "")]) {
    try {
      return run("dpkg-query", ["-S", spelling]).split(":")[0];
    } catch { /* the other one */ }
  }
  throw new Error(`${library} belongs to no package`);
}

test("the image installs the package of every library that a program names", () => {
  const files = new Map(programs.flatMap(loadedBy).map((file) => [path.basename(file), file]));
  const named = new Set(programs.flatMap(namedBy).filter((library) => files.has(library)));
  const inBase = ["libc6", "libgcc-s1", "libstdc++6"];
  const owners = new Set([...named].map((library) => packageOf(files.get(library))));
  const listed = read("deploy/local/packages.txt").match(/^run (.*)$/gm).map((line) => line.slice(4));
  const provided = new Set([...inBase, ...listed]);
  assert.deepEqual([...owners].filter((name) => !provided.has(name)), []);
});

test("no library that the image removes is loaded by a program", () => {
  const patterns = containerfile.match(/\b(lib[\w+]+\.so)\*/g).map((glob) => glob.slice(0, -1));
  assert.ok(patterns.length > 5);
  const loaded = programs.flatMap(loadedBy).map((file) => path.basename(file));
  for (const pattern of patterns) {
    assert.deepEqual(loaded.filter((library) => library.startsWith(pattern)), [], pattern);
  }
});

test("each name that the image links to consilienced is that service", () =>
  withFolder((folder) => {
    const [, services, target] = /for service in ([\w ]+); do ln -sf (\w+) /.exec(containerfile);
    for (const service of services.split(" ")) {
      const link = path.join(folder, `consilience-${service}`);
      symlinkSync(binary(target), link);
      for (const flag of ["--print-config", "--help"]) {
        assert.equal(run(link, [flag]), run(binary(`consilience-${service}`), [flag]));
      }
    }
  }));

test("the Containerfile is well-formed", () => {
  const { validate } = requireTool("dockerfile-utils");
  const problems = validate(containerfile, { instructionJSONInSingleQuotes: 1 })
    .filter((problem) => problem.severity === 1);
  assert.deepEqual(problems.map((problem) => `${problem.range.start.line + 1}: ${problem.message}`), []);
});

test("the image runs without root, and every release names its own version", () => {
  const last = containerfile.slice(containerfile.lastIndexOf("\nFROM "));
  assert.match(last, /^USER 10001:10001$/m);
  assert.match(last, new RegExp(`^ARG VERSION=${version}$`, "m"));
  assert.doesNotMatch(containerfile, /^ADD |:latest/m);
  for (const label of ["title", "version", "revision", "licenses"]) {
    assert.match(last, new RegExp(`org\\.opencontainers\\.image\\.${label}=`));
  }
});

test("what the image copies is there, and what it starts understands its arguments", () => {
  for (const [, files] of containerfile.matchAll(/^COPY (?!--from|\. \.)(.*) \S+$/gm)) {
    for (const file of files.split(" ")) assert.doesNotThrow(() => read(file), file);
  }
  const [, list] = /^CMD (\[[^\]]*\])/m.exec(containerfile.replace(/\\\n/g, ""));
  const [program, ...args] = JSON.parse(list);
  assert.match(run(binary(program), [...args, "--print-config"]), /0\.0\.0\.0:7403/);
  const known = new Set([...programs, "consilience-evaluate"]);
  const built = readdirSync(path.join(build, "bin"));
  assert.deepEqual(built.filter((name) => !known.has(name)), [], "a new program belongs in this list");
});
