import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../local/platform/ports.ts';
import { writeCliPackage } from '../../tools/package-cli.ts';
import { ask } from '../e2e/support/app.ts';
import { npmRun, type NpmScript } from '../e2e/support/npm.ts';
import { newMark } from '../e2e/support/processes.ts';
import { stateFolder } from '../e2e/support/state.ts';
import { eventually } from '../host/support/child-host.ts';
import { spawnedBy, type Spawned } from './spawned.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const WAIT_MILLISECONDS = 120_000;

const state = stateFolder('pipelines');
let folder = '';
let platform: NpmScript | undefined;
let url = '';
let command = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pipelines-'));
  await writeCliPackage(join(folder, 'cli'));
  command = `${process.execPath} ${join(folder, 'cli', 'bin', 'vmss-rollout.js')}`;
  const argv = [
    '--time-scale',
    '120',
    '--scale-set',
    'web:4',
    '--state',
    state.path,
    '--port',
    String(await freePort(0)),
  ];
  platform = npmRun('start', argv, newMark());
  url = await platform.ready;
}, 120_000);

afterAll(async () => {
  await platform?.[Symbol.asyncDispose]();
  state[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

type Inputs = Readonly<Record<string, string>>;

/** A step's variables with what a runner puts into them; an expression that names several takes the first that is set. */
function filled(env: Inputs, values: Inputs): Inputs {
  return Object.fromEntries(
    Object.entries(env).map(([name, text]) => [
      name,
      text.replaceAll(
        /\$\{\{ (?:inputs|parameters)\.([\w-]+).*?\}\}/g,
        (_, input: string) => values[input] ?? '',
      ),
    ]),
  );
}

interface Ran extends Spawned {
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** The step of action.yml as GitHub's runner runs it. */
async function onGitHub(inputs: Inputs, signal?: NodeJS.Signals): Promise<Ran> {
  const action = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8'));
  const step = action.runs.steps.find(({ id }: { id?: string }) => id === 'rollout');
  const home = mkdtempSync(join(folder, 'job-'));
  const script = join(home, 'step.sh');
  writeFileSync(script, step.run);
  const files = { summary: join(home, 'summary.md'), output: join(home, 'output') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const env = {
    ...filled(step.env, { url, command, 'on-cancel': 'abort', ...inputs }),
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION_PATH: ROOT,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_OUTPUT: files.output,
    RUNNER_TEMP: home,
  };
  const ran = await spawnedBy('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], env, (child) => {
    if (signal !== undefined) void whenWaiting().then(() => child.kill(signal));
  });
  const outputs = readFileSync(files.output, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return {
    ...ran,
    summary: readFileSync(files.summary, 'utf8'),
    outputs: Object.fromEntries(outputs.map((line) => line.split(/=(.*)/s).slice(0, 2))),
  };
}

async function whenWaiting(): Promise<void> {
  await eventually(
    async () => ((await newest()).phase === 'waiting' ? true : undefined),
    WAIT_MILLISECONDS,
    500,
  );
}

async function newest(): Promise<{ readonly id: string; readonly phase: string }> {
  return (await ask(`${url}/api/rollouts?top=1`, 'GET')).body.value[0] ?? { id: '', phase: '' };
}

const quick = (...lines: readonly string[]): string =>
  ['--scale-set', 'web', '--stable-seconds', '1', ...lines].join('\n');

describe('a rollout as a step of a pipeline', () => {
  // Feature [Deployment] A GitHub Action: plan and report in the job summary, outputs, the rollout's exit code (Pipelines)
  it('runs on GitHub, and is the same rollout when the step is run again', async () => {
    const inputs = { arguments: quick('--image-version', 'latest'), 'idempotency-key': 'run-1' };
    const ran = await onGitHub(inputs);
    expect(ran.code, ran.err).toBe(0);
    const { id } = await newest();
    expect(ran.outputs).toEqual({ id, phase: 'succeeded', exitCode: '0' });
    expect(ran.summary).toContain('~ imageReference.version: ');
    expect(ran.summary).toMatch(/\| Batch \| Name \|.*\n.*\n\| 0 \| update domain 0 \| succeeded \|/);
    const again = await onGitHub(inputs);
    expect(again.outputs).toMatchObject({ id, exitCode: '0' });
  });

  // Feature [Deployment] A cancelled job aborts its rollout, or lets it go on (Pipelines)
  //   shown by: a rollout as a step of a pipeline > a cancelled job: abort
  it.each([
    ['abort', 'SIGINT', 'cancelled'],
    ['detach', 'SIGTERM', 'waiting'],
  ] as const)('a cancelled job: %s', async (onCancel, signal, phase) => {
    const inputs = {
      arguments: quick('--force', 'restart', '--approve-before', 'rollout'),
      'idempotency-key': onCancel,
      'on-cancel': onCancel,
    };
    const ran = await onGitHub(inputs, signal);
    expect(ran.code, ran.err).toBe(130);
    const { id } = await newest();
    expect(ran.outputs).toEqual({ id, exitCode: '130' });
    await eventually(
      async () => ((await newest()).phase === phase ? true : undefined),
      WAIT_MILLISECONDS,
      500,
    );
    if (phase === 'waiting') await ask(`${url}/api/rollouts/${id}/abort`, 'POST', {});
    await eventually(
      async () => ((await newest()).phase === 'cancelled' ? true : undefined),
      WAIT_MILLISECONDS,
      500,
    );
  });

  it('ends as a refused plan does, having started nothing', async () => {
    const before = await newest();
    const ran = await onGitHub({ arguments: quick('--image-version', '9.9.9') });
    expect(ran.code).toBe(6);
    expect(ran.outputs).toEqual({ exitCode: '6' });
    expect(await newest()).toEqual(before);
  });

  it('shows hostile words in the summary as text', async () => {
    const reason = '<img src=x onerror=alert(1)> \u001B[2J \u202E | ```';
    const ran = await onGitHub({
      arguments: quick('--force', 'restart', '--instance', '0', '--reason', reason),
    });
    expect(ran.code, ran.err).toBe(0);
    expect(ran.summary).toContain('&lt;img src=x');
    for (const sign of ['<img', '\u001B', '\u202E']) expect(ran.summary).not.toContain(sign);
  });

  // Feature [Deployment] An Azure Pipelines template that does the same (Pipelines)
  it('runs on Azure Pipelines', async () => {
    const template = parse(readFileSync(join(ROOT, 'pipelines', 'azure-pipelines.yml'), 'utf8'));
    const [step] = template.steps;
    const home = mkdtempSync(join(folder, 'job-'));
    const script = join(home, 'step.sh');
    writeFileSync(script, step.bash);
    const values = {
      url,
      command,
      folder: ROOT,
      onCancel: 'abort',
      arguments: quick('--force', 'restart', '--instance', '1'),
    };
    const env = { ...filled(step.env, values), TF_BUILD: 'True', AGENT_TEMPDIRECTORY: home };
    const ran = await spawnedBy('bash', ['--noprofile', '--norc', script], env);
    expect(ran.code, ran.err).toBe(0);
    const { id } = await newest();
    for (const [name, value] of Object.entries({ id, phase: 'succeeded', exitCode: '0' }))
      expect(ran.out).toContain(`##vso[task.setvariable variable=${name};isOutput=true]${value}\n`);
    const [, file = ''] = /##vso\[task\.uploadsummary\](.+)\n/.exec(ran.out) ?? [];
    expect(readFileSync(file, 'utf8')).toContain('## Batches');
  });
});
