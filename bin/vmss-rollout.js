#!/usr/bin/env node
// Built-ins and old syntax only: this file must load on any Node, to say what is missing.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const cli = join(root, 'cli', 'main.ts');

if (!existsSync(join(root, 'node_modules', 'commander'))) {
  console.error('vmss-rollout: its packages are not installed; run npm ci in ' + root);
  process.exitCode = 1;
} else if (Number(process.versions.node.split('.')[0]) >= 24) {
  import(pathToFileURL(cli).href).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
} else {
  runUnderPinnedNode();
}

function runUnderPinnedNode() {
  const child = spawn(join(root, 'tools', 'runtime', 'node24'), [cli, ...process.argv.slice(2)], {
    stdio: 'inherit',
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
