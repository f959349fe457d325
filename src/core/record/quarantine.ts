import { commandLine } from '../messages/shell.ts';

/** Why an instance is left as it is for somebody to look into, and what came of its protection in Azure. */
export interface Quarantine {
  readonly by: string;
  readonly since: string;
  readonly reason?: string;
  /** Somebody has said that it uses up none of what may be down. */
  readonly belowFloor?: true;
  readonly isProtected?: true;
}

/** How the Azure CLI releases an instance from quarantine. */
export function releaseCommand(scaleSet: string, instanceId: string): string {
  const [, , subscription = '', , group = '', , , , name = ''] = scaleSet.split('/');
  const set = ['--subscription', subscription, '--resource-group', group, '--name', name];
  const flags = ['--protect-from-scale-set-actions', 'false', '--protect-from-scale-in', 'false'];
  return commandLine(['az', 'vmss', 'update', ...set, '--instance-id', instanceId, ...flags]);
}
