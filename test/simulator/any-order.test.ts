import { array, assert, asyncProperty, constantFrom, integer, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { imagePatch, NEW, OLD, SET, startLab, type Answer, type Lab } from './lab.ts';

const POSTS = [
  'manualupgrade',
  'reimage',
  'reimageall',
  'start',
  'restart',
  'redeploy',
  'poweroff',
  'deallocate',
  'reapply',
  'delete',
] as const;
const OTHERS = [
  'scaleOut',
  'scaleIn',
  'newImage',
  'oldImage',
  'put',
  'extension',
  'noExtension',
  'rolling',
  'manual',
  'automatic',
  'osRollingUpgrade',
  'cancel',
  'deleteInstance',
  'restartInstance',
  'protect',
] as const;

type Post = (typeof POSTS)[number];
type Deed = Post | (typeof OTHERS)[number];

function isPost(deed: Deed): deed is Post {
  return POSTS.some((post) => post === deed);
}

const STEP = record({
  deed: constantFrom<Deed>(...POSTS, ...OTHERS),
  pick: integer({ min: 0, max: 20 }),
  seconds: constantFrom(0, 1, 20, 100, 400),
});

const mode = (name: string): object => ({ properties: { upgradePolicy: { mode: name } } });

/** One write of somebody who does not look before. */
function act(lab: Lab, deed: Deed, pick: number, capacity: number): Promise<Answer> {
  const set = lab.sim.scaleSet('web');
  const ids = set?.instances.map(({ instanceId }) => instanceId) ?? [];
  const id = ids[pick % Math.max(1, ids.length)] ?? '0';
  const vm = `${SET}/virtualMachines/${id}`;
  if (isPost(deed)) {
    return lab.call('POST', `${SET}/${deed}`, { instanceIds: pick % 5 === 0 ? ['*'] : [id] });
  }
  const deeds: Record<Exclude<Deed, Post>, () => Promise<Answer>> = {
    scaleOut: () => lab.patch({ sku: { capacity: capacity + 1 } }),
    scaleIn: () => lab.patch({ sku: { capacity: Math.max(1, capacity - 1) } }),
    newImage: () => lab.patch(imagePatch({ version: NEW })),
    oldImage: () => lab.patch(imagePatch({ version: OLD })),
    put: () => lab.call('PUT', SET, { location: 'westeurope', tags: { pick: String(pick) } }),
    extension: () =>
      lab.call('PUT', `${SET}/extensions/app`, {
        properties: { publisher: 'P', type: 'T', typeHandlerVersion: '1.0', forceUpdateTag: String(pick) },
      }),
    noExtension: () => lab.call('DELETE', `${SET}/extensions/app`),
    rolling: () => lab.patch(mode('Rolling')),
    manual: () => lab.patch(mode('Manual')),
    automatic: () => lab.patch(mode('Automatic')),
    osRollingUpgrade: () => lab.call('POST', `${SET}/osRollingUpgrade`),
    cancel: () => lab.call('POST', `${SET}/rollingUpgrades/cancel`),
    deleteInstance: () => lab.call('DELETE', vm),
    restartInstance: () => lab.call('POST', `${vm}/restart`),
    protect() {
      const protectFromScaleIn = pick % 2 === 0;
      const protectionPolicy = { protectFromScaleIn, protectFromScaleSetActions: protectFromScaleIn };
      return lab.call('PUT', vm, { location: 'westeurope', properties: { protectionPolicy } });
    },
  };
  return deeds[deed]();
}

describe('writes in any order', () => {
  it('are accepted or refused, end, and leave as many instances as the capacity says', async () => {
    await assert(
      asyncProperty(
        array(STEP, { minLength: 1, maxLength: 14 }),
        integer({ min: 0, max: 1000 }),
        async (steps, seed) => {
          const lab = startLab({
            count: 4,
            seed,
            properties: { overprovision: seed % 3 === 0 },
            profile: { duringRollingUpgrade: seed % 2 === 0 ? 'refuse' : 'supersede' },
          });
          for (const { deed, pick, seconds } of steps) {
            const before: number = (await lab.call('GET', SET)).body.sku.capacity;
            const answer = await act(lab, deed, pick, before);
            expect([200, 201, 202, 204, 400, 404, 409]).toContain(answer.status);
            lab.pass(seconds);
          }
          lab.pass(8 * 3600);
          const open = new Map<string, string>();
          for (const entry of lab.sim.log)
            if (entry.kind === 'operation') open.set(entry.operationId, entry.status);
          expect([...open.values()]).not.toContain('InProgress');
          const set = lab.sim.scaleSet('web');
          const { capacity } = (await lab.call('GET', SET)).body.sku;
          expect(set?.instances.length).toBe(capacity);
          expect(['Succeeded', 'Failed']).toContain(set?.provisioningState);
          for (const { provisioningState, power, serving } of set?.instances ?? []) {
            expect(['Succeeded', 'Failed']).toContain(provisioningState);
            expect([
              ['running', true],
              ['stopped', false],
              ['deallocated', false],
            ]).toContainEqual([power, serving]);
          }
          const listed: { instanceId: string }[] = (await lab.list()).body.value;
          expect(listed.map(({ instanceId }) => instanceId)).toEqual(
            set?.instances.map(({ instanceId }) => instanceId),
          );
        },
      ),
      { numRuns: 250, seed: 5 },
    );
  });
});
