import { expect } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { canonical } from '../../local/simulator/model/json.ts';
import { upgradesPerInstance } from '../../local/simulator/log/judge.ts';
import { belowFloor } from '../../local/simulator/log/serving.ts';
import { startLab } from './lab.ts';
import type { Body, Lab } from './lab.ts';
import type { EveryChange } from './every-change.ts';
import { readTruth } from './truth.ts';
import type { Truth } from './truth.ts';

export const WAYS = [
  'by failure',
  'by command in the middle',
  'after the end',
  'and the undoing undone',
] as const;
type WayBack = (typeof WAYS)[number];

const HEALTH = { stableSeconds: 0 };
/** Everything that shows on an instance must have gone on its second operation. */
const SECOND: FaultInput = {
  kind: 'operationFails',
  operation: ['manualupgrade', 'reimage', 'start'],
  nth: 2,
};

/** Makes a change, undoes it one way, and judges by what the service itself answers before and afterwards. */
export async function undo(kind: EveryChange, way: WayBack): Promise<void> {
  await using lab = await startLab({
    count: 5,
    ...kind.options,
    ...(way === 'by failure' && { faults: [SECOND] }),
  });
  for (const version of kind.galleryVersions ?? []) {
    lab.sim.publishGalleryVersion({ resourceGroup: 'rollout', gallery: 'shop', image: 'app', version });
  }
  if (kind.imageVersion !== undefined) {
    for (const sku of ['22_04-lts-gen2', '22_04-lts'])
      lab.sim.publishImage({ version: kind.imageVersion, sku });
  }
  const before = await readTruth(lab);
  const spec = { change: kind.change, strategy: kind.strategy ?? {}, health: HEALTH };
  switch (way) {
    case 'by failure': {
      const rollout = await lab.rollOut(spec);
      expectEnd(rollout, kind, 'rolledBack');
      break;
    }
    case 'by command in the middle': {
      const id = await lab.start(spec);
      await lab.until(id, (rollout) => isInTheMiddle(rollout, kind));
      expect((await lab.send(id, 'rollback')).status).toBe(202);
      expectEnd(await lab.toEnd(id), kind, 'rolledBack');
      break;
    }
    case 'after the end': {
      const { id } = await made(lab, spec, before);
      expectEnd(await undone(lab, spec, id), kind, 'succeeded');
      break;
    }
    case 'and the undoing undone': {
      const first = await made(lab, spec, before);
      const after = await readTruth(lab);
      const undoing = await undone(lab, spec, first.id);
      expectEnd(undoing, kind, 'succeeded');
      const again = await undone(lab, spec, undoing.id);
      expect(again.phase).toBe('succeeded');
      // Also on the way there and back again `latest` is pinned to what the instances ran.
      expectSame(await readTruth(lab), after, { pinnedTo: kind.pinnedTo && kind.imageVersion });
      expectEnd(await undone(lab, spec, again.id), kind, 'succeeded');
      break;
    }
  }
  expectSame(await readTruth(lab), before, kind);
  expect(belowFloor(lab.log, kind.class === 'none' ? 5 : 4)).toEqual([]);
  expect(lab.host.diagnostics).toEqual([]);
  expectUntouched(lab, way);
}

/** A rollout that ran to its end, and really changed something. */
async function made(lab: Lab, spec: Record<string, unknown>, before: Truth): Promise<Body> {
  const rollout = await lab.rollOut(spec);
  expect(rollout).toMatchObject({ phase: 'succeeded' });
  const after = await readTruth(lab);
  const secretOnly = JSON.stringify(spec).includes('acceptIrreversible');
  if (!secretOnly) expect(after.model).not.toBe(before.model);
  return rollout;
}

async function undone(lab: Lab, spec: Record<string, unknown>, id: string): Promise<Body> {
  return lab.rollOut({ change: {}, rollbackOf: id, strategy: spec['strategy'], health: HEALTH });
}

function isInTheMiddle({ phase, batch, instances }: Body, { modelOnly }: EveryChange): boolean {
  return modelOnly === true ? phase === 'applyingModel' : batch === 2 && instances.upgrading > 0;
}

function expectEnd(rollout: Body, { irreversible }: EveryChange, phase: string): void {
  const end = { phase: rollout.phase, failure: irreversible ? rollout.failure?.code : undefined };
  expect({ ...end, why: rollout.failure?.message }).toMatchObject(
    irreversible ? { phase: 'halted', failure: 'irreversibleChange' } : { phase },
  );
}

function expectSame(
  now: Truth,
  before: Truth,
  { pinnedTo }: { readonly pinnedTo?: string | undefined },
): void {
  expect(JSON.parse(now.model)).toEqual(pinned(JSON.parse(before.model), pinnedTo));
  expect(now.model).toBe(canonical(pinned(JSON.parse(before.model), pinnedTo)));
  expect(now.images).toEqual(before.images);
  expect(now.instances).toEqual(before.instances);
}

function pinned(model: Body, version: string | undefined): Body {
  if (version !== undefined)
    model.properties.virtualMachineProfile.storageProfile.imageReference.version = version;
  return model;
}

/** Instances of batches that were never begun have had nothing done to them. */
function expectUntouched(lab: Lab, way: WayBack): void {
  if (way === 'by failure' || way === 'by command in the middle') {
    const disturbed = Object.keys(upgradesPerInstance(lab.log)).map(Number);
    expect(Math.max(-1, ...disturbed)).toBeLessThanOrEqual(way === 'by failure' ? 1 : 2);
  }
}
