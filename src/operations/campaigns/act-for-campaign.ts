import type { Ports } from '../../activities/frame/ports.ts';
import { toldAs } from '../../core/campaign/advance.ts';
import type { CampaignSet } from '../../core/campaign/campaign.ts';
import { isOver } from '../../core/campaign/campaign.ts';
import { starterOf } from '../../core/campaign/starter.ts';
import { pinnedSpec } from '../../core/campaign/pin.ts';
import { rolloutOf, undoOf } from '../../core/campaign/rollout-spec.ts';
import type { Act, ActResult } from '../../core/campaign/turn.ts';
import { ROLES } from '../../core/access/caller.ts';
import { denialOf } from '../../core/access/rights.ts';
import { policy } from '../../core/messages/policy.ts';
import type { CommandName } from '../../core/record/command.ts';
import { readSpec } from '../../core/spec/spec.ts';
import { readCampaign } from '../../store/campaigns.ts';
import type { StoredCampaign } from '../../store/campaigns.ts';
import { claimKey } from '../../store/keys.ts';
import { readRollout } from '../../store/rollouts.ts';
import { acceptRollout } from '../accept-rollout.ts';
import type { Accepted, AskedRollout } from '../accept-rollout.ts';
import type { MayDo } from '../policy.ts';
import { sendCommand } from '../send-command.ts';
import type { Workflows } from '../workflows.ts';
import { told } from './plan-set.ts';
import { mayBegin } from './share.ts';
import { startKeyOf, WITHDRAWN } from './start-key.ts';

/** Not now: the next turn decides anew. */
interface Again {
  readonly kind: 'again';
}

interface World {
  readonly ports: Ports;
  readonly workflows: Workflows;
}

/** Does one thing for one set of a campaign, as the last turn has decided; safe to run twice. */
export async function actForCampaign(
  { campaign, ...asked }: Act & { readonly campaign: string },
  ports: Ports,
  workflows: Workflows,
): Promise<ActResult | Again> {
  const stored = await readCampaign(ports.store, campaign);
  const set = stored?.sets[asked.set];
  if (stored === undefined || set === undefined) return { kind: 'again' };
  const world = { ports, workflows };
  return asked.verb === 'start' || asked.verb === 'undo'
    ? begin(stored, set, asked, world)
    : tell(stored, set, asked, world);
}

async function begin(
  stored: StoredCampaign,
  set: CampaignSet,
  wanted: Act,
  world: World,
): Promise<ActResult | Again> {
  const { ports, workflows } = world;
  const is = { set: wanted.set, number: wanted.number };
  const key = startKeyOf(stored.record.id, set.scaleSet, wanted.number);
  // A campaign that was paused, stopped or sent back meanwhile begins nothing
  if (!isWanted(stored, set, wanted)) return { ...is, ...(await withdraw(key, ports)) };
  if (!(await mayBegin(set, ports))) return { ...is, kind: 'crowded' };
  const read = readSpec(specFor(stored, set, wanted.verb));
  if (read.kind === 'invalid')
    return { ...is, kind: 'refused', code: 'invalidSpec', message: told(read.errors) };
  const by =
    wanted.verb === 'undo'
      ? (stored.record.steering?.by ?? stored.record.requestedBy)
      : stored.record.requestedBy;
  // A set is begun once, however often it is asked for
  const limits = { openRollouts: Infinity };
  const rights = { mayDo: mayDoOf(stored), mayReplace: mayReplaceOf(stored) };
  const asked = { spec: read.spec, by, limits, key, ...rights };
  const accepted = await acceptRollout(asked, ports, workflows);
  const outcome = await outcomeOf(accepted, ports);
  return outcome.kind === 'again' ? outcome : { ...is, ...outcome };
}

/** What whoever started the campaign might do then. */
function mayDoOf({ record }: StoredCampaign): MayDo {
  const starter = starterOf(record);
  return (right, { scaleSet, tags }) =>
    denialOf(right, starter, { scaleSet, ...(tags !== undefined && { tags }) });
}

/** To take another's place in the queue is to abort it. */
function mayReplaceOf({ record }: StoredCampaign): NonNullable<AskedRollout['mayReplace']> {
  const starter = starterOf(record);
  return ({ by: requestedBy }, { scaleSet, tags }) =>
    denialOf('abort', starter, {
      scaleSet,
      requestedBy,
      ...(tags !== undefined && tags !== 'unread' && { tags }),
    }) === undefined;
}

/** Whether the campaign still means it, also by what nobody has carried out yet. */
function isWanted({ record, commands }: StoredCampaign, set: CampaignSet, { verb, number }: Act): boolean {
  const isNew = commands.some(
    ({ sequence, command }) =>
      sequence > record.seenCommand && ['pause', 'abort', 'rollback'].includes(command),
  );
  if (isNew || isOver(record.phase) || record.paused !== undefined || set.attempt !== number) return false;
  if (verb === 'undo')
    return record.direction === 'rollback' && set.phase === 'undoing' && set.undoId === undefined;
  return record.direction === 'forward' && set.phase === 'starting';
}

type Outcome =
  | { readonly kind: 'accepted'; readonly rolloutId: string }
  | { readonly kind: 'busy'; readonly holder: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'withdrawn' };

async function withdraw(key: string, ports: Ports): Promise<Outcome> {
  const { rolloutId } = await claimKey(ports.store, key, { rolloutId: WITHDRAWN, specHash: WITHDRAWN });
  return begunAs(rolloutId, ports);
}

/** The rollout that a key stands for, where one was begun by it. */
async function begunAs(rolloutId: string, { store }: Ports): Promise<Outcome> {
  const isBegun = rolloutId !== WITHDRAWN && (await readRollout(store, rolloutId)) !== undefined;
  return isBegun ? { kind: 'accepted', rolloutId } : { kind: 'withdrawn' };
}

function specFor({ record, spec }: StoredCampaign, set: CampaignSet, verb: Act['verb']): object {
  const stage = spec.stages[set.stage]?.name ?? '';
  const of = { campaign: record.id, scaleSet: set.scaleSet, stage };
  if (verb === 'undo') return undoOf(spec, { ...of, rollbackOf: set.rolloutId ?? '' });
  return rolloutOf(pinnedSpec(spec, record.version), of);
}

async function outcomeOf(accepted: Accepted, ports: Ports): Promise<Outcome | Again> {
  switch (accepted.kind) {
    case 'accepted':
      return { kind: 'accepted', rolloutId: accepted.record.id };
    case 'busy':
      return { kind: 'busy', holder: accepted.holder };
    case 'refused':
      return { kind: 'refused', code: accepted.code, message: accepted.message };
    case 'againstPolicy':
      return { kind: 'refused', code: 'againstPolicy', message: told(accepted.errors) };
    case 'outOfScope':
      return { kind: 'refused', code: 'outOfScope', message: policy.outOfScope };
    case 'noStrategy':
      return { kind: 'refused', code: 'strategyNotFound', message: told(accepted.errors) };
    case 'never':
      return { kind: 'refused', code: 'invalidSpec', message: told(accepted.errors) };
    case 'forbidden':
      return { kind: 'refused', code: 'forbidden', message: accepted.denial.message };
    // Azure does not say now how the set is tagged, or there is no room: that passes.
    case 'untold':
    case 'tooMany':
      return { kind: 'again' };
    case 'keyReused':
      return begunAs(accepted.rolloutId, ports);
  }
}

/** Tells the rollout of a set what the campaign was told; one that has ended meanwhile need not hear it. */
async function tell(stored: StoredCampaign, set: CampaignSet, wanted: Act, world: World): Promise<ActResult> {
  const { steering, requestedBy } = stored.record;
  const rollout = (set.phase === 'undoing' ? set.undoId : set.rolloutId) ?? '';
  const send = (command: CommandName) =>
    sendCommand(
      {
        rollout,
        command,
        caller: { kind: 'user', name: steering?.by ?? requestedBy, roles: ROLES },
        said: steering?.reason === undefined ? {} : { reason: steering.reason },
        key: `campaign ${stored.record.id} ${command} ${wanted.number}`,
      },
      world.ports,
      world.workflows,
    );
  const { verb: command } = wanted;
  if (command !== 'start' && command !== 'undo') {
    const sent = await send(command);
    // It rolls back already, and may have been paused over that.
    if (command === 'rollback' && sent.kind === 'objection') await send('resume');
  }
  return { set: wanted.set, number: wanted.number, kind: 'told', told: toldAs(wanted) };
}
