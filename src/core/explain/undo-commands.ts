import { left } from '../messages/failures.ts';
import { actionsToOff } from '../actions/switched-off.ts';
import { hasInverse } from '../actions/sequence.ts';
import { aboutAction } from '../actions/table.ts';
import type { InstanceAction } from '../actions/table.ts';
import { commandLine } from '../messages/shell.ts';
import { canonicalJson } from '../model/canonical.ts';
import { patchOf } from '../model/patch.ts';
import type { PropertyChange } from '../model/delta.ts';
import { OS_UPGRADES, POLICY_MODE } from '../model/guards.ts';
import type { Json, Model } from '../model/model.ts';
import { partsOf } from '../model/parts.ts';
import type { ModelPart } from '../model/parts.ts';
import { shown } from '../model/secrets.ts';
import { extensionPatch } from '../plan/extension-change.ts';
import type { LedgerRow } from '../record/ledger.ts';
import { mayHaveArrived } from '../record/operation.ts';
import type { Operation } from '../record/operation.ts';
import type { RolloutRecord } from '../record/rollout.ts';
import { disksToUndo } from '../undo/undone-disks.ts';
import { restoringDelta } from '../undo/restoring-delta.ts';
import { unrecoverableIn } from '../undo/unrecoverable.ts';
import type { Unrecoverable } from '../undo/unrecoverable.ts';

/** How the Azure CLI undoes a rollout by hand, when the rollout itself cannot. */
export interface UndoCommands {
  /** In this order, each when the former has ended. */
  readonly commands: readonly string[];
  /** What was held for the rollout; only after all of the above, since Azure may begin by itself then. */
  readonly guards: readonly string[];
  /** Changed properties whose old value nobody here can write down. */
  readonly unrecoverable: readonly Unrecoverable[];
}

export interface Undone {
  readonly record: RolloutRecord;
  readonly delta: readonly PropertyChange[];
  /** The model as it was before. */
  readonly snapshot: Model;
  readonly rows: readonly LedgerRow[];
  readonly operations: readonly Operation[];
}

/** What `az rest` sends; any version that knows the property will do. */
const API_VERSION = '2026-04-01';

export function undoCommands(undone: Undone): UndoCommands {
  const { record, delta, rows, snapshot } = undone;
  const isChanged = mayBeChanged(undone);
  const back = isChanged ? restoringDelta(delta, rows, snapshot) : [];
  const [hidden, plain] = split(back, ({ after }) => canonicalJson(shown(after)) !== canonicalJson(after));
  const lost = [
    ...(isChanged ? unrecoverable(undone) : []),
    ...hidden.map(({ path }) => ({
      path,
      why: left.hiddenValue,
    })),
  ];
  // As a rollback does it: extensions first, the set itself last.
  const model = partsOf(plain)
    .toReversed()
    .flatMap((part) => modelCommands(record.scaleSet, part, snapshot));
  return {
    commands: [...diskCommands(undone), ...model, ...instanceCommands(undone)],
    guards: guardCommands(undone),
    unrecoverable: lost,
  };
}

/** What of a rollout's change nobody can put back, from its records. */
export function unrecoverable({
  delta,
  snapshot,
  rows,
}: Pick<Undone, 'delta' | 'snapshot' | 'rows'>): readonly Unrecoverable[] {
  const touched = rows.filter((row) => row.touched);
  return unrecoverableIn(delta, {
    model: snapshot,
    images: touched.map(({ imageBefore }) => imageBefore),
    forcesNewDisk: touched.some(({ actions }) =>
      actions.some((action) => aboutAction(action).newDisk === 'always'),
    ),
  });
}

/** A write that may have arrived counts: setting a value that is there already does no harm. */
export function mayBeChanged({ record, operations }: Pick<Undone, 'record' | 'operations'>): boolean {
  if (record.modelState !== 'before') return record.modelState === 'after';
  return operations.some(
    (operation) =>
      operation.kind === 'model' && operation.direction === 'forward' && mayHaveArrived(operation),
  );
}

function modelCommands(
  scaleSet: string,
  { extension, delta }: ModelPart,
  snapshot: Model,
): readonly string[] {
  if (extension !== undefined) {
    const body = { properties: extensionPatch(delta) };
    return [patch(`${scaleSet}/extensions/${extension}`, body)];
  }
  // az takes a period in a tag's name for a step of a path.
  const [gone, set] = split(delta, ({ path, after }) => after === null || /^tags\..*\./.test(path));
  const assignments = set.map(({ path, after }) => `${path}=${jsonText(after)}`);
  return [
    ...(set.length === 0 ? [] : [commandLine([...onSet('update', scaleSet), '--set', ...assignments])]),
    // A full update leaves what it does not name as it is; only a null in a PATCH takes a property away.
    ...(gone.length === 0 ? [] : [patch(scaleSet, patchOf(snapshot, gone))]),
  ];
}

function patch(resource: string, body: Model): string {
  const url = `${resource}?api-version=${API_VERSION}`;
  return commandLine(['az', 'rest', '--method', 'patch', '--url', url, '--body', jsonText(body)]);
}

/** JSON without any control character, also those that JSON itself would allow: a terminal might act on them. */
function jsonText(value: Json): string {
  return JSON.stringify(value).replaceAll(
    /[\u007F-\u009F\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Latest batch first, as a rollback goes; a batch may be down together, two may not. */
function instanceCommands({ record, delta, rows }: Undone): readonly string[] {
  if (delta.length === 0) return [];
  const touched = rows.filter(
    ({ touched: was, direction, state }) =>
      was && state !== 'gone' && state !== 'quarantined' && !(direction === 'rollback' && state === 'done'),
  );
  const groups = Map.groupBy(touched, (row) => `${row.batch} ${backBy(row).join(' ')}`);
  return [...groups.values()]
    .sort(([a], [b]) => (b?.batch ?? 0) - (a?.batch ?? 0))
    .flatMap((group) => {
      const ids = group.map(({ instanceId }) => instanceId);
      const verbs = group
        .slice(0, 1)
        .flatMap(backBy)
        .map((action) => aboutAction(action))
        // A restart or a redeployment for its own sake is not undone.
        .filter(({ undoneBy }) => undoneBy === 'itself')
        .map(({ byHand }) => byHand);
      return verbs.map((verb) => onInstances(verb, record.scaleSet, ids));
    });
}

/** Whoever was off is left so; disks have commands of their own. */
function backBy({ actions, found, direction }: LedgerRow): readonly InstanceAction[] {
  const back = found === undefined || direction === 'rollback' ? actions : actionsToOff(actions, found);
  return back.filter((action) => !hasInverse(action));
}

/** Disks come off, or on again, before an instance goes back to a model that may have no room for them. */
function diskCommands({ record, rows, operations }: Undone): readonly string[] {
  const { subscription, group, name } = partsOfId(record.scaleSet);
  const set = ['--subscription', subscription, '--resource-group', group, '--vmss-name', name];
  const line = (verb: string, instance: string, options: readonly string[]): string =>
    commandLine(['az', 'vmss', 'disk', verb, ...set, '--instance-id', instance, ...options]);
  return disksToUndo(rows, operations).flatMap(({ instance, attach, detach }) => [
    ...detach.map(({ lun }) => line('detach', instance, ['--lun', String(lun)])),
    ...attach.map(({ diskId, lun, caching }) => {
      const options = ['--disk', diskId, '--lun', String(lun)];
      return line('attach', instance, caching === undefined ? options : [...options, '--caching', caching]);
    }),
  ]);
}

/** The policy comes back only when every instance shows the model, else Azure upgrades the rest at once. */
function guardCommands({ record, rows }: Undone): readonly string[] {
  const { scaleSet, policyHeld, repairsHeld, osUpgradesHeld } = record;
  const service = ['--service-name', 'AutomaticRepairs', '--action', 'Resume'];
  return [
    ...(policyHeld === undefined
      ? []
      : [
          ...untouched(rows).map((ids) => onInstances('update-instances', scaleSet, ids)),
          commandLine([
            ...onSet('update', scaleSet),
            '--set',
            `${POLICY_MODE}=${JSON.stringify(policyHeld)}`,
          ]),
        ]),
    ...(repairsHeld === undefined
      ? []
      : [commandLine([...onSet('set-orchestration-service-state', scaleSet), ...service])]),
    ...(osUpgradesHeld === undefined
      ? []
      : [commandLine([...onSet('update', scaleSet), '--set', `${OS_UPGRADES}=true`])]),
  ];
}

/** To the restored model these are a change of nothing; a batch at a time all the same. */
function untouched(rows: readonly LedgerRow[]): readonly (readonly string[])[] {
  const others = rows.filter(({ touched, state }) => !touched && state !== 'gone');
  return [...Map.groupBy(others, ({ batch }) => batch).values()].map((group) =>
    group.map(({ instanceId }) => instanceId),
  );
}

function onInstances(verb: string, scaleSet: string, ids: readonly string[]): string {
  return commandLine([...onSet(verb, scaleSet), '--instance-ids', ...ids]);
}

function partsOfId(scaleSet: string): { subscription: string; group: string; name: string } {
  const [, , subscription = '', , group = '', , , , name = ''] = scaleSet.split('/');
  return { subscription, group, name };
}

function onSet(verb: string, scaleSet: string): readonly string[] {
  const { subscription, group, name } = partsOfId(scaleSet);
  return ['az', 'vmss', verb, '--subscription', subscription, '--resource-group', group, '--name', name];
}

function split<T>(items: readonly T[], matches: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [items.filter((item) => matches(item)), items.filter((item) => !matches(item))];
}
