import { expect, it } from 'vitest';
import { imagesNow, modelNow, upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { writes } from '../lab/judge.ts';
import { NEW, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import type { Body } from '../lab/lab.ts';

const NEWEST = '22.04.202612120';
const LATEST = {
  publisher: 'Canonical',
  offer: '0001-com-ubuntu-server-jammy',
  sku: '22_04-lts-gen2',
  version: 'latest',
};

/** The model says latest, instance 1 has got a new disk since a newer image came out, the others have not. */
async function drifted() {
  const lab = await startLab({ count: 5, image: LATEST });
  lab.sim.publishImage({ version: NEWEST });
  lab.sim.inject({ kind: 'repair', atSeconds: 1, instances: ['1'], action: 'Reimage' });
  await lab.host.advance(900_000);
  expect(imagesNow(lab.log)).toEqual({ 0: NEW, 1: NEWEST, 2: NEW, 3: NEW, 4: NEW });
  return lab;
}

function olderIn({ warnings }: Body): string {
  return warnings.find(({ code }: Body) => code === 'olderThanLatest')?.message ?? '';
}

it('is shown for each instance, although every one of them is on the model', async () => {
  await using lab = await drifted();
  const { body } = await lab.call('GET', `/scale-sets/${SUBSCRIPTION}/rollout/web/instances`);
  expect(
    body.value.map(({ instanceId, image, latestModelApplied }: Body) => [
      instanceId,
      image.now ?? image,
      latestModelApplied,
    ]),
  ).toEqual([
    ['0', NEW, true],
    ['1', NEWEST, true],
    ['2', NEW, true],
    ['3', NEW, true],
    ['4', NEW, true],
  ]);
});

it('is warned of by a plan of nothing, which moves nobody', async () => {
  await using lab = await drifted();
  const { body } = await lab.call('POST', '/plans', { scaleSet: WEB, change: {} });
  expect(olderIn(body)).toContain(NEWEST);
  expect(olderIn(body)).toContain('instances 0, 2, 3, 4 ');
  expect(body.batches).toEqual([]);
  const rollout = await lab.rollOut({ change: {} });
  expect(rollout).toMatchObject({ phase: 'succeeded', noop: true });
  expect(olderIn((await lab.call('GET', `/rollouts/${rollout.id}/plan`)).body)).not.toBe('');
  expect(writes(lab.log)).toEqual([]);
});

it('is moved by "version": "latest", which names the exact one and disturbs nobody who runs it', async () => {
  await using lab = await drifted();
  const rollout = await lab.rollOut({ change: { image: { version: 'latest' } } });
  expect(rollout.phase).toBe('succeeded');
  expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([NEWEST]));
  expect(modelNow(lab.log)?.image['version']).toBe(NEWEST);
  expect(Object.keys(upgradesPerInstance(lab.log))).toEqual(['0', '2', '3', '4']);
  const { body } = await lab.call('GET', `/rollouts/${rollout.id}/instances`);
  expect(body.value.map(({ image }: Body) => image)).toEqual(
    ['0', '1', '2', '3', '4'].map((id) => ({ before: id === '1' ? NEWEST : NEW, now: NEWEST })),
  );
});

// Feature [Undo] A pinned image is named at the end, with those that ran another one (Undo)
it('where instances differ a rollback pins the commonest, and says who ran another one', async () => {
  await using lab = await drifted();
  const id = await lab.start({
    change: { image: { version: '22.04.202610080' } },
    health: { stableSeconds: 0 },
  });
  await lab.until(id, ({ batch, instances }) => batch === 2 && instances.upgrading > 0);
  await lab.send(id, 'rollback');
  const path = 'virtualMachineProfile.storageProfile.imageReference.version';
  expect(await lab.toEnd(id)).toMatchObject({
    phase: 'rolledBack',
    left: {
      model: 'before',
      pinned: { path, was: 'latest', now: NEW, others: [{ image: NEWEST, instances: ['1'] }] },
    },
  });
  const plan = (await lab.call('GET', `/rollouts/${id}/plan`)).body;
  const warning = plan.warnings.find(({ code }: Body) => code === 'rollbackPinsVersion').message;
  expect(warning).toContain(`instance 1 ran ${NEWEST}`);
  const { value: events } = (await lab.call('GET', `/rollouts/${id}/events`)).body;
  const restored = events.find(({ kind }: Body) => kind === 'modelRestored').message;
  expect(restored).toContain(`pinned from latest to ${NEW}; instance 1 ran ${NEWEST}`);
  expect(new Set(Object.values(imagesNow(lab.log)))).toEqual(new Set([NEW]));
  // And back to latest on request only.
  const again = await lab.rollOut({ change: { set: { [path]: 'latest' } } });
  expect(again.phase).toBe('succeeded');
  expect(modelNow(lab.log)?.image['version']).toBe('latest');
});
