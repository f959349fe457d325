import { warnings as texts } from '../messages/warnings.ts';
import type { SwitchedOff } from '../actions/switched-off.ts';
import type { PropertyChange } from '../model/delta.ts';
import { membership } from '../messages/membership.ts';
import { graceSecondsOf } from '../model/grace.ts';
import { valueAt } from '../model/changed-paths.ts';
import { upgradesItself } from '../model/guards.ts';
import { imageOf, isLatest } from '../model/image.ts';
import { othersIn } from '../model/pin.ts';
import { capacityOf } from '../model/scale-set.ts';
import type { Undo } from '../undo/undo.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';
import { withoutSignal } from './plan-checks.ts';
import type { PlanInput, Warning } from './plan.ts';
import { aboutRollback } from './reversible.ts';

/** What the planner has decided so far. */
interface Known {
  readonly delta: readonly PropertyChange[];
  readonly targets: number;
  readonly meansNobody: boolean;
  readonly switchedOff: readonly SwitchedOff[];
  readonly lost: readonly Unrecoverable[];
  readonly unserving: readonly string[];
  /** Why sliding would be no faster. */
  readonly inVain: string | undefined;
}

/** What a reader of the plan should know although it forbids nothing. */
export function warningsFor(input: PlanInput, known: Known): readonly Warning[] {
  const { delta, lost } = known;
  return [
    ...offWarnings(known.switchedOff),
    ...aboutWork(input, known),
    ...aboutSet(input, known),
    ...aboutViews(input),
    ...aboutTimes(input, known),
    ...aboutUndo(input.undo),
    ...aboutRollback(delta, lost, input),
    ...aboutLatest(input, known),
  ];
}

function aboutWork(
  { model }: PlanInput,
  { delta, targets, meansNobody, unserving, inVain }: Known,
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (inVain !== undefined && targets > 0)
    warnings.push({ code: 'slidingInVain', message: texts.slidingInVain(inVain) });
  if (meansNobody) {
    const message = texts.noInstanceMatches;
    warnings.push({ code: 'noInstanceMatches', message }, { code: 'nothingToDo', message });
  } else if (delta.length === 0 && targets === 0) {
    warnings.push({ code: 'nothingToDo', message: texts.nothingToDo });
  }
  if (unserving.length > 0) {
    warnings.push({ code: 'notServing', message: texts.notServing(unserving) });
  }
  if (upgradesItself(model) && (delta.length > 0 || targets > 0)) {
    warnings.push({ code: 'automaticOsUpgrade', message: texts.automaticOsUpgrade });
  }
  return warnings;
}

function aboutSet({ model, instances }: PlanInput, { targets }: Known): readonly Warning[] {
  const warnings: Warning[] = [];
  if (valueAt(model, 'virtualMachineProfile.priority') === 'Spot') {
    warnings.push({ code: 'spotInstances', message: texts.spotInstances });
  }
  const zones = new Set(instances.map(({ zone }) => zone));
  // Only what takes instances away for a while can meet it.
  if (targets > 0 && valueAt(model, 'zoneBalance') === true && zones.size > 1) {
    warnings.push({ code: 'zoneBalance', message: texts.zoneBalance });
  }
  const silent = withoutSignal(instances).length;
  if (silent > 0) {
    warnings.push({ code: 'noHealthSignal', message: texts.noHealthSignal(silent) });
  }
  return warnings;
}

/** What comes later than its reader may think, or in another order. */
function aboutTimes({ spec, model }: PlanInput, { delta, targets }: Known): readonly Warning[] {
  const warnings: Warning[] = [];
  const grace = graceSecondsOf(model) ?? 0;
  if (targets > 0 && grace > spec.health.timeoutSeconds) {
    const message = texts.graceExceedsTimeout(grace, spec.health.timeoutSeconds);
    warnings.push({ code: 'graceExceedsTimeout', message });
  }
  if (delta.some(({ path }) => path.startsWith('additionalCapabilities'))) {
    warnings.push({ code: 'takesEffectLater', message: texts.takesEffectLater });
  }
  return warnings;
}

/** A model that says `latest` moves nobody by itself. */
function aboutLatest({ model, instances, versions }: PlanInput, { delta }: Known): readonly Warning[] {
  const image = imageOf(model);
  const [newest] = versions;
  if (image.kind !== 'platform' || !isLatest(image.version) || newest === undefined) return [];
  const older = instances.filter((instance) => instance.image !== newest);
  const changesImage = delta.some(({ path }) => path.includes('imageReference'));
  if (changesImage || older.length === 0) return [];
  const ids = older.map(({ instanceId }) => instanceId);
  return [{ code: 'olderThanLatest', message: texts.olderThanLatest(newest, ids) }];
}

/** What the service does not show of this set, and the rule that holds instead. */
function aboutViews({
  model,
  instances,
  spec,
}: Pick<PlanInput, 'model' | 'instances' | 'spec'>): readonly Warning[] {
  const warnings: Warning[] = [];
  const capacity = capacityOf(model) ?? 0;
  if (instances.length < capacity) {
    warnings.push({ code: 'notAllListed', message: membership.notAllListed(instances.length, capacity) });
  }
  const agentless = instances.filter(({ isAgentless }) => isAgentless === true).length;
  if (agentless > 0) warnings.push({ code: 'noGuestAgent', message: texts.noGuestAgent(agentless) });
  const { batchBy, maxUnavailable } = spec.strategy;
  const counts = batchBy === 'updateDomain' || maxUnavailable === undefined;
  const unshown = instances.filter(({ updateDomain }) => updateDomain === undefined).length;
  if (counts && unshown > 0) {
    warnings.push({ code: 'noUpdateDomains', message: texts.noUpdateDomains(unshown) });
  }
  return warnings;
}

function aboutUndo(undo: Undo | undefined): readonly Warning[] {
  const warnings: Warning[] = [];
  if (undo?.pin !== undefined) {
    const { path, was, now } = undo.pin;
    const message = texts.undoPins(was, now, othersIn(undo.pin), path);
    warnings.push({ code: 'rollbackPinsVersion', message });
  }
  if (undo !== undefined && undo.irreversible.length > 0) {
    warnings.push({ code: 'rollbackNotWhole', message: texts.notWhole(undo.irreversible) });
  }
  return warnings;
}

const OFF_CODES: Readonly<Record<SwitchedOff['as'], Warning['code']>> = {
  cold: 'upgradedCold',
  started: 'startedFirst',
  offAgain: 'switchedOffAgain',
};

function offWarnings(switchedOff: readonly SwitchedOff[]): readonly Warning[] {
  return [...Map.groupBy(switchedOff, ({ as }) => as)].map(([as, those]) => {
    const ids = those.map(({ instance }) => instance);
    return { code: OFF_CODES[as], message: texts[as](ids) };
  });
}
