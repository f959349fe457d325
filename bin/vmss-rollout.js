#!/usr/bin/env node
// Built-ins and old syntax only: this file must load on any Node, to say what is missing.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'cli', 'main.ts');
/** What Node compiles is kept for the next command: it is half of what a short one costs. */
const compiled = join(root, 'node_modules', '.cache', 'compiled');
const [major, minor] = process.versions.node.split('.').map(Number);

if (!existsSync(cli)) {
  runBundle();
} else if (!existsSync(join(root, 'node_modules', 'commander'))) {
  console.error('vmss-rollout: its packages are not installed; run npm ci in ' + root);
  process.exitCode = 1;
} else if (major >= 24) {
  module.enableCompileCache(process.env['NODE_COMPILE_CACHE'] || compiled);
  run(cli);
} else {
  runUnderPinnedNode();
}

/** Where it is installed as a package there are no sources, and all that it uses is in one bundle. */
function runBundle() {
  if (major < 22 || (major === 22 && minor < 14)) {
    console.error('vmss-rollout: needs Node 22.14 or newer, not ' + process.versions.node);
    process.exitCode = 1;
    return;
  }
  module.enableCompileCache();
  run(join(root, 'lib', 'main.js'));
}

function run(file) {
  import(pathToFileURL(file).href).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

function runUnderPinnedNode() {
  const child = spawn(join(root, 'tools', 'runtime', 'node24'), [cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: Object.assign({ NODE_COMPILE_CACHE: compiled }, process.env),
  });
  // The command decides what a signal means; this process only waits for it.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error('vmss-rollout: cannot start Node 24 (' + error.message + '); run npm ci in ' + root);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code === null ? 1 : code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
