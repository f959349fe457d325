import { isNoWork, isSameDisk } from '../instance/disks.ts';
import type { DataDisk, DiskWork, InstanceDisks, ShownDisk } from '../instance/disks.ts';
import type { Instance } from '../instance/instances.ts';
import { diskOn, isAsWanted } from '../instance/shown-disks.ts';
import { refuse } from '../messages/refusals.ts';
import type { Refusal } from '../messages/refusals.ts';
import { refused } from '../messages/refused.ts';
import { applyDelta } from '../model/patch.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Model } from '../model/model.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { Undo } from '../undo/undo.ts';
import { planUndoneDisks } from '../undo/undone-disks.ts';
import { freeLun, LAST_LUN, takenLuns } from './luns.ts';
import type { Selection } from './targets.ts';

type Wish = NonNullable<RolloutSpec['change']['dataDisks']>;
type Attach = NonNullable<Wish['attach']>[number];
type Detach = NonNullable<Wish['detach']>[number];

export interface PlannedDisks {
  readonly kind: 'disks';
  readonly changes: readonly InstanceDisks[];
  /** Where nothing but disks change: the only instances that the rollout is about. */
  readonly only?: Selection;
}

/** The part of a plan that is about data disks of single instances, as the spec or what is undone has it. */
export function disksIn(
  {
    spec,
    model,
    instances,
    undo,
  }: {
    readonly spec: RolloutSpec;
    readonly model: Model;
    readonly instances: readonly Instance[];
    readonly undo?: Undo;
  },
  delta: readonly PropertyChange[],
  selection: Selection,
): PlannedDisks | Refusal {
  const { selected } = selection;
  const wish = spec.change.dataDisks;
  if (undo === undefined && wish === undefined) return { kind: 'disks', changes: [] };
  const readable = delta.filter(({ isSecret }) => isSecret !== true);
  const changes =
    wish === undefined
      ? planUndoneDisks(undo?.disks ?? [], selected, undo?.rollout ?? '')
      : planDisks({ wish, instances, selected, model: applyDelta(model, readable) });
  if ('kind' in changes) return changes;
  const named = namedForDisks(spec.change, undo);
  const isAlone = wish === undefined ? isOfDisksAlone(undo) : Object.keys(spec.change).length === 1;
  if (!isAlone || named.size === 0) return { kind: 'disks', changes };
  const meant = selected.filter(({ instanceId }) => named.has(instanceId));
  return { kind: 'disks', changes, only: { kind: 'selected', selected: meant, excluded: [] } };
}

function isOfDisksAlone(undo: Undo | undefined): boolean {
  const { delta = [], guards = [], started = {} } = undo ?? {};
  return delta.length === 0 && guards.length === 0 && Object.keys(started).length === 0;
}

interface Sight {
  readonly wish: Wish;
  readonly instances: readonly Instance[];
  /** Those that the spec's targets choose. */
  readonly selected: readonly Instance[];
  /** The model as it will be. */
  readonly model: Model;
}

/** Every instance that the spec names for its disks, also those that have them already. */
function namedForDisks({ dataDisks }: RolloutSpec['change'], undo: Undo | undefined): ReadonlySet<string> {
  const { attach = [], detach = [] } = dataDisks ?? {};
  return new Set([...attach, ...detach, ...(undo?.disks ?? [])].map(({ instance }) => instance));
}

/** What is to be attached and detached where; instances that are so already are not in it. */
function planDisks(sight: Sight): readonly InstanceDisks[] | Refusal {
  const { attach = [], detach = [] } = sight.wish;
  const work = new Map<string, { attach: DataDisk[]; detach: DataDisk[] }>();
  for (const { instance } of [...attach, ...detach]) work.set(instance, { attach: [], detach: [] });
  for (const [index, entry] of detach.entries()) {
    const found = diskToDetach(sight, entry, `change.dataDisks.detach.${index}`);
    if (found?.kind === 'refused') return found;
    if (found !== undefined) work.get(entry.instance)?.detach.push(found.disk);
  }
  // Named LUNs are taken before any is chosen, in whatever order they stand.
  const inOrder = [...attach.entries()].sort(([, a], [, b]) => rank(a) - rank(b));
  for (const [index, entry] of inOrder) {
    const planned = work.get(entry.instance) ?? { attach: [], detach: [] };
    const found = diskToAttach(sight, entry, { planned, path: `change.dataDisks.attach.${index}` });
    if (found?.kind === 'refused') return found;
    if (found !== undefined) planned.attach.push(found.disk);
  }
  return [...work].map(([instance, disks]) => ({ instance, ...disks })).filter((disks) => !isNoWork(disks));
}

function rank({ lun }: Attach): number {
  return lun === undefined ? 1 : 0;
}

type Found = { readonly kind: 'disk'; readonly disk: DataDisk } | Refusal | undefined;

function diskToDetach(sight: Sight, entry: Detach, path: string): Found {
  const instance = chosen(sight, entry.instance, `${path}.instance`);
  if ('kind' in instance) return instance;
  const { dataDisks = [] } = instance;
  const { lun, diskId } = entry;
  const disk = diskId === undefined ? dataDisks.find((one) => one.lun === lun) : diskOn(instance, diskId);
  if (disk === undefined) return diskId === undefined ? noSuchLun(entry, `${path}.lun`) : undefined;
  if (disk.isOfModel !== true) return { kind: 'disk', disk: kept(disk) };
  return refuse('diskOfModel', refused.diskOfModel(disk.lun, entry.instance), {
    path,
    lun: String(disk.lun),
  });
}

function noSuchLun({ lun = 0, instance }: Detach, path: string): Refusal {
  return refuse('diskNotFound', refused.noSuchLun(instance, lun), { path });
}

function diskToAttach(
  sight: Sight,
  { instance: id, ...wanted }: Attach,
  { planned, path }: { readonly planned: DiskWork; readonly path: string },
): Found {
  const instance = chosen(sight, id, `${path}.instance`);
  if ('kind' in instance) return instance;
  const holder = sight.instances.find((one) => diskOn(one, wanted.diskId) !== undefined);
  const shown = holder && diskOn(holder, wanted.diskId);
  if (holder !== undefined && shown !== undefined) {
    const isStaying = planned.detach.every(({ diskId }) => !isSameDisk(diskId, wanted.diskId));
    const asWanted = isAsWanted(shown, { ...defined(wanted), lun: wanted.lun ?? shown.lun });
    const isThere = holder === instance && isStaying && asWanted;
    return isThere ? undefined : inUse(wanted.diskId, holder, shown, `${path}.diskId`);
  }
  const taken = takenLuns(sight.model, instance, planned.attach);
  const { lun = freeLun(taken) } = wanted;
  if (lun === undefined) return noFreeLun(id, path);
  const by = taken.get(lun);
  return by === undefined
    ? { kind: 'disk', disk: { ...defined(wanted), lun } }
    : lunTaken(lun, id, by, `${path}.lun`);
}

/** An instance that is named must be there, be chosen and be ours to touch: nobody names one to have it left out. */
function chosen({ instances, selected }: Sight, id: string, path: string): Instance | Refusal {
  const instance = selected.find(({ instanceId }) => instanceId === id);
  if (instance === undefined) {
    const isThere = instances.some(({ instanceId }) => instanceId === id);
    return isThere
      ? refuse('instanceNotTargeted', refused.notTargeted(id), { path })
      : refuse('unknownInstance', refused.noSuchInstance([id]), { path });
  }
  if (!instance.isProtected) return instance;
  return refuse('instanceProtected', refused.isProtected(id), { path });
}

function inUse(diskId: string, { instanceId }: Instance, { lun }: ShownDisk, path: string): Refusal {
  return refuse('diskInUse', refused.diskInUse(diskId, instanceId, lun), { path });
}

function lunTaken(lun: number, instance: string, by: string, path: string): Refusal {
  return refuse('lunTaken', refused.lunTaken(lun, instance, by), { path });
}

function noFreeLun(instance: string, path: string): Refusal {
  return refuse('noFreeLun', refused.noFreeLun(instance, LAST_LUN), { path });
}

/** As it has to be put back, without what only the view says. */
function kept({ isOfModel: _model, isLeaving: _leaving, ...disk }: ShownDisk): DataDisk {
  return disk;
}

function defined({ diskId, lun: _lun, ...options }: Omit<Attach, 'instance'>): Omit<DataDisk, 'lun'> {
  const { caching, deleteOption, writeAcceleratorEnabled } = options;
  return {
    diskId,
    ...(caching !== undefined && { caching }),
    ...(deleteOption !== undefined && { deleteOption }),
    ...(writeAcceleratorEnabled !== undefined && { writeAcceleratorEnabled }),
  };
}
