import { expect } from 'vitest';
import { dieAtCall } from './die.ts';
import { writes } from './judge.ts';
import { startLab, WEB } from './lab.ts';
import type { Body, Lab } from './lab.ts';

/** A change of class none, so that it is quick, and told apart in the simulator's log. */
export const turn = (name: string, more: object = {}) => ({
  change: { set: { 'tags.turn': name } },
  onBusy: 'queue',
  ...more,
});

/** The same, in the place of those of its pipeline that wait. */
export const ofPipeline = (name: string, more: object = {}) =>
  turn(name, { onBusy: 'replace', labels: { pipeline: 'shop' }, ...more });

/** The changes that reached the model, by the simulator's log: the tag `turn`, else the image's version. */
export function changesIn(lab: Pick<Lab, 'log'>): readonly string[] {
  return writes(lab.log).flatMap(({ method, status, body }) => {
    if (method !== 'PATCH' || status === null || status >= 300) return [];
    const { tags, properties } = body as Body;
    if (tags?.turn !== undefined) return [tags.turn];
    const version = properties?.virtualMachineProfile?.storageProfile?.imageReference?.version;
    return version === undefined ? [] : [version];
  });
}

const STARTS = [
  ['one', turn('one')],
  ['old', ofPipeline('old')],
  ['three', turn('three')],
  ['newer', ofPipeline('newer')],
] as const;

const ENDS = { one: 'succeeded', old: 'cancelled', three: 'succeeded', newer: 'succeeded' };

/** Sends what was not answered again, as a client does that has a key. */
async function startAll(lab: Lab, onDeath: () => void): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [key, spec] of STARTS) {
    const send = () => lab.call('POST', '/rollouts', { scaleSet: WEB, ...spec }, { 'idempotency-key': key });
    let reply = await send();
    if (reply.status === 503) {
      onDeath();
      reply = await send();
    }
    expect([key, reply.status]).toEqual([key, 202]);
    ids.push(reply.body.id);
  }
  return ids;
}

async function toEnds(lab: Lab, ids: readonly string[]): Promise<unknown> {
  const phases: string[] = [];
  for (const id of ids) phases.push((await lab.toEnd(id, 7200)).phase);
  return Object.fromEntries(STARTS.map(([name], index) => [name, phases[index]]));
}

/** How many calls of the store all of it takes. */
async function countCalls(): Promise<{ readonly starting: number; readonly all: number }> {
  await using lab = await startLab({ count: 2 });
  const before = lab.store.calls.length;
  const ids = await startAll(lab, () => undefined);
  const starting = lab.store.calls.length - before;
  await toEnds(lab, ids);
  return { starting, all: lab.store.calls.length - before };
}

/** Four rollouts of one set, one of them replaced while it waits; the process dies at one call of the store after another. */
export async function dieInQueue(pick: (calls: number) => readonly number[]): Promise<number> {
  const { starting, all } = await countCalls();
  const calls = pick(all);
  for (const call of calls) {
    for (const when of ['before', 'after'] as const) {
      await using lab = await startLab({ count: 2, timers: 'onSchedule' });
      const revive = (): void => {
        lab.host.restart();
        lab.store.heal();
      };
      if (call <= starting) lab.store.fail({ call: lab.store.calls.length + call, when, forGood: true });
      const ids = await startAll(lab, revive);
      if (call > starting) await dieAtCall(lab, call - starting, when);
      else revive();
      const ends = await toEnds(lab, ids);
      expect({ call, when, ends }).toEqual({ call, when, ends: ENDS });
      const changes = changesIn(lab).filter((name, index, names) => name !== names[index - 1]);
      expect({ call, when, changes }).toEqual({ call, when, changes: ['one', 'newer', 'three'] });
      expect(lab.host.diagnostics).toEqual([]);
    }
  }
  return calls.length;
}
