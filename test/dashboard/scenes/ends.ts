import { NEW, scaleSetId } from '../../lab/names.ts';
import { startPageLab } from '../support/page-lab.ts';
import { MINUTE, setPath } from './scene.ts';
import type { Take } from './scene.ts';

/** A rollout that fails in its second domain, and each way on from there; another one waits meanwhile. */
export async function failed(shoot: Take): Promise<void> {
  await using place = await startPageLab({
    scaleSets: [
      { name: 'web', count: 15 },
      { name: 'api', count: 10 },
    ],
    faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }],
  });
  const { lab } = place;
  const other = await lab.start({
    scaleSet: scaleSetId('api'),
    approvals: { before: [0] },
    reason: 'hot fix',
  });
  const id = await lab.start({ onFailure: 'pause', reason: 'October image' });
  await lab.until(id, 'paused');
  await lab.until(other, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await lab.host.advance(4 * MINUTE);
  const path = `/rollouts/${id}`;
  await shoot(place, { name: 'rollout-paused', path });
  await shoot(place, { name: 'on-call-busy', path: '/on-call' });
  await lab.send(id, 'rollback', { reason: 'wrong image' });
  await lab.until(id, 'rollingBack');
  await lab.host.advance(MINUTE);
  await shoot(place, { name: 'rollout-rolling-back', path });
  await lab.toEnd(id);
  await shoot(place, { name: 'rollout-rolled-back', path });
  const halted = await lab.start({ onFailure: 'halt', reason: 'once more' });
  await lab.toEnd(halted);
  await shoot(place, { name: 'rollout-halted', path: `/rollouts/${halted}` });
  await lab.call('POST', '/freeze', { reason: 'an incident in West Europe' });
  await shoot(place, { name: 'on-call-frozen', path: '/on-call' });
}

/** One that goes on by itself, and comes to its end. */
export async function succeeded(shoot: Take): Promise<void> {
  await using place = await startPageLab({ count: 15 });
  const { lab } = place;
  const id = await lab.start({ reason: 'October image' });
  await lab.until(id, ({ batch, phase }) => batch === 2 && phase === 'upgrading');
  await lab.host.advance(MINUTE);
  await shoot(place, { name: 'rollout-upgrading', path: `/rollouts/${id}` });
  await lab.toEnd(id);
  await shoot(place, { name: 'rollout-succeeded', path: `/rollouts/${id}` });
}

/** A thousand instances in ten placement groups, half-way. */
export async function thousand(shoot: Take): Promise<void> {
  await using place = await startPageLab({
    scaleSets: [{ name: 'web', count: 1000, properties: { singlePlacementGroup: false } }],
  });
  const { lab } = place;
  const id = await lab.start({ approvals: { before: [2] } });
  await lab.until(id, ({ waitingFor }) => waitingFor?.kind === 'approval');
  await shoot(place, { name: 'scale-set-thousand', path: setPath('web'), height: 1000 });
  await shoot(place, { name: 'rollout-thousand', path: `/rollouts/${id}`, height: 1000 });
}
