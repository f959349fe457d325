import type { Ports } from '../activities/frame/ports.ts';
import { isSameCaller } from '../core/access/caller.ts';
import type { Caller } from '../core/access/caller.ts';
import { denialOf } from '../core/access/rights.ts';
import type { Act, Denial } from '../core/access/rights.ts';
import { possibleNow } from '../core/explain/possible.ts';
import { fingerprint } from '../core/model/canonical.ts';
import type { Command, CommandName } from '../core/record/command.ts';
import type { LedgerRow } from '../core/record/ledger.ts';
import { objectionToRows } from '../core/run/meant.ts';
import { unknownIn } from '../core/run/named.ts';
import { objectionTo } from '../core/run/objections.ts';
import type { Objection } from '../core/run/objections.ts';
import type { FieldError } from '../core/spec/field-errors.ts';
import { appendCommand } from '../store/commands.ts';
import type { Store } from '../store/port.ts';
import { readRecords } from '../store/records.ts';
import { findRollout } from './find-rollout.ts';
import type { Found } from './find-rollout.ts';
import type { Workflows } from './workflows.ts';

export interface AskedCommand {
  readonly rollout: string;
  readonly command: CommandName;
  readonly caller: Caller;
  readonly said: Pick<Command, 'reason' | 'batch' | 'instances' | 'belowFloor' | 'ignoreWindow'>;
  /** Of the plan that whoever approves has looked at. */
  readonly planHash?: string | undefined;
  /** Stands for this very command: sent again with it, it counts once. */
  readonly key?: string | undefined;
}

export type Sent =
  /** Also where an earlier one with the same key was: nothing is appended then. */
  | ({ readonly kind: 'appended' } & Found)
  | { readonly kind: 'noRollout' }
  /** It is another's rollout, and the caller may command only their own. */
  | { readonly kind: 'denied'; readonly denial: Denial }
  | { readonly kind: 'keyReused'; readonly rolloutId: string }
  /** It names a batch or instances that the rollout does not have. */
  | { readonly kind: 'unknown'; readonly errors: readonly FieldError[] }
  | ({
      readonly kind: 'objection';
      readonly objection: Objection;
      readonly possible: readonly string[];
    } & Found);

/** Appends a command to the log of a rollout, then wakes its workflow. */
export async function sendCommand(asked: AskedCommand, ports: Ports, workflows: Workflows): Promise<Sent> {
  const { store, clock } = ports;
  const requestHash = hashOf(asked);
  for (;;) {
    const found = await findRollout(asked.rollout, ports, workflows);
    if (found === undefined) return { kind: 'noRollout' };
    const { record, commands } = found;
    const denial = denialOf(actOf(asked), asked.caller, record);
    if (denial !== undefined) return { kind: 'denied', denial };
    const earlier = commands.find(
      ({ idempotencyKey: known }) => asked.key !== undefined && known === asked.key,
    );
    // fence I17: a command with the same key counts once
    if (earlier !== undefined) {
      // fence I17: a key stands for one request
      if (earlier.requestHash !== requestHash) return { kind: 'keyReused', rolloutId: record.id };
      return { kind: 'appended', ...found };
    }
    const { command: name, caller, said } = asked;
    const request = { command: name, by: caller.name, ...said, planHash: asked.planHash };
    const isOfRows = name === 'retry' || name === 'skip' || said.instances !== undefined;
    const rows = isOfRows ? await rowsOf(store, record.id) : [];
    const unknown = unknownIn(request, record, rows);
    if (unknown.length > 0) return { kind: 'unknown', errors: unknown };
    const objection = objectionTo(request, record, commands) ?? objectionToRows(request, record, rows);
    // fence I17: a command that is not possible now is not taken
    if (objection !== undefined) {
      const all = await rowsOf(store, record.id);
      return { kind: 'objection', objection, possible: possibleNow({ ...found, rows: all }), ...found };
    }
    // One approval a person and gate, however often it is sent: what is sent again changes nothing.
    if (hasApproved(asked, found)) return { kind: 'appended', ...found };
    const command = commandOf(asked, found, { at: new Date(clock.now()).toISOString(), requestHash });
    // Somebody else was faster: their command may change what is possible now.
    // fence I17: a command takes its number only from who is first
    if ((await appendCommand(store, record.id, command)) === undefined) continue;
    await workflows.wake(record.id);
    return { kind: 'appended', record, commands: [...commands, command] };
  }
}

function actOf({ command: name, said }: AskedCommand): Act {
  return said.ignoreWindow === true ? 'ignoreWindow' : name;
}

/** Of all that it says: a key stands for just this. */
function hashOf({ command: name, said, planHash }: AskedCommand): string {
  return fingerprint({ name, ...said, ...(planHash !== undefined && { planHash }) });
}

function hasApproved(
  { command: name, caller }: AskedCommand,
  { record: { gate }, commands }: Found,
): boolean {
  if (name !== 'approve' || gate === undefined) return false;
  return commands.some(
    ({ command, batch, gateSince, by }) =>
      command === 'approve' &&
      batch === gate.batch &&
      gateSince === gate.since &&
      isSameCaller(by, caller.name),
  );
}

function commandOf(
  { command, caller, said, key }: AskedCommand,
  { record: { gate }, commands }: Found,
  { at, requestHash }: { readonly at: string; readonly requestHash: string },
): Command {
  const isForGate = command === 'approve' || command === 'reject';
  return {
    sequence: (commands.at(-1)?.sequence ?? 0) + 1,
    command,
    by: caller.name,
    at,
    ...said,
    ...(isForGate && gate !== undefined && { batch: gate.batch, gateSince: gate.since }),
    ...(key !== undefined && { idempotencyKey: key, requestHash }),
  };
}

async function rowsOf(store: Store, id: string): Promise<readonly LedgerRow[]> {
  return (await readRecords(store, id))?.rows ?? [];
}
