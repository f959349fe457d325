import { expect } from 'vitest';
import type { Ports } from '../../src/activities/frame/ports.ts';
import type { Post } from '../../src/outbound/port.ts';
import { dieAtCall } from './die.ts';
import { startLab } from './lab.ts';
import type { Body, Lab } from './lab.ts';
import { eventsOf, setNotices } from './notices.ts';
import type { Received } from './receiver.ts';

const SETTINGS = {
  hosts: ['hooks.example.com'],
  targets: [
    { kind: 'webhook', name: 'hook', url: 'https://hooks.example.com/', secret: 'ROLLOUT_NOTICE_HOOK' },
  ],
  routes: [{ targets: ['hook'] }],
};

interface Sent extends AsyncDisposable {
  readonly lab: Lab;
  readonly received: readonly Received[];
}

/** A lab whose timers run, and whose notices go to a receiver that is always there. */
async function begun(): Promise<Sent> {
  const received: Received[] = [];
  const post = ({ url: path, headers, body }: Post) => {
    received.push({ path, headers, body });
    return Promise.resolve({ kind: 'taken' } as const);
  };
  const secrets = { ROLLOUT_NOTICE_HOOK: 'a-secret-of-more-than-32-characters-1' };
  const ports: Partial<Ports> = { notices: { post, secrets, loopback: false } };
  const lab = await startLab({ count: 2, timers: 'onSchedule', ports });
  await setNotices(lab, SETTINGS);
  return { lab, received, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
}

const SPEC = {
  approvals: { before: 'rollout' },
  strategy: { maxUnavailable: '50%' },
  health: { stableSeconds: 0 },
};

/** Approved as soon as it asks, by somebody who does not mind that the app was away. */
async function toEnd(lab: Lab, id: string): Promise<void> {
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await lab.send(id, 'approve');
  await lab.toEnd(id);
  // Whoever had a delivery in hand when it died has it no longer after a minute.
  await lab.host.advance(150_000);
}

/** How often such a rollout, and what sends its notices, calls the store. */
export async function countCalls(): Promise<number> {
  await using probe = await begun();
  const before = probe.lab.store.calls.length;
  await toEnd(probe.lab, await probe.lab.start(SPEC));
  return probe.lab.store.calls.length - before;
}

/** The process dies at a call to the store, after its start; nothing is lost, and nothing is told that is not so. */
export async function dieAndTell(call: number, when: 'before' | 'after'): Promise<number> {
  await using sent = await begun();
  const { lab } = sent;
  const id = await lab.start(SPEC);
  await dieAtCall(lab, call, when);
  await toEnd(lab, id);
  await expectTold(sent, id);
  return sent.received.length;
}

async function expectTold({ lab, received }: Sent, id: string): Promise<void> {
  const events = eventsOf(received);
  const { value: trail } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  const kinds = (all: readonly Body[], kind: string): number =>
    all.filter((one) => (one.kind ?? one.data.kind) === kind).length;
  const phases = events
    .filter(({ data }) => data.kind === 'phaseChanged' || data.kind === 'ended')
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ data: { before, phase } }) => ({ before, phase }));
  // A phase that was lost or made up breaks the chain.
  expect(phases[0]).toEqual({ before: undefined, phase: 'accepted' });
  expect(phases.slice(1).map(({ before }) => before)).toEqual(phases.slice(0, -1).map(({ phase }) => phase));
  expect(phases.at(-1)).toMatchObject({ phase: (await lab.get(id)).phase });
  expect(kinds(events, 'approvalRequested')).toBe(kinds(trail, 'approvalRequested'));
  expect(kinds(events, 'recovered')).toBe(kinds(trail, 'recovered'));
  expect(kinds(events, 'ended')).toBe(1);
  const { documents } = lab.store;
  const left = [
    ...(await documents.list('notices', 'following')),
    ...(await documents.list('notices', 'queue')),
    ...(await documents.list('notices', 'dead')),
    ...(await documents.list('rollouts', id, { after: 'outbox-', before: 'outbox.' })),
  ];
  expect(left.map(({ row }) => row)).toEqual([]);
}
