import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { tied } from '../e2e/support/tied.ts';
import { aRollout, ended, SCALE_SET, upgrading } from './rollouts.ts';
import { accepted, ok, startScriptedApp } from './scripted-app.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'bin', 'vmss-rollout.js');

/** A Node on the path that is not the pinned one: an older one must find the pinned one by itself. */
const OTHER_NODE = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => folder !== dirname(process.execPath))
  .map((folder) => join(folder, 'node'))
  .find((file) => existsSync(file));

const NODES = [
  ['this Node', process.execPath],
  ...(OTHER_NODE === undefined ? [] : [['the Node on the path', OTHER_NODE]]),
];

interface Around {
  readonly node?: string | undefined;
  readonly url?: string;
  readonly cwd?: string;
  readonly key?: string;
  /** Called with all that it has written to stderr so far. */
  readonly onProgress?: (err: string, child: ChildProcess) => void;
}

async function runBin(argv: readonly string[], { node, url, cwd, key, onProgress }: Around = {}) {
  const child = tied(
    spawn(node ?? process.execPath, [BIN, ...argv], {
      cwd: cwd ?? ROOT,
      env: {
        ...process.env,
        VMSS_ROLLOUT_URL: url ?? 'http://127.0.0.1:1',
        ...(key !== undefined && { VMSS_ROLLOUT_KEY: key }),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (written.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    written.err += chunk;
    onProgress?.(written.err, child);
  });
  const [code] = await once(child, 'close');
  return { code: Number(code), ...written };
}

it.for(NODES)('runs under %s, from any folder, and hands the exit code on', async ([, node]) => {
  const version = await runBin(['--version'], { node, cwd: join(ROOT, 'docs') });
  expect(version).toEqual({ code: 0, out: '0.1.0\n', err: '' });
  expect((await runBin(['no-such-command'], { node })).code).toBe(2);
});

it.for(NODES)('lets the rollout go on at Ctrl-C, under %s', async ([, node]) => {
  await using app = await startScriptedApp({
    'POST /api/rollouts': [accepted(aRollout(), { 'retry-after': '1' })],
    'GET /api/rollouts/20261120-100000-0000a001': [ok(upgrading())],
  });
  const { code, err } = await runBin(['start', '--scale-set', SCALE_SET, '--wait'], {
    node,
    url: app.url,
    onProgress(sofar, child) {
      // Twice, as a terminal and a launcher in between may each deliver it.
      if (sofar.endsWith('upgrading 0, 2 [0/4]\n'))
        for (const signal of ['SIGINT', 'SIGINT'] as const) child.kill(signal);
    },
  });
  expect(code).toBe(130);
  expect(err).toContain(
    'detached: rollout 20261120-100000-0000a001 continues; follow it with: vmss-rollout status 20261120-100000-0000a001 --wait',
  );
  expect(app.requests.filter(({ line }) => line.startsWith('POST'))).toHaveLength(1);
});

it('takes the key of the app from the environment', async () => {
  await using app = await startScriptedApp({
    'GET /api/rollouts/20261120-100000-0000a001': [ok(ended('succeeded'))],
  });
  const { code, out, err } = await runBin(['status', '20261120-100000-0000a001'], {
    url: app.url,
    key: 'the-key',
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).not.toContain('the-key');
  expect(app.requests).toEqual([{ line: 'GET /api/rollouts/20261120-100000-0000a001', key: 'the-key' }]);
});

it('ends quietly when its reader has had enough', async () => {
  const many = Array.from({ length: 2000 }, (_, index) => ended('succeeded', { id: `rollout-${index}` }));
  await using app = await startScriptedApp({ 'GET /api/rollouts?top=100': [ok({ value: many })] });
  const child = tied(
    spawn(process.execPath, [BIN, 'list', '--top', '9999'], {
      env: { ...process.env, VMSS_ROLLOUT_URL: app.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
});
