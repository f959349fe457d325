import { imageReferenceOf } from '../../model/schema.ts';
import { isProtected, type Instance } from '../../store/instance.ts';
import type { Operation } from '../../store/operations.ts';
import {
  pauseSecondsOf,
  type RollingKind,
  type RollingPolicy,
  type RollingUpgrade,
} from '../../store/rolling-upgrade.ts';
import { liveInstances, type ScaleSet } from '../../store/scale-set.ts';
import { scheduleIn, type World } from '../../world.ts';
import { overtake } from '../preempt.ts';
import { upgradeForRolling } from '../upgrade.ts';
import { isWell, nextBatch, unhealthyPercent, walkOrder } from './batch.ts';
import { breach, endUpgrade, ROLLING_PART } from './end.ts';
import { tooManyUnhealthy, tooManyUnhealthyUpgraded } from './errors.ts';
import { restoreInstance } from './restore.ts';
import { canSurge, retire, surge } from './surge.ts';

const LOOK_SECONDS = 5;

/** How long a batch may take to become healthy (arm-vmss.md 3.3). */
const HEALTH_SECONDS = 300;

export interface Started {
  readonly kind: RollingKind;
  readonly startedBy: 'User' | 'Platform';
  readonly operation: Operation;
  readonly policy: RollingPolicy;
  readonly restoresFailed: boolean;
}

/** Walks the whole set batch by batch, also past instances that have nothing to do (recorded, arm-vmss.md 3.3). */
export function startRollingUpgrade(world: World, set: ScaleSet, started: Started): RollingUpgrade {
  const present = liveInstances(set).filter(
    ({ state }) => state.provisioning !== 'Deleting' && !isProtected(state),
  );
  const upgrade: RollingUpgrade = {
    ...started,
    started: world.now(),
    targetImage: imageReferenceOf(set.model),
    status: 'RollingForward',
    ended: undefined,
    lastAction: 'Start',
    lastActionTime: world.now(),
    pending: walkOrder(present).map(({ id }) => id),
    inProgress: [],
    succeeded: [],
    failed: [],
    previous: new Map(),
    rolledBack: 0,
    error: undefined,
  };
  set.rolling = upgrade;
  started.operation.pending.add(ROLLING_PART);
  takeBatch(world, set, upgrade);
  return upgrade;
}

function takeBatch(world: World, set: ScaleSet, upgrade: RollingUpgrade): void {
  if (upgrade.status !== 'RollingForward') return;
  const { policy, operation } = upgrade;
  const sick = unhealthyPercent(set);
  if (sick > policy.maxUnhealthyInstancePercent) {
    const isFirst = upgrade.succeeded.length + upgrade.failed.length === 0;
    breach(world, set, upgrade, tooManyUnhealthy(sick, policy.maxUnhealthyInstancePercent, isFirst));
    return;
  }
  const batch = nextBatch(set, upgrade);
  if (batch.length === 0) {
    upgrade.pending = [];
    endUpgrade(world, set, upgrade, 'Completed');
    return;
  }
  const ids = batch.map(({ id }) => id);
  upgrade.pending = upgrade.pending.filter((id) => !ids.includes(id));
  upgrade.inProgress = ids;
  set.etag += 1;
  const old = policy.maxSurge && canSurge(world, set, upgrade, batch) ? batch : [];
  const watched = old.length > 0 ? surge(world, set, upgrade, batch) : batch;
  if (old.length === 0) {
    for (const instance of batch) {
      upgrade.previous.set(instance.id, instance.state);
      upgradeForRolling(world, set, instance, { operation, kind: upgrade.kind });
    }
    overtake(world, set, ids, operation);
  }
  const [min, max] = world.profile.timing.rollingBatch;
  const least = world.random(`rollingUpgrade/${set.name}`).between(min, max);
  watchBatch(world, set, upgrade, { watched, old, earliest: world.now() + least * 1000, doneAt: undefined });
}

interface Batch {
  readonly watched: readonly Instance[];
  /** With maxSurge: those that the watched ones replace. */
  readonly old: readonly Instance[];
  readonly earliest: number;
  /** When the last instance's work ended. */
  readonly doneAt: number | undefined;
}

function watchBatch(world: World, set: ScaleSet, upgrade: RollingUpgrade, batch: Batch): void {
  scheduleIn(world, LOOK_SECONDS, () => {
    if (upgrade.status !== 'RollingForward') return;
    const present = batch.watched.filter(({ state }) => state.exists);
    const busy = present.some(({ work, state }) => work !== undefined || state.provisioning === 'Creating');
    const doneAt = busy ? undefined : (batch.doneAt ?? world.now());
    const well = present.every((instance) => isWell(set, instance));
    const isOver = doneAt !== undefined && world.now() - doneAt >= HEALTH_SECONDS * 1000;
    if (!isOver && (busy || !well || world.now() < batch.earliest)) {
      watchBatch(world, set, upgrade, { ...batch, doneAt });
      return;
    }
    judgeBatch(world, set, upgrade, batch);
  });
}

function judgeBatch(world: World, set: ScaleSet, upgrade: RollingUpgrade, batch: Batch): void {
  const { policy, succeeded, failed } = upgrade;
  const present = batch.watched.filter(({ state }) => state.exists);
  const bad = present.filter((instance) => !isWell(set, instance));
  succeeded.push(...present.filter((instance) => !bad.includes(instance)).map(({ id }) => id));
  failed.push(...bad.map(({ id }) => id));
  upgrade.inProgress = [];
  if (batch.old.length > 0) retire(world, set, upgrade, { old: batch.old, bad });
  else if (upgrade.restoresFailed) {
    for (const { id } of bad) restoreInstance(world, set, upgrade, { id, onEnd: () => undefined });
  }
  const percent = (failed.length * 100) / Math.max(1, succeeded.length + failed.length);
  const [firstFailed] = failed;
  if (firstFailed !== undefined && percent > policy.maxUnhealthyUpgradedInstancePercent) {
    const limit = policy.maxUnhealthyUpgradedInstancePercent;
    breach(world, set, upgrade, tooManyUnhealthyUpgraded(percent, limit, firstFailed));
    return;
  }
  const pause = upgrade.pending.length > 0 ? pauseSecondsOf(policy) : 0;
  scheduleIn(world, pause, () => takeBatch(world, set, upgrade));
}
