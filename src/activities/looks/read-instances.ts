import { asPromised } from '../../core/health/promised.ts';
import type { Instance } from '../../core/instance/instances.ts';
import { membership } from '../../core/messages/membership.ts';
import { countRows, whenGone } from '../../core/record/ledger.ts';
import type { Phase } from '../../core/record/phase.ts';
import { lackingIn, membersOf } from '../../core/run/membership.ts';
import { found, leave } from '../frame/leave.ts';
import type { OrLeave } from '../frame/leave.ts';
import type { Step } from '../frame/step.ts';
import { wait } from '../frame/wait.ts';
import { noteGlance } from './glance.ts';
import { readEach } from './read-each.ts';
import { pagesOf, readOrLeave } from './reads.ts';

/**
 * All instances, or the answer of a step that cannot have them now. The result lacks only instances whose own GET says
 * that they are missing: a list that lacks any is read again until no view can lag, then each missing one is read by
 * itself. Those that are gone are recorded.
 */
export async function readInstances(step: Step, phase: Phase): Promise<OrLeave<readonly Instance[]>> {
  const read = () => step.compute.instances(step.address);
  const listed = await readOrLeave(step, { name: 'instances', phase, read });
  if (listed.kind === 'leave') return listed;
  const { now, record, pace } = step;
  const members = membersOf(record, step.records.rows);
  const lacking = lackingIn(listed.value, members);
  const own = await readFew(step, lacking);
  if (own !== undefined) {
    const instances = asPromised([...listed.value, ...own], record);
    noteGlance(step, instances);
    return found(instances);
  }
  const waited = record.shortSince === undefined ? 0 : (now - Date.parse(record.shortSince)) / 1000;
  const left = pace.viewLagSeconds - waited;
  if (
    record.shortSince === undefined ||
    // fence I15: what one list lacks is not gone
    left > 0
  ) {
    // A list is short for moments; one of a large set costs too much to be read again at once.
    const seconds = Math.min(left, Math.max(pace.pollSeconds, pagesOf(step) > 1 ? left / 3 : 0));
    const message = membership.lacking(lacking, members.length - lacking.length, members.length);
    return waitForList(step, { phase, seconds, message });
  }
  return askForEach(step, { phase, listed: listed.value, lacking });
}

/** The few that a list lacks, if each shows itself to be there: that needs no second list. */
async function readFew(step: Step, lacking: readonly string[]): Promise<readonly Instance[] | undefined> {
  if (lacking.length === 0) return [];
  if (lacking.length >= pagesOf(step)) return undefined;
  const own = await readEach(step.compute, step.address, lacking);
  // What its own GET lacks, too, is asked for again: neither shows at once that it is there.
  return own.kind === 'ok' && own.value.missing.length === 0 ? own.value.there : undefined;
}

async function waitForList(
  step: Step,
  { phase, seconds, message }: { readonly phase: Phase; readonly seconds: number; readonly message: string },
): Promise<OrLeave<never>> {
  const { record, now } = step;
  const waitingFor = { kind: 'health', message } as const;
  const changes = { shortSince: record.shortSince ?? new Date(now).toISOString() };
  return leave(await wait(step, { seconds, phase, waitingFor, changes }));
}

/** So many are asked for in one look: an empty list of a large set must not cost a thousand requests. */
const MOST_ASKED = 10;

interface Short {
  readonly phase: Phase;
  readonly listed: readonly Instance[];
  readonly lacking: readonly string[];
}

async function askForEach(
  step: Step,
  { phase, listed, lacking }: Short,
): Promise<OrLeave<readonly Instance[]>> {
  const asked = lacking.slice(0, MOST_ASKED);
  const read = () => readEach(step.compute, step.address, asked);
  const own = await readOrLeave(step, { name: 'instances', phase, read });
  if (own.kind === 'leave') return own;
  const { there, missing } = own.value;
  if (missing.length > 0) return noteGone(step, phase, missing);
  if (lacking.length > asked.length) {
    const message = membership.askedFor(lacking.slice(MOST_ASKED));
    return waitForList(step, { phase, seconds: step.pace.pollSeconds, message });
  }
  return found(asPromised([...listed, ...there], step.record));
}

/** The step starts over with what is known now. */
async function noteGone(step: Step, phase: Phase, gone: readonly string[]): Promise<OrLeave<never>> {
  const { records, record, now } = step;
  const { bystanders = [], shortSince } = record;
  const updatedAt = new Date(now).toISOString();
  const rows = records.rows.filter(({ instanceId }) => gone.includes(instanceId));
  // fence I15: an instance that is gone is not sent
  records.putRows(rows.map((row) => ({ ...whenGone(row), updatedAt })));
  const message = membership.gone(gone);
  const answer = await wait(step, {
    seconds: 1,
    phase,
    waitingFor: { kind: 'health', message },
    changes: {
      shortSince,
      bystanders: bystanders.filter((id) => !gone.includes(id)),
      counts: countRows(records.rows),
    },
    events: [{ kind: 'gone', instances: gone, message }],
  });
  return leave(answer);
}
