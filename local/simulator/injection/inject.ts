import { isObject, type JsonObject } from '../model/json.ts';
import type { ScaleSetModel } from '../model/schema.ts';
import { probeAll } from '../work/health.ts';
import type { ActiveFault, World } from '../world.ts';
import { isAilment } from '../faults/ailments.ts';
import { parseFault, type Ailment, type OnceFault } from '../faults/schema.ts';
import { fire } from './events.ts';
import { showStaleFailure } from './stale.ts';
import { isOfSet } from '../faults/targets.ts';

/** Adds a fault to the world and starts what it does by itself; answers with its id. */
export function injectFault(world: World, input: unknown): string {
  const fault = parseFault(input);
  const active: ActiveFault = {
    id: `${fault.kind}-${world.faults.length + 1}`,
    fault,
    matched: 0,
    spent: false,
  };
  world.faults.push(active);
  world.log.write(world.now(), { kind: 'fault', fault: active.id, what: 'injected' });

  if (fault.kind === 'staleFailure') {
    for (const set of world.scaleSets.values()) showStaleFailure(world, set, fault);
  }
  if (isAilment(fault)) scheduleProbes(world, fault);
  if (isOnce(fault) && fault.afterWrites === undefined) {
    const time = fault.atSeconds === undefined ? world.now() : world.started + fault.atSeconds * 1000;
    world.schedule(time, () => fire(world, active, fault));
  }
  return active.id;
}

/** Faults that wait for the n-th accepted write happen just after it. */
export function fireAfterWrite(world: World): void {
  for (const active of world.faults) {
    const { fault } = active;
    if (isOnce(fault) && !active.spent && fault.afterWrites === world.acceptedWrites) {
      active.spent = true;
      world.schedule(world.now() + 1, () => fire(world, active, fault));
    }
  }
}

const ONCE: readonly string[] = [
  'foreignModel',
  'foreignCapacity',
  'foreignUpgrade',
  'autoscale',
  'eviction',
  'repair',
  'imagePublication',
  'clockJump',
  'osUpgrade',
] satisfies readonly OnceFault['kind'][];

function isOnce(fault: ActiveFault['fault']): fault is OnceFault {
  return ONCE.includes(fault.kind);
}

export function toJson(model: ScaleSetModel): JsonObject {
  const json: unknown = model;
  return isObject(json) ? json : {};
}

function scheduleProbes(world: World, fault: Ailment): void {
  const probeSets = (): void => {
    for (const set of world.scaleSets.values()) if (isOfSet(fault, set.name)) probeAll(world, set);
  };
  if (fault.kind === 'badImage') {
    world.schedule(world.now() + fault.afterSeconds * 1000, probeSets);
    return;
  }
  const from = Math.max(world.now(), world.started + (fault.fromSeconds ?? 0) * 1000);
  const until =
    fault.untilSeconds === undefined ? Number.POSITIVE_INFINITY : world.started + fault.untilSeconds * 1000;
  if (fault.kind === 'sickInstance') {
    world.schedule(from, probeSets);
  } else {
    flap(world, from, { until, period: fault.periodSeconds * 1000, probeSets });
  }
  if (Number.isFinite(until)) world.schedule(until, probeSets);
}

function flap(
  world: World,
  time: number,
  rhythm: { readonly until: number; readonly period: number; readonly probeSets: () => void },
): void {
  if (time >= rhythm.until) return;
  world.schedule(time, () => {
    rhythm.probeSets();
    flap(world, time + rhythm.period, rhythm);
  });
}
