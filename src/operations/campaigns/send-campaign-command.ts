import type { Ports } from '../../activities/frame/ports.ts';
import { isSameCaller } from '../../core/access/caller.ts';
import type { Caller } from '../../core/access/caller.ts';
import type { Denial } from '../../core/access/rights.ts';
import type { CampaignCommand, CampaignCommandName } from '../../core/campaign/commands.ts';
import { denialOfCampaign } from '../../core/campaign/rights.ts';
import { objectionToCampaign, wrongSets } from '../../core/campaign/objections.ts';
import type { CampaignObjection } from '../../core/campaign/objections.ts';
import { acts } from '../../core/messages/acts.ts';
import { fingerprint } from '../../core/model/canonical.ts';
import type { FieldError } from '../../core/spec/field-errors.ts';
import { appendCampaignCommand } from '../../store/campaigns.ts';
import type { StoredCampaign } from '../../store/campaigns.ts';
import { noteAct } from '../note-act.ts';
import type { Workflows } from '../workflows.ts';
import { findCampaign } from './find-campaign.ts';

export interface AskedCampaignCommand {
  readonly id: string;
  readonly command: CampaignCommandName;
  readonly caller: Caller;
  readonly said: Pick<CampaignCommand, 'reason' | 'stage' | 'scaleSets'>;
  /** Stands for this very command: sent again with it, it counts once. */
  readonly key?: string | undefined;
}

export type CampaignSent =
  | { readonly kind: 'appended'; readonly campaign: StoredCampaign }
  | { readonly kind: 'noCampaign' }
  | { readonly kind: 'denied'; readonly denial: Denial }
  | { readonly kind: 'keyReused' }
  | { readonly kind: 'unknown'; readonly errors: readonly FieldError[] }
  | { readonly kind: 'objection'; readonly objection: CampaignObjection; readonly campaign: StoredCampaign };

/** Appends a command to the log of a campaign, then wakes its workflow. */
export async function sendCampaignCommand(
  asked: AskedCampaignCommand,
  ports: Ports,
  workflows: Workflows,
): Promise<CampaignSent> {
  const { id, command: name, caller, said, key } = asked;
  const requestHash = fingerprint({ name, ...said });
  for (;;) {
    const campaign = await findCampaign(id, ports, workflows);
    if (campaign === undefined) return { kind: 'noCampaign' };
    const { record, commands } = campaign;
    const denial = denialOfCampaign(name, caller, campaign);
    if (denial !== undefined) return { kind: 'denied', denial };
    const earlier = commands.find((one) => key !== undefined && one.idempotencyKey === key);
    // A command with the same key counts once
    if (earlier !== undefined)
      return earlier.requestHash === requestHash ? { kind: 'appended', campaign } : { kind: 'keyReused' };
    const request = { command: name, by: caller.name, ...said };
    const objection = objectionToCampaign(request, campaign);
    // A command that is not possible now is not taken
    if (objection !== undefined) return { kind: 'objection', objection, campaign };
    const errors = wrongSets(request, campaign);
    if (errors.length > 0) return { kind: 'unknown', errors };
    if (hasApproved(asked, campaign)) return { kind: 'appended', campaign };
    const command: CampaignCommand = {
      sequence: (commands.at(-1)?.sequence ?? 0) + 1,
      ...request,
      at: new Date(ports.clock.now()).toISOString(),
      ...((name === 'approve' || name === 'reject') && { stage: record.stage }),
      ...(key !== undefined && { idempotencyKey: key, requestHash }),
    };
    const message = acts.campaignCommandIntended(name, id, said.reason);
    await noteAct(ports, 'campaignCommandIntended', { by: caller.name, message });
    // Somebody else was faster: their command may change what is possible now.
    if (!(await appendCampaignCommand(ports.store, id, command))) continue;
    await workflows.wake(id);
    return { kind: 'appended', campaign: { ...campaign, commands: [...commands, command] } };
  }
}

/** One approval a person and stage, however often it is sent. */
function hasApproved({ command: name, caller }: AskedCampaignCommand, campaign: StoredCampaign): boolean {
  const { record, commands } = campaign;
  return (
    name === 'approve' &&
    commands.some(
      ({ command, stage, by }) =>
        command === 'approve' && stage === record.stage && isSameCaller(by, caller.name),
    )
  );
}
