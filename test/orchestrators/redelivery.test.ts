import { expect, it } from 'vitest';
import { acceptedUpgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { expectImages, expectSafe } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';
import type { Body, LabOptions } from '../lab/lab.ts';

const FIVE_MINUTES = 5 * 60_000;
/** What the real extension takes where host.json does not shorten it (golden 6.2). */
const REDELIVERY = { messagesMs: FIVE_MINUTES, activitiesMs: FIVE_MINUTES };

/** The host dies in the first two runs of every activity, by its name, before what it did is kept; and in every nth turn. */
function deaths(everyTurn: number): { hooks: NonNullable<LabOptions['hooks']>; died: string[] } {
  const died: string[] = [];
  let turns = 0;
  const hooks: LabOptions['hooks'] = {
    afterActivityBeforeCommit({ name }) {
      if (died.filter((one) => one === name).length === 2) return undefined;
      died.push(name);
      return 'crash';
    },
    beforeTurnCommit() {
      turns += 1;
      return turns % everyTurn === 0 ? 'crash' : undefined;
    },
  };
  return { hooks, died };
}

/** golden 6: the rollout's workflow stands still for minutes and is neither lost nor stuck. */
it.each([
  { name: 'to its end', phase: 'succeeded', image: NEW, faults: [] },
  {
    name: 'and takes a bad image back',
    phase: 'rolledBack',
    image: OLD,
    faults: [{ kind: 'badImage' as const, version: NEW, updateDomains: [1] }],
  },
])('goes on $name though every death of the host costs five minutes', async ({ phase, image, faults }) => {
  const { hooks, died } = deaths(15);
  await using lab = await startLab({
    count: 6,
    faults,
    hooks,
    redelivery: REDELIVERY,
    timers: 'onSchedule',
  });
  const began = lab.host.clock.now();
  const id = await lab.start({ soakSeconds: 60 });
  const waits = new Set<string>();
  await lab.until(id, (rollout) => {
    waits.add(rollout.waitingFor?.kind ?? 'nothing');
    return rollout.phase === phase;
  });
  expect(died.length).toBeGreaterThan(5);
  expect(lab.host.clock.now() - began).toBeGreaterThan(died.length * FIVE_MINUTES);
  // The app's own timer function looked in each of those minutes.
  expect(waits).not.toContain('recovery');
  const { value } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  expect(value.filter(({ kind }: Body) => kind === 'recovered')).toEqual([]);
  expectImages(lab, image);
  expectSafe(lab, { floor: 4, mostDisruptions: phase === 'rolledBack' ? 2 : 1 });
  const perInstance = Object.values(acceptedUpgradesPerInstance(lab.log));
  expect(Math.max(...perInstance)).toBeLessThanOrEqual(phase === 'rolledBack' ? 2 : 1);
});
