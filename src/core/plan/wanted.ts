import type { Refusal } from '../messages/refusals.ts';
import { SECRET_MARK } from '../model/delta.ts';
import type { PropertyChange } from '../model/delta.ts';
import type { Edit } from '../model/edits.ts';
import type { Json } from '../model/model.ts';
import { isObject, lookUp, parsePath } from '../model/paths.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import { undoEdits, undoOthers } from '../undo/undo.ts';
import { extensionChanges } from './extension-change.ts';
import { imageEdits } from './image-change.ts';
import type { PlanInput } from './plan.ts';

export interface Wanted {
  readonly kind: 'wanted';
  readonly edits: readonly Edit[];
  /** Changes that no path of the model leads to: extensions' settings, and what can only be written. */
  readonly others: readonly PropertyChange[];
}

/** What the spec's change comes to: edits of the model, in a fixed order, and the rest. */
export function wantedBy(input: PlanInput): Wanted | Refusal {
  const { set = {}, add = {}, remove = [], vmSize, extensions = [] } = input.spec.change;
  const { undo } = input;
  if (undo !== undefined)
    return { kind: 'wanted', edits: undoEdits(undo, input.model), others: undoOthers(undo, input.model) };
  const image = imageEdits(input);
  if ('kind' in image) return image;
  const settings = extensionChanges(input.model, extensions);
  if ('kind' in settings) return settings;
  const edits: Edit[] = [
    ...Object.entries(set).map(([path, value]) => ({ kind: 'set' as const, path, value })),
    ...remove.map((path) => ({ kind: 'remove' as const, path })),
    ...additionsIn(add).map(({ path, value }) => ({ kind: 'add' as const, path, value })),
    ...image,
    ...(vmSize === undefined ? [] : [{ kind: 'set' as const, path: 'sku.name', value: vmSize }]),
  ];
  return { kind: 'wanted', edits, others: [...settings, ...profileChanges(input)] };
}

const OS_PROFILE = 'virtualMachineProfile.osProfile';

type Additions = NonNullable<RolloutSpec['change']['add']>;

function additionsIn(add: Additions): readonly { readonly path: string; readonly value: Json }[] {
  return Array.isArray(add) ? add : Object.entries(add).map(([path, value]) => ({ path, value }));
}

/** Taken into new disks only (arm-vmss.md 3.3). The user's name can be read, the two others never. */
function profileChanges({ spec, model }: PlanInput): readonly PropertyChange[] {
  const { osProfile = {} } = spec.change;
  const found = lookUp(model, parsePath(OS_PROFILE) ?? []);
  const present = found.kind === 'found' && isObject(found.value) ? found.value : {};
  const { adminUsername, ...secrets } = osProfile;
  const before = present['adminUsername'] ?? null;
  const name: PropertyChange[] =
    adminUsername === undefined || adminUsername === before
      ? []
      : [{ path: `${OS_PROFILE}.adminUsername`, before, after: adminUsername, class: 'reimage' }];
  return [
    ...name,
    ...Object.keys(secrets).map((field) => ({
      path: `${OS_PROFILE}.${field}`,
      before: null,
      after: SECRET_MARK,
      class: 'reimage' as const,
      isSecret: true as const,
    })),
  ];
}
