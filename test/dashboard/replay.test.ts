import { describe, expect, it } from 'vitest';
import { instancesAt } from '../../dashboard/view/replay.ts';
import { startLab } from '../lab/lab.ts';

describe('a look back', () => {
  // Feature [The page] A slider that replays the heat map from the events (Q79)
  it('shows every rollout, after its last event, as it is: forward, and there and back', async () => {
    for (const goesBack of [false, true]) {
      await using lab = await startLab({ count: 6 });
      const id = await lab.start({ approvals: { before: [3] } });
      await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
      await lab.send(id, goesBack ? 'rollback' : 'approve');
      await lab.toEnd(id);
      const { value: events } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
      const { value: instances } = (await lab.call('GET', `/rollouts/${id}/instances`)).body;
      const last = events.at(-1).sequence;
      expect(phases(instancesAt(instances, events, last))).toEqual(phases(instances));

      const asked = events.find(({ kind }: { kind: string }) => kind === 'approvalRequested').sequence;
      expect(phases(instancesAt(instances, events, asked))).toEqual({
        '0': 'succeeded',
        '1': 'succeeded',
        '2': 'succeeded',
        '3': 'next',
        '4': 'pending',
        '5': 'succeeded',
      });
      expect(new Set(Object.values(phases(instancesAt(instances, events, 0))))).toEqual(new Set(['pending']));
    }
  });
});

function phases(instances: readonly { readonly instanceId: string; readonly phase: string }[]) {
  return Object.fromEntries(instances.map(({ instanceId, phase }) => [instanceId, phase]));
}
