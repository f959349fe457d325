import { startLab } from '../../test/lab/lab.ts';

export interface Promptness {
  /** Writes after the API has answered a pause. */
  readonly writesAfterPause: number;
  /** Seconds from the end of a failed operation until the rollout is redirected. */
  readonly noticedAfterSeconds: number;
}

/** P3: a pause that was acknowledged lets nothing more out, and a failure is noticed with the next look. */
export async function measurePromptness(count: number, seed: number): Promise<Promptness> {
  return {
    writesAfterPause: await writesAfterPause(count, seed),
    noticedAfterSeconds: await noticedAfter(count, seed),
  };
}

async function writesAfterPause(count: number, seed: number): Promise<number> {
  await using lab = await startLab({ count, seed });
  const id = await lab.start({ strategy: { pacing: 'sliding', maxUnavailable: '20%' } });
  await lab.until(id, ({ instances }) => instances.upgraded > count / 10);
  const reply = await lab.send(id, 'pause');
  if (reply.status >= 300) throw new Error(`The pause was answered with ${reply.status}.`);
  const before = lab.log.length;
  await lab.host.advance(3_600_000);
  return lab.log.slice(before).filter((entry) => entry.kind === 'request' && entry.method !== 'GET').length;
}

async function noticedAfter(count: number, seed: number): Promise<number> {
  const faults = [{ kind: 'operationFails' as const, nth: 2, count: 1, code: 'AllocationFailed' }];
  await using lab = await startLab({ count, seed, faults });
  const rollout = await lab.rollOut({ strategy: { maxUnavailable: '20%' } });
  const failed = lab.log.find((entry) => entry.kind === 'operation' && entry.status === 'Failed');
  const { body } = await lab.call('GET', `/rollouts/${rollout.id}/events`);
  const told = (body.value as { kind: string; time: string }[]).find(({ kind }) => kind === 'redirected');
  return (Date.parse(told?.time ?? '') - (failed?.time ?? Number.NaN)) / 1000;
}
