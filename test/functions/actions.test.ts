import { expect, it } from 'vitest';
import { writes } from '../lab/judge.ts';
import { startLab, WEB } from '../lab/lab.ts';
import { acts } from '../lab/power.ts';

const PATH = `/scale-sets/${WEB.split('/')[2]}/rollout/web`;

// Feature [API] Power actions on the set, domains or instances are rollouts with lease, plan, fences and events (API)
it('makes a rollout of an action on a scale set', async () => {
  await using lab = await startLab();
  const started = await lab.call('POST', `${PATH}/restart`, { instances: ['3', '7'], reason: 'hung' });
  expect(started.status).toBe(202);
  expect(started.headers.get('location')).toBe(`/api/rollouts/${started.body.id}`);
  const ended = await lab.toEnd(started.body.id);
  expect(ended).toMatchObject({ phase: 'succeeded', reason: 'hung', instances: { total: 2, upgraded: 2 } });
  // Of two update domains: one after the other.
  expect(acts(lab)).toEqual(['restart 7', 'restart 3']);
  const { body } = await lab.call('GET', `/rollouts/${started.body.id}/events`);
  expect(body.value.map(({ message }: { message: string }) => message)).toContain(
    'about to restart instance 7',
  );
});

// Feature [API] While a scale set is held an action answers 409 with the holder (API)
it('names who holds the scale set', async () => {
  await using lab = await startLab();
  const holder = await lab.start();
  const refused = await lab.call('POST', `${PATH}/powerOff`, { updateDomains: [2] });
  expect(refused).toMatchObject({ status: 409, body: { code: 'scaleSetBusy', rolloutId: holder } });
  expect(acts(lab)).toEqual([]);
});

it('takes a capacity with scale, and with nothing else', async () => {
  await using lab = await startLab();
  for (const [action, body] of [
    ['scale', {}],
    ['restart', { capacity: 3 }],
  ] as const) {
    const refused = await lab.call('POST', `${PATH}/${action}`, body);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'capacity' }] } });
  }
  const scaled = await lab.call('POST', `${PATH}/scale`, { capacity: 16 });
  expect(await lab.toEnd(scaled.body.id)).toMatchObject({ phase: 'succeeded' });
  expect(lab.sim.scaleSet('web')?.instances).toHaveLength(16);
});

it('deletes nothing unless it is named', async () => {
  await using lab = await startLab();
  const refused = await lab.call('POST', `${PATH}/delete`, { acceptIrreversible: true });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'instances' }] } });
  const unaccepted = await lab.call('POST', `${PATH}/delete`, { instances: ['3'] });
  expect(await lab.toEnd(unaccepted.body.id)).toMatchObject({
    phase: 'refused',
    failure: { code: 'irreversibleChange' },
  });
  expect(writes(lab.log)).toEqual([]);
});

it('refuses what it does not know', async () => {
  await using lab = await startLab();
  const refused = await lab.call('POST', `${PATH}/restart`, { instance: '3' });
  expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'instance' }] } });
});
