import type { Instance } from '../instance/instances.ts';
import { offStateOf } from '../instance/switched-off.ts';
import type { SwitchedOff } from '../instance/switched-off.ts';
import type { PropertyChange } from '../model/delta.ts';
import { graceSecondsOf } from '../model/grace.ts';
import { imageOf } from '../model/image.ts';
import { othersIn } from '../model/pin.ts';
import type { Undo } from '../undo/undo.ts';
import type { PlanInput, Warning } from './plan.ts';

/** What a reader of the plan should know although it forbids nothing. */
export function warningsFor(
  { spec, model, instances, versions, undo }: PlanInput,
  {
    delta,
    targets,
    meansNobody,
    switchedOff,
  }: {
    readonly delta: readonly PropertyChange[];
    readonly targets: number;
    readonly meansNobody: boolean;
    readonly switchedOff: readonly SwitchedOff[];
  },
): readonly Warning[] {
  const warnings: Warning[] = [...offWarnings(switchedOff)];
  if (meansNobody) {
    const message = 'no instance of the scale set is in the targets, so nothing will be changed';
    warnings.push({ code: 'noInstanceMatches', message }, { code: 'nothingToDo', message });
  } else if (delta.length === 0 && targets === 0) {
    warnings.push({ code: 'nothingToDo', message: 'the scale set is already as asked for' });
  }
  if (instances.some((one) => one.health === undefined && offStateOf(one) === undefined)) {
    const message =
      'nobody reports the health of some instances: healthy will only mean running with a ready agent';
    warnings.push({ code: 'noHealthSignal', message });
  }
  const grace = graceSecondsOf(model) ?? 0;
  if (targets > 0 && grace > spec.health.timeoutSeconds) {
    const message = `instances may initialize for ${grace} seconds, but "health.timeoutSeconds" gives them ${spec.health.timeoutSeconds} to be healthy`;
    warnings.push({ code: 'graceExceedsTimeout', message });
  }
  warnings.push(...aboutUndo(undo));
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
  const givesNewDisks =
    spec.change.force === 'reimage' || delta.some(({ path }) => path.includes('osProfile'));
  if (delta.length > 0 && undo === undefined && (changesImage || givesNewDisks)) {
    warnings.push({ code: 'rollbackPinsVersion', message: pinWords(instances) });
  }
  return warnings;
}

function aboutUndo(undo: Undo | undefined): readonly Warning[] {
  const warnings: Warning[] = [];
  if (undo?.pin !== undefined) {
    const { path, was, now } = undo.pin;
    const others = othersIn(undo.pin);
    const message = `the model said ${was}; it is pinned to ${now}, which most of the touched instances ran${others === '' ? '' : ` (${others})`}; set ${path} to ${was} afterwards if it is to follow again`;
    warnings.push({ code: 'rollbackPinsVersion', message });
  }
  if (undo !== undefined && undo.irreversible.length > 0) {
    const message = `${undo.irreversible.join(', ')} can be written but never read: what was there before stays lost`;
    warnings.push({ code: 'rollbackNotWhole', message });
  }
  return warnings;
}

/** Which version a rollback would pin: the commonest, and who runs another one. */
function pinWords(instances: readonly Instance[]): string {
  const groups = [...Map.groupBy(instances, ({ image }) => image)].sort(
    ([, a], [, b]) => b.length - a.length,
  );
  const [commonest, ...rest] = groups;
  const others = rest.map(([image, group]) => ({
    image,
    instances: group.map(({ instanceId }) => instanceId),
  }));
  const words = `the model says latest; a rollback would pin it to ${commonest?.[0] ?? 'the version that its instances run'}, the version that most of its instances run now`;
  return rest.length === 0 ? words : `${words}; ${othersIn({ others })}`;
}

const OFF_WARNINGS: Readonly<Record<SwitchedOff['as'], Pick<Warning, 'code' | 'message'>>> = {
  cold: {
    code: 'upgradedCold',
    message: 'they get the change without being started, so nothing shows that they serve with it',
  },
  started: {
    code: 'startedFirst',
    message:
      'they are started and serve from then on; only a rollback of this rollout switches them off again',
  },
  offAgain: {
    code: 'switchedOffAgain',
    message:
      'the rollout that is undone has started them, so they are switched off again, and serve no longer',
  },
};

function offWarnings(switchedOff: readonly SwitchedOff[]): readonly Warning[] {
  return [...Map.groupBy(switchedOff, ({ as }) => as)].map(([as, those]) => {
    const { code, message } = OFF_WARNINGS[as];
    const ids = those.map(({ instance }) => instance).join(', ');
    return {
      code,
      message: `instances ${ids} ${as === 'offAgain' ? 'were' : 'are'} switched off: ${message}`,
    };
  });
}
