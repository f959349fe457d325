import type { Ports } from '../activities/frame/ports.ts';
import { parseScaleSetId } from '../azure/address.ts';
import type { Read } from '../azure/port.ts';
import { azure } from '../core/messages/azure.ts';
import { isEnded } from '../core/record/phase.ts';
import type { RolloutRecord, WaitKind } from '../core/record/rollout.ts';
import { scaleSetKey } from '../core/spec/spec.ts';
import { findRollout } from './find-rollout.ts';
import type { Found } from './find-rollout.ts';
import type { Workflows } from './workflows.ts';

/** What a rollout waits for where it would not notice an outage before its next look, perhaps minutes from now. */
const HIDES: readonly WaitKind[] = ['operation', 'health', 'soak', 'floor'];

const PULSE_SECONDS = 20;

/** Who looks at a status does not wait for Azure longer than this. */
const PATIENCE_MS = 2000;

interface Outage {
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly tries: number;
  readonly message: string;
}

interface Beat {
  readonly askedAt: number;
  readonly outage: Promise<Outage | undefined>;
}

const beats = new WeakMap<Ports, Map<string, Beat>>();

/** The rollout of this id, as somebody who looks at it is to see it; `undefined` where there is none. */
export async function lookAtRollout(
  id: string,
  ports: Ports,
  workflows: Workflows,
): Promise<Found | undefined> {
  const found = await findRollout(id, ports, workflows);
  return found && { ...found, record: await withPulse(found.record, ports) };
}

/**
 * A rollout as whoever looks at it is to see it: where the service does not answer just now, it waits for that. The
 * workflow itself asks only when it has to, since each of its rounds costs; one look in some seconds serves everybody.
 */
async function withPulse(record: RolloutRecord, ports: Ports): Promise<RolloutRecord> {
  const { waitingFor, phase, scaleSet, clock, holds } = record;
  const now = ports.clock.now();
  const isHeld = Date.parse(holds['scaleSet'] ?? '') > now;
  const isRecent = now - Date.parse(clock.at) < PULSE_SECONDS * 1000;
  if (waitingFor === undefined || isEnded(phase) || isRecent || isHeld) return record;
  if (!HIDES.includes(waitingFor.kind)) return record;
  const outage = await beatOf(scaleSet, ports).outage;
  if (outage === undefined) return record;
  return {
    ...record,
    waitingFor: {
      kind: 'unreachable',
      ...(waitingFor.batch !== undefined && { batch: waitingFor.batch }),
      since: new Date(outage.since).toISOString(),
      tries: outage.tries,
      message: azure.unreachable(outage.message),
    },
  };
}

/** The last look at the set, or a new one where that is too old. */
function beatOf(scaleSet: string, ports: Ports): Beat {
  const known = beats.get(ports) ?? new Map<string, Beat>();
  beats.set(ports, known);
  const now = ports.clock.now();
  for (const [key, { askedAt }] of known) if (now - askedAt > 10 * PULSE_SECONDS * 1000) known.delete(key);
  const key = scaleSetKey(scaleSet);
  const last = known.get(key);
  if (last !== undefined && now - last.askedAt < PULSE_SECONDS * 1000) return last;
  const beat = { askedAt: now, outage: look(scaleSet, ports, last) };
  known.set(key, beat);
  return beat;
}

async function look(scaleSet: string, ports: Ports, last: Beat | undefined): Promise<Outage | undefined> {
  const address = parseScaleSetId(scaleSet);
  if (address === undefined) return undefined;
  const since = ports.clock.now();
  const [before, read] = await Promise.all([last?.outage, soon(ports.compute.scaleSet(address))]);
  if (read.kind !== 'unreachable') return undefined;
  return { since: before?.since ?? since, tries: (before?.tries ?? 0) + 1, message: read.message };
}

/** An answer that does not come in time is none. */
async function soon<T>(asked: Promise<Read<T>>): Promise<Read<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Read<T>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'unreachable', message: azure.late }), PATIENCE_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
