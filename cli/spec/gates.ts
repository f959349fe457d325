import type { Command } from 'commander';
import { heading } from '../messages/help.ts';
import { choice } from '../parse/choice.ts';
import { collect, parseApprovals, parseCount, parseLabel } from './values.ts';

export function addApprovals(command: Command): Command {
  return command
    .optionsGroup(heading.approvals)
    .option('--approve-before <when>', 'none, rollout, batch, or batch indexes as in 0,2', parseApprovals)
    .option('--quorum <count>', 'so many people have to approve', parseCount)
    .option('--no-requester-approval', 'whoever asked for the rollout may not approve it')
    .option('--approval-timeout-seconds <seconds>', 'how long an approval is waited for', parseCount)
    .addOption(choice('--on-approval-timeout <action>', 'and what then', ['reject', 'approve']));
}

export function addRecord(command: Command): Command {
  return command
    .optionsGroup(heading.record)
    .option('--plan-hash <hash>', 'run only if the plan is still the reviewed one')
    .option('--reason <text>', 'why')
    .option('--label <key=value>', 'label of the rollout (repeatable)', collect(parseLabel));
}
