import type { Ports } from '../activities/frame/ports.ts';
import type { Caller } from '../core/access/caller.ts';
import { denialOf } from '../core/access/rights.ts';
import { isEnded } from '../core/record/phase.ts';
import { waits, blocked } from '../core/schedule/decision.ts';
import { acts } from '../core/messages/acts.ts';
import { schedules as words } from '../core/messages/schedules.ts';
import { policy } from '../core/messages/policy.ts';
import { nextLook } from '../core/schedule/looks.ts';
import type { Looked } from '../core/schedule/looks.ts';
import { requesterOf } from '../core/schedule/schedule.ts';
import type { Schedule } from '../core/schedule/schedule.ts';
import { releasesOf } from '../core/schedule/trail.ts';
import { readSpec } from '../core/spec/spec.ts';
import type { RolloutSpec } from '../core/spec/spec.ts';
import { leaseId } from '../store/leases.ts';
import { changeTrail, noteLook, readLook } from '../store/schedule-trails.ts';
import { readRollout } from '../store/rollouts.ts';
import { listSchedules } from '../store/schedules.ts';
import { acceptRollout } from './accept-rollout.ts';
import type { Accepted } from './accept-rollout.ts';
import { noteAct } from './note-act.ts';
import { lookAtSchedule } from './look-at-schedule.ts';
import type { Decided } from './look-at-schedule.ts';
import { whyNot } from './see-sets.ts';
import type { Workflows } from './workflows.ts';

/** What waits only for its turn is looked at again so soon. */
const AGAIN_MS = 5 * 60_000;

/** Codes of decisions that may be otherwise in some minutes. */
const SOON: readonly string[] = ['held', 'concurrency', 'unreadable', 'underWay'];

/** Lets every schedule look whose time has come. One that cannot look now does not keep the others from it. */
export async function runSchedules(
  ports: Ports,
  workflows: Workflows,
  tell: (schedule: string, error: unknown) => void,
): Promise<void> {
  for (const { name, schedule } of await listSchedules(ports.store)) {
    if (schedule === undefined) continue;
    try {
      const next = nextLook(schedule, await readLook(ports.store, name));
      if (next !== undefined && next <= ports.clock.now())
        await runSchedule(name, schedule, { ports, workflows });
    } catch (error) {
      tell(name, error);
    }
  }
}

/** What a schedule may do: nothing that takes an admin. */
const AS_OPERATOR: Caller = { kind: 'application', name: 'schedule', roles: ['operator'] };

interface World {
  readonly ports: Ports;
  readonly workflows: Workflows;
}

/** The same at once because a person asks for it, which the audit knows before anything is started. */
export async function runScheduleFor(
  by: string,
  { name, schedule }: { readonly name: string; readonly schedule: Schedule },
  world: World,
): Promise<readonly Decided[]> {
  await noteAct(world.ports, 'scheduleRunIntended', { by, message: acts.scheduleRunIntended(name) });
  return runSchedule(name, schedule, world);
}

/**
 * One look that starts what is right. It may die anywhere: whatever it has started has a key of its own, so that the
 * next look finds it instead of starting it again.
 */
async function runSchedule(
  name: string,
  schedule: Schedule,
  { ports, workflows }: World,
): Promise<readonly Decided[]> {
  const at = ports.clock.now();
  const { decisions, releases } = await lookAtSchedule({ name, schedule, notes: true }, ports);
  const done: Decided[] = [];
  for (const decision of decisions) {
    const { version = '', outcome } = decision;
    const asked = { name, schedule, decision, release: releasesOf(releases, version) };
    done.push(outcome === 'start' ? await start(asked, { ports, workflows }) : decision);
  }
  await noteLook(ports.store, name, lookedBy(done, at));
  return done;
}

function lookedBy(decisions: readonly Decided[], at: number): Looked {
  const times = decisions.flatMap(({ code, until }) => [
    ...(SOON.includes(code) ? [at + AGAIN_MS] : []),
    ...(until === undefined ? [] : [Date.parse(until)]),
  ]);
  const later = times.filter((time) => time > at);
  return { at, ...(later.length > 0 && { again: Math.min(...later) }) };
}

interface Start {
  readonly name: string;
  readonly schedule: Schedule;
  readonly decision: Decided;
  readonly release: number;
}

async function start({ name, schedule, decision, release }: Start, world: World): Promise<Decided> {
  const { scaleSet, version = '' } = decision;
  const { rollout, change, concurrency, windows } = schedule;
  const { namedStrategy, timeoutSeconds, acceptManaged } = rollout;
  const read = readSpec({
    ...(namedStrategy === undefined ? rollout : { namedStrategy, timeoutSeconds, acceptManaged }),
    scaleSet,
    ...(windows !== undefined && { windows }),
    change: { ...change, image: { version } },
    reason: words.reason(name, version),
    labels: { ...rollout.labels, schedule: name },
  });
  if (read.kind === 'invalid') {
    const why = read.errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
    return { ...decision, ...blocked('refused', words.refused(version, why)) };
  }
  const { accepted, rolloutId } = await acceptOnce({ name, schedule, decision, release }, read.spec, world);
  if (rolloutId === undefined) return { ...decision, ...notStarted(accepted, version, concurrency) };
  const end = accepted.kind === 'accepted' ? accepted.record.phase : undefined;
  const at = new Date(world.ports.clock.now()).toISOString();
  const one = { version, release, rolloutId, at, ...(end !== undefined && isEnded(end) && { end }) };
  await changeTrail(world.ports.store, { name, scaleSet }, (before) =>
    before.starts.some((known) => known.rolloutId === rolloutId)
      ? before
      : { ...before, starts: [...before.starts, one] },
  );
  return { ...decision, rolloutId };
}

/**
 * Starts the rollout, or finds the one that an earlier look has started and died over, be it by another version of the
 * schedule. A key whose rollout was never written down stands for none.
 */
async function acceptOnce(
  { name, schedule, decision: { scaleSet, version = '' }, release }: Start,
  spec: RolloutSpec,
  { ports, workflows }: World,
): Promise<{ readonly accepted: Accepted; readonly rolloutId?: string }> {
  for (let turn = 0; ; turn += 1) {
    const key = `schedule ${name} ${leaseId(scaleSet)} ${version} ${release}${turn === 0 ? '' : ` ${turn}`}`;
    const limits = { openRollouts: schedule.concurrency };
    // fence I17: a schedule starts one rollout for a set and a version, however often it looks
    const asked = { spec, by: requesterOf(name), limits, key };
    // Whoever has set the schedule may start what it starts, as an operator may.
    const accepted = await acceptRollout(
      { ...asked, mayDo: (act) => denialOf(act, AS_OPERATOR) },
      ports,
      workflows,
    );
    if (accepted.kind === 'accepted') return { accepted, rolloutId: accepted.record.id };
    if (accepted.kind !== 'keyReused') return { accepted };
    const { rolloutId } = accepted;
    if ((await readRollout(ports.store, rolloutId)) !== undefined) return { accepted, rolloutId };
  }
}

function notStarted(accepted: Accepted, version: string, concurrency: number) {
  switch (accepted.kind) {
    case 'busy':
      return waits('held', words.held(version, accepted.holder), { version, rolloutId: accepted.holder });
    case 'tooMany':
      return waits('concurrency', words.concurrency(version, concurrency), { version });
    case 'againstPolicy': {
      const why = accepted.errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
      return blocked('againstPolicy', words.refused(version, why), { version });
    }
    case 'noStrategy':
    case 'never': {
      const why = accepted.errors.map(({ message }) => message).join('; ');
      return blocked('refused', words.refused(version, why), { version });
    }
    case 'outOfScope':
      return blocked('outOfScope', words.refused(version, policy.outOfScope), { version });
    case 'untold':
      return waits('unreadable', words.unreadable(whyNot(accepted.read)), { version });
    case 'forbidden':
      return blocked('refused', words.refused(version, accepted.denial.message), { version });
    case 'refused':
      return blocked('refused', words.refused(version, accepted.message), { version });
    case 'accepted':
    case 'keyReused':
      return {};
  }
}
