import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { enter } from './command-scenes.ts';
import type { Scene } from './command-scenes.ts';
import { modelImage, writes } from './judge.ts';
import { NEW, OLD } from './lab.ts';
import type { Body, Lab } from './lab.ts';

type Table = Readonly<Record<string, Readonly<Record<string, string>>>>;

const PAGE = readFileSync('docs/API.md', 'utf8');

/** A table of the page, by its rows' commands and its columns' names. */
function tableWith(column: string): Table {
  const rows = PAGE.split('\n').map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  const head = rows.findIndex((cells) => cells[0] === 'command' && cells.includes(column));
  const [, ...columns] = rows[head] ?? [];
  const end = rows.findIndex((cells, index) => index > head && cells.length === 0);
  const body = rows.slice(head + 2, end).map(([command = '', ...cells]) => {
    const named = columns.map((name, index) => [name, cells[index] ?? ''] as const);
    return [command.replaceAll('`', ''), Object.fromEntries(named)] as const;
  });
  return Object.fromEntries(body);
}

export const IN_PHASE = tableWith('waiting at a gate');
export const NAMING = tableWith('its instance');
const GOES_TO_AZURE = tableWith('goes to Azure');

export const COMMANDS = Object.keys(IN_PHASE);

/** What a command may say, by the columns of the page; nothing where the scene has no such thing. */
const ARGUMENTS: Readonly<Record<string, (scene: Scene) => Record<string, unknown> | undefined>> = {
  nothing: () => ({}),
  'the batch': ({ batch }) => ({ batch }),
  'its instance': ({ batch }) => ({ instances: [String(batch)] }),
  both: ({ batch }) => ({ batch, instances: [String(batch)] }),
  'another batch': () => ({ batch: 3 }),
  'an instance that has not failed': () => ({ instances: ['3'] }),
  'a batch that is over': ({ done }) => (done === undefined ? undefined : { batch: done }),
  'an instance that is done': ({ done }) => (done === undefined ? undefined : { instances: [String(done)] }),
  'an instance beside another batch': ({ batch }) => ({ batch, instances: ['3'] }),
  'an unknown batch': () => ({ batch: 5 }),
  'an unknown instance': () => ({ instances: ['77'] }),
  'a wrong type': () => ({ batch: '1' }),
};

export interface Cell {
  readonly command: string;
  readonly argument: string;
  readonly body: Record<string, unknown>;
  /** What the page says. */
  readonly status: number;
  readonly paths: readonly string[];
}

/** Every command with everything that it may say in a scene, and what the page says of that. */
export function cellsOf(scene: Scene): readonly Cell[] {
  return COMMANDS.flatMap((command) =>
    Object.entries(ARGUMENTS).flatMap(([argument, bodyIn]) => {
      const body = bodyIn(scene);
      if (body === undefined) return [];
      const status = statusOf(scene, command, argument);
      return [
        { command, argument, body, status, paths: status === 400 ? pathsOf(command, argument, body) : [] },
      ];
    }),
  );
}

const UNKNOWN = ['an instance beside another batch', 'an unknown batch', 'an unknown instance'];

function statusOf(scene: Scene, command: string, argument: string): number {
  const inPhase = Number(IN_PHASE[command]?.[scene.column]);
  const isOfNobodyFailed =
    command === 'quarantine' && argument === 'its instance' && scene.failed === undefined;
  const named = Number(NAMING[command]?.[isOfNobodyFailed ? 'an instance that has not failed' : argument]);
  expect([inPhase, named].every((status) => [202, 400, 409].includes(status))).toBe(true);
  const isUnplanned = scene.column === 'planning';
  const isStray = strayIn(command, ARGUMENTS[argument]?.(scene) ?? {}).length > 0;
  // Before there is a plan nothing is unknown.
  if (named === 400 && !(isUnplanned && UNKNOWN.includes(argument) && !isStray)) return 400;
  return inPhase === 409 ? 409 : named;
}

/** The fields that the command does not take, by the page. */
function strayIn(command: string, body: Record<string, unknown>): readonly string[] {
  const takes = { batch: NAMING[command]?.['the batch'], instances: NAMING[command]?.['its instance'] };
  return (['batch', 'instances'] as const).filter(
    (field) => body[field] !== undefined && takes[field] === '400',
  );
}

function pathsOf(command: string, argument: string, body: Record<string, unknown>): readonly string[] {
  const stray = strayIn(command, body);
  if (stray.length > 0) return stray;
  if (argument === 'nothing') return [command === 'skip' ? 'batch' : 'instances'];
  return [body['instances'] === undefined ? 'batch' : 'instances.0'];
}

/** Sends everything that a scene refuses, then lets the rollout go on: it must go on as one to which nothing was sent. */
export async function expectRefusals(scene: Scene): Promise<number> {
  const refused = cellsOf(scene).filter(({ status }) => status !== 202);
  // One after the other: the app knows one world at a time.
  const went = await courseOf(scene, refused);
  expect(went).toEqual(await courseOf(scene, []));
  return refused.length;
}

/** What a rollout sends and how it ends, to which all this was sent in between. */
async function courseOf(scene: Scene, refused: readonly Cell[]): Promise<readonly unknown[]> {
  const { lab, id } = await enter(scene);
  await using _ = lab;
  expect((await lab.get(id)).phase).toBe(scene.phase);
  const before = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  for (const { command, argument, body, status, paths } of refused) {
    const reply = await lab.send(id, command, body);
    const errors = (reply.body.errors ?? []).map((error: Body) => error.path);
    expect({ command, argument, status: reply.status, paths: errors }).toEqual({
      command,
      argument,
      status,
      paths,
    });
    expect(reply.body.code).toBe(status === 400 ? 'invalidSpec' : 'wrongPhase');
    expect(reply.body.detail).toMatch(/\w/);
    if (status === 409) expect(reply.body.remedy).toMatch(/possible now: |vmss-rollout /);
  }
  expect((await lab.call('GET', `/rollouts/${id}/events`)).body).toEqual(before);
  return [await goOn(lab, id), sentIn(lab)];
}

interface Write {
  readonly operation: string;
  readonly instances: readonly string[];
}

function sentIn(lab: Lab, from = 0): readonly Write[] {
  return writes(lab.log)
    .slice(from)
    .map(({ operation, instances = [] }) => ({ operation, instances }));
}

/** To the end, through every gate and pause. */
async function goOn(lab: Lab, id: string): Promise<string> {
  for (;;) {
    const isHeld = (r: Body): boolean => r.phase === 'paused' || r.waitingFor?.kind === 'approval';
    const isEnded = (r: Body): boolean => r.endedAt !== null;
    const { phase } = await lab.until(id, (r) => isHeld(r) || isEnded(r));
    if (phase !== 'paused' && phase !== 'waiting') return phase;
    const { status } = await lab.send(id, phase === 'paused' ? 'resume' : 'approve');
    expect(status).toBe(202);
    await lab.host.advance(5000);
  }
}

const ALL = Array.from({ length: 10 }, (_, index) => String(index));

/** Sends one command that is accepted, and judges by the simulator's log what came of it. */
export async function expectAccepted(scene: Scene, { command, body }: Cell): Promise<void> {
  const { lab, id } = await enter(scene);
  await using _ = lab;
  const from = writes(lab.log).length;
  const isGated = (await lab.get(id)).waitingFor?.kind === 'approval';
  expect((await lab.send(id, command, body)).status).toBe(202);
  const judge = JUDGES[GOES_TO_AZURE[command]?.['goes to Azure'] ?? ''];
  if (judge === undefined) throw new Error(`docs/API.md does not say what ${command} sends`);
  await judge({ lab, id, scene, from, named: namedBy(scene, body), isGated });
}

interface Sent {
  readonly lab: Lab;
  readonly id: string;
  readonly scene: Scene;
  /** How many writes there were before the command. */
  readonly from: number;
  readonly named: readonly string[];
  readonly isGated: boolean;
}

/** The instances that a command names: batch `k` has `k` and `k + 5`. */
function namedBy({ batch = 0 }: Scene, body: Record<string, unknown>): readonly string[] {
  if (Array.isArray(body['instances'])) return body['instances'].map(String);
  const named = Number(body['batch'] ?? batch);
  return [String(named), String(named + 5)];
}

function upgradedSince({ lab, from }: Sent): readonly string[] {
  return sentIn(lab, from)
    .filter(({ operation }) => operation === 'manualupgrade')
    .flatMap(({ instances }) => instances)
    .toSorted((a, b) => Number(a) - Number(b));
}

const HOUR = 3600_000;

const JUDGES: Readonly<Record<string, (sent: Sent) => Promise<void>>> = {
  async nothing({ lab, id, from }) {
    await lab.toEnd(id);
    await lab.host.advance(HOUR);
    expect(sentIn(lab, from)).toEqual([]);
  },
  async 'nothing until it goes on'({ lab, from }) {
    await lab.host.advance(HOUR);
    expect(sentIn(lab, from)).toEqual([]);
  },
  async 'what is left'(sent) {
    const { lab, id, scene } = sent;
    const end = await goOn(lab, id);
    const isUndone = scene.column.startsWith('rolling back');
    expect(end).toBe(isUndone ? 'rolledBack' : scene.failed !== undefined ? 'halted' : 'succeeded');
    const touched = scene.touched ?? [];
    expect(upgradedSince(sent)).toEqual(isUndone ? touched : ALL.filter((one) => !touched.includes(one)));
  },
  async 'the batch'(sent) {
    const { lab, id, named } = sent;
    if ((await lab.get(id)).phase === 'paused') {
      await lab.host.advance(HOUR);
      expect(upgradedSince(sent)).toEqual([]);
      await lab.send(id, 'resume');
    }
    await lab.until(id, (r) => r.waitingFor?.kind === 'approval' && r.waitingFor.batch === 2);
    await lab.host.advance(HOUR);
    expect(upgradedSince(sent)).toEqual(named);
  },
  async 'what was touched, as it was before'(sent) {
    const { lab, id, scene } = sent;
    await lab.toEnd(id);
    expect(upgradedSince(sent)).toEqual(scene.touched ?? []);
    expect(modelImage(lab) ?? OLD).toBe(OLD);
  },
  async 'the failed ones that it names'(sent) {
    const { lab, id, scene, named } = sent;
    // It fails once more, and pauses.
    await lab.until(id, 'paused');
    await lab.host.advance(HOUR);
    expect(upgradedSince(sent)).toEqual(named.filter((one) => scene.failed?.includes(one)));
    expect(modelImage(lab)).toBe(NEW);
  },
  async 'what is left without those that it names'(sent) {
    const { lab, id, scene, from, named, isGated } = sent;
    if (scene.phase === 'paused' || isGated) {
      await lab.host.advance(HOUR / 4);
      expect(sentIn(lab, from)).toEqual([]);
    }
    await goOn(lab, id);
    const over = [...named, ...(scene.touched ?? [])];
    expect(upgradedSince(sent)).toEqual(ALL.filter((one) => !over.includes(one)));
  },
  async 'the protection of those that it names'(sent) {
    const { lab, id, scene, from, named } = sent;
    await lab.host.advance(HOUR / 4);
    expect(sentIn(lab, from)).toEqual(named.map((one) => ({ operation: 'putInstance', instances: [one] })));
    await goOn(lab, id);
    expect(upgradedSince(sent)).toEqual(ALL.filter((one) => scene.touched?.includes(one) === false));
  },
};
