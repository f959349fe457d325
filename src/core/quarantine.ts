import type { CommandRequest, Objection } from './commands.ts';
import type { LedgerRow } from './ledger.ts';
import { commandLine } from './shell.ts';

/** Why an instance is left as it is for somebody to look into, and what came of its protection in Azure. */
export interface Quarantine {
  readonly by: string;
  readonly since: string;
  readonly reason?: string;
  readonly isProtected?: true;
}

/** Failed, and nobody has begun to bring it back. */
export function canBeQuarantined({ state, way, attempts, failure }: LedgerRow): boolean {
  return (
    state === 'failed' || (state === 'pending' && way === 'back' && attempts === 0 && failure !== undefined)
  );
}

/** What speaks against quarantining just these instances; rows are read for that command alone. */
export function objectionToWards(
  { command, instances = [] }: CommandRequest,
  rows: readonly LedgerRow[],
): Objection | undefined {
  if (command !== 'quarantine') return undefined;
  const wrong = instances.filter((id) => !rows.some((row) => row.instanceId === id && canBeQuarantined(row)));
  if (wrong.length === 0) return undefined;
  const message = `only an instance that has failed can be quarantined, which is not so of ${wrong.slice(0, 20).join(', ')}`;
  return { code: 'wrongPhase', message };
}

/** Those whose protection is still to be set. */
export function toProtect(rows: readonly LedgerRow[]): readonly string[] {
  return rows
    .filter(({ state, quarantine }) => state === 'quarantined' && quarantine?.isProtected !== true)
    .map(({ instanceId }) => instanceId);
}

/** How the Azure CLI gives an instance back to its scale set. */
export function releaseCommand(scaleSet: string, instanceId: string): string {
  const [, , subscription = '', , group = '', , , , name = ''] = scaleSet.split('/');
  const set = ['--subscription', subscription, '--resource-group', group, '--name', name];
  const flags = ['--protect-from-scale-set-actions', 'false', '--protect-from-scale-in', 'false'];
  return commandLine(['az', 'vmss', 'update', ...set, '--instance-id', instanceId, ...flags]);
}
