import type { PropertyChange } from './delta.ts';
import { graceSecondsOf } from './grace.ts';
import { imageOf } from './image.ts';
import type { PlanInput } from './plan.ts';

export interface Warning {
  readonly code:
    | 'nothingToDo'
    | 'noInstanceMatches'
    | 'noHealthSignal'
    | 'graceExceedsTimeout'
    | 'olderThanLatest'
    | 'rollbackPinsVersion'
    | 'guardStaysHeld'
    | 'operationsRunning'
    | 'bringsEveryone';
  readonly message: string;
}

/** What a reader of the plan should know although it forbids nothing. */
export function warningsFor(
  { spec, model, instances, versions }: PlanInput,
  {
    delta,
    targets,
    meansNobody,
  }: {
    readonly delta: readonly PropertyChange[];
    readonly targets: number;
    readonly meansNobody: boolean;
  },
): readonly Warning[] {
  const warnings: Warning[] = [];
  if (meansNobody) {
    const message = 'no instance of the scale set is in the targets, so nothing will be changed';
    warnings.push({ code: 'noInstanceMatches', message }, { code: 'nothingToDo', message });
  } else if (delta.length === 0 && targets === 0) {
    warnings.push({ code: 'nothingToDo', message: 'the scale set is already as asked for' });
  }
  if (instances.some(({ health }) => health === undefined)) {
    const message =
      'nobody reports the health of some instances: healthy will only mean running with a ready agent';
    warnings.push({ code: 'noHealthSignal', message });
  }
  const grace = graceSecondsOf(model) ?? 0;
  if (targets > 0 && grace > spec.health.timeoutSeconds) {
    const message = `instances may initialize for ${grace} seconds, but "health.timeoutSeconds" gives them ${spec.health.timeoutSeconds} to be healthy`;
    warnings.push({ code: 'graceExceedsTimeout', message });
  }
  const image = imageOf(model);
  if (image.kind !== 'platform' || image.version !== 'latest') return warnings;
  const newest = versions[0];
  const older = instances.filter((instance) => newest !== undefined && instance.image !== newest);
  const changesImage = delta.some(({ path }) => path.includes('imageReference'));
  if (!changesImage && older.length > 0) {
    const ids = older.map(({ instanceId }) => instanceId).join(', ');
    const message = `the model says latest, now ${newest ?? ''}, but instances ${ids} run older versions; ask for "version": "latest" to move them`;
    warnings.push({ code: 'olderThanLatest', message });
  }
  if (changesImage) {
    const message =
      'the model says latest; a rollback would pin it to the version that its instances run now';
    warnings.push({ code: 'rollbackPinsVersion', message });
  }
  return warnings;
}
