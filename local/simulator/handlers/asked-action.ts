import { bodyOf, queryOf, type Call } from '../calls/call.ts';
import type { ActionClass } from '../operations/row.ts';
import { rowOf, type OperationKind } from '../operations/table.ts';
import type { WorkOptions } from '../store/instance.ts';

export interface AskedAction {
  readonly kind: OperationKind;
  readonly class: ActionClass;
  readonly options: WorkOptions;
}

/** The action that a request asks for, as the table of operations says, with the options of its query. */
export function askedAction(call: Call): AskedAction {
  const kind = call.traits.operation;
  const work = rowOf(kind)?.work;
  if (work === undefined) throw new Error(`${kind} is no action on instances`);
  return { kind, class: work, options: OPTIONS[kind]?.(call) ?? {} };
}

type Options = (call: Call) => WorkOptions;

const disks: Options = (call) => ({
  forcesEphemeral: bodyOf(call)['forceUpdateOSDiskForEphemeral'] === true,
});
const allDisks: Options = () => ({ allDisks: true });
const shutdown: Options = (call) => ({ skipShutdown: isTrue(call, 'skipShutdown') });
const hibernation: Options = (call) => ({ hibernate: isTrue(call, 'hibernate') });

/** The options of those actions that have any. */
const OPTIONS: Partial<Record<OperationKind, Options>> = {
  reimage: disks,
  instanceReimage: disks,
  reimageAll: allDisks,
  instanceReimageAll: allDisks,
  powerOff: shutdown,
  instancePowerOff: shutdown,
  deallocate: hibernation,
  instanceDeallocate: hibernation,
};

function isTrue(call: Call, option: string): boolean {
  return queryOf(call, option)?.toLowerCase() === 'true';
}
