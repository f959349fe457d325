import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHostJson } from '../../local/host/worker/app/host-json.ts';
import { CONSTRUCTS_FOLDER } from './support/constructs-app.ts';
import { eventually, runHost, spawnHost } from './support/child-host.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wrong-app-'));
  symlinkSync(join(import.meta.dirname, '..', '..', 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

const GOOD = {
  'package.json': JSON.stringify({ name: 'wrong', main: 'src/*.js' }),
  'host.json': JSON.stringify({ version: '2.0' }),
};
const registering = (name: string): string =>
  `require('durable-functions').app.activity('${name}', { handler: () => 1 });`;

/** What durable-functions 4.0.0-beta.1 registers for an activity, by its sources. */
const wantingGrpc = (name: string): string =>
  `require('@azure/functions').app.generic('${name}', {
    trigger: { type: 'activityTrigger', name: 'input', durableRequiresGrpc: true }, handler: () => 1 });`;

describe('an app that cannot run ends the host with one sentence', () => {
  it.each([
    ['no folder', {}, /host\.json cannot be read: ENOENT/],
    ['no package.json', { 'host.json': GOOD['host.json'] }, /package\.json cannot be read: ENOENT/],
    ['no main', { ...GOOD, 'package.json': '{}' }, /has no "main" that names the app's files\.$/],
    ['no file for main', GOOD, /^No file in .* matches "src\/\*\.js" \(package\.json, "main"\)\.$/],
    [
      'a duplicate function name',
      { ...GOOD, 'src/a.js': registering('twice'), 'src/b.js': registering('twice') },
      /^The app's file src\/b\.js cannot be loaded: .*"twice" has already been registered\.$/,
    ],
    [
      'a file that throws',
      { ...GOOD, 'src/a.js': "throw new Error('no settings');" },
      /^The app's file src\/a\.js cannot be loaded: no settings$/,
    ],
    [
      'a file that ends the process',
      { ...GOOD, 'src/a.js': 'process.exit(3);' },
      /^The app ended its process with code 3 while it was loaded\.$/,
    ],
    [
      'a library that wants gRPC',
      { ...GOOD, 'src/a.js': wantingGrpc('cities') },
      /^The app's durable library wants gRPC \(durable-functions 4 and later\), .* with durable-functions 3 .*\.$/,
    ],
    ['broken JSON', { ...GOOD, 'host.json': '{"version": ' }, /host\.json cannot be read: .*JSON/],
    [
      'a wrong value in host.json',
      {
        ...GOOD,
        'src/a.js': registering('fine'),
        'host.json': '{"version":"2.0","extensions":{"http":{"routePrefix":7}}}',
      },
      /^host\.json: "extensions\.http\.routePrefix" must be a string\.$/,
    ],
  ] as const)('%s', async (_what, files, sentence) => {
    write(files);
    const { code, stderr } = await runHost(['--app', folder]);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr.trim()).toMatch(sentence);
  });

  it.each([
    [{}, 'version'],
    [{ version: '1.0' }, 'version'],
    [{ version: '2.0', functionTimeout: 'soon' }, 'functionTimeout'],
    [{ version: '2.0', logging: { logLevel: { default: 'loud' } } }, 'logging.logLevel.default'],
    [{ version: '2.0', extensions: { durableTask: { hubName: 'a-b' } } }, 'extensions.durableTask.hubName'],
    [
      { version: '2.0', extensions: { durableTask: { maxConcurrentActivityFunctions: 0 } } },
      'extensions.durableTask.maxConcurrentActivityFunctions',
    ],
  ])('host.json %j names %s', (hostJson, path) => {
    expect(() => readHostJson(hostJson, {})).toThrow(`host.json: "${path}" must be `);
  });
});

/** durable-host.md 5: the extension resolves the whole string by the app's settings. */
describe('the name of the hub', () => {
  const named = (hubName: string, settings = {}) =>
    readHostJson({ version: '2.0', extensions: { durableTask: { hubName } } }, settings).hubName;

  it('is made of the settings that host.json names', () => {
    expect(named('%HUB%', { HUB: 'Orders' })).toBe('Orders');
    expect(named('My%HUB%%N%', { HUB: 'Orders', N: '7' })).toBe('MyOrders7');
  });

  it.each([
    ['%HUB%', {}],
    ['%HUB%', { HUB: 'a-b' }],
    ['a%HUB%', { HUB: '' }],
  ])('%s is refused with the settings %j', (hubName, settings) => {
    expect(() => named(hubName, settings)).toThrow('once each %NAME% is the setting NAME');
  });

  it('is read from the environment of the host', async () => {
    write({
      ...GOOD,
      'src/a.js': `require('durable-functions').app.orchestration('idle', function* () {});`,
      'host.json': '{"version":"2.0","extensions":{"durableTask":{"hubName":"%HUB_OF_TEST%"}}}',
    });
    process.env['HUB_OF_TEST'] = 'OrdersHub';
    await using host = await spawnHost(['--app', folder]);
    delete process.env['HUB_OF_TEST'];
    const path = '/runtime/webhooks/durabletask/orchestrators/idle';
    const started = await fetch(host.origin + path, { method: 'POST' });
    expect(await started.json()).toMatchObject({
      statusQueryGetUri: expect.stringContaining('taskHub=OrdersHub&'),
    });
  });
});

it('warns of every binding that this host does not serve, and runs the rest', async () => {
  write({
    ...GOOD,
    'src/a.js': `const { app, input, output } = require('@azure/functions');
      app.http('order', {
        extraInputs: [input.storageBlob({ path: 'a/b', connection: 'c' })],
        extraOutputs: [output.storageQueue({ queueName: 'q', connection: 'c' })],
        handler: () => ({ body: 'taken' }) });
      app.storageQueue('drain', { queueName: 'q', connection: 'c', handler: () => 1 });`,
  });
  await using host = await spawnHost(['--app', folder]);
  expect(await (await fetch(`${host.origin}/api/order`)).text()).toBe('taken');
  for (const sentence of [
    /warning function order, binding \w+: no output of type queue here, what is written to it is lost/,
    /warning function order, binding \w+: no input of type blob here, it is undefined/,
    /warning function drain, binding \w+: no queueTrigger here, it never fires/,
  ]) {
    expect(host.stderr()).toMatch(sentence);
  }
  expect(host.stderr().match(/binding/g)).toHaveLength(3);
});

describe('a start that cannot be', () => {
  it('names a port in use', async () => {
    const server = createServer();
    await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const { code, stderr } = await runHost(['--app', CONSTRUCTS_FOLDER, '--port', String(port)]);
    server.close();
    expect([code, stderr]).toEqual([1, `Port ${port} is in use.\n`]);
  });

  it('names a state folder in use', async () => {
    const args = ['--app', CONSTRUCTS_FOLDER, '--state', join(folder, 'state')];
    await using holder = await spawnHost(args);
    expect(holder.origin).toMatch(/^http:/);
    const { code, stderr } = await runHost(args);
    expect([code, stderr]).toEqual([
      1,
      `The state folder ${join(folder, 'state')} is in use by another host.\n`,
    ]);
  });

  it.each([[[]], [['--app']], [['--app', '.', '--schema', '5']], [['--app', '.', '--port', 'x']]])(
    'shows its usage for %j',
    async (args) => {
      const { code, stderr } = await runHost(args);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^usage: /);
    },
  );

  it('names a keys file that is none', async () => {
    const { code, stderr } = await runHost(['--app', CONSTRUCTS_FOLDER, '--keys', join(folder, 'none.json')]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/none\.json must be JSON with the keys "master" and "host"/);
  });
});

/** golden 1.3 and 1.21: these are found only when they run. */
it('an async orchestrator fails and an unknown activity is reported and hangs, as in the cloud', async () => {
  write({
    ...GOOD,
    'src/a.js': `const df = require('durable-functions');
      df.app.orchestration('notGenerator', async () => 7);
      df.app.orchestration('lost', function* (context) { yield context.df.callActivity('nowhere'); });`,
  });
  await using host = await spawnHost(['--app', folder, '--strict']);
  const base = `${host.origin}/runtime/webhooks/durabletask`;
  for (const name of ['notGenerator', 'lost']) {
    await fetch(`${base}/orchestrators/${name}/${name}`, { method: 'POST' });
  }
  const status = async (id: string) =>
    (await (await fetch(`${base}/instances/${id}`)).json()) as { runtimeStatus: string; output: unknown };
  const failed = await eventually(async () => {
    const now = await status('notGenerator');
    return now.runtimeStatus === 'Failed' ? now : undefined;
  });
  expect(failed.output).toBe(
    "Orchestrator function 'notGenerator' failed: this.generator.next is not a function",
  );
  await eventually(async () => (host.stderr().includes('unknown-function in lost') ? true : undefined));
  expect(host.stderr()).toContain("calls the activity 'nowhere', which does not exist");
  expect((await status('lost')).runtimeStatus).toBe('Running');
});
