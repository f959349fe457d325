import { takesDown } from '../actions/sequence.ts';
import type { InstanceAction } from '../actions/table.ts';
import type { Undertaking } from '../actions/work.ts';
import type { ChangeClass } from '../model/change-class.ts';
import { isDisruptive } from '../model/delta.ts';
import type { Guards } from '../model/guards.ts';
import { partsOf } from '../model/parts.ts';
import type { RolloutSpec } from '../spec/spec.ts';
import type { PlannedBatch } from './batches.ts';
import { guestSeconds, operationSeconds } from './durations.ts';

/** What a plan will probably take; for people who decide when to start, not for the rollout itself. */
export interface Expected {
  readonly seconds: number;
  readonly armRequests: number;
}

export interface Planned extends Undertaking {
  readonly batches: readonly PlannedBatch[];
  readonly class: ChangeClass;
  /** What is done to an instance, in this order. */
  readonly actions: readonly InstanceAction[];
  readonly spec: RolloutSpec;
  readonly capacity: number;
  /** How many may be down at once. */
  readonly slots: number;
  readonly guards: Guards;
  /** How many instances get or lose data disks. */
  readonly disks: number;
}

/** Nobody knows Azure's pages; a hundred instances each is a careful guess (arm-vmss.md 2.2). */
const PAGE = 100;
/** Disks are written one instance at a time: a look at the set, the write, and two polls. */
const REQUESTS_FOR_DISKS = 4;
const IDS_PER_CALL = 100;
/** Between two looks at something that runs: Azure asks for 10 to 15 seconds (arm-vmss.md 4). */
const POLL_SECONDS = 12;
/** Views lag: so long nothing that they show is believed, where the change itself does not prove it. */
const LAG_SECONDS = 30;
/** Lists of one scale set, a page each, that Azure goes on answering (arm-vmss.md 3.6: ten a minute). */
const SECONDS_PER_PAGE = 6;
/** A freed slot is rarely alone: so many writes refill all of them once. */
const REFILLS = 5;
/** Looks that lead a slot from one instance to the next: accepted, ended, well, well for long enough, refilled. */
const LOOKS_PER_SLOT = 5;
/** Where a list has several pages, instances that hold slots are asked one by one, so often each (decision 27). */
const READS_OF_EACH = 5;
/** The list then serves the floor alone. */
const SECONDS_BETWEEN_LISTS = 60;

const NOTHING: Expected = { seconds: 0, armRequests: 0 };

/** Approvals and windows do not count: nobody knows when they open. */
export function expectationFor(planned: Planned): Expected {
  const { batches, spec } = planned;
  const canSlide = spec.strategy.pacing === 'sliding' && spec.approvals.before !== 'batch';
  const sliding = canSlide ? batches.filter(({ canary }) => canary !== true) : [];
  const whole = batches
    .filter((batch) => !sliding.includes(batch))
    .map(({ instances }) => forBatch(planned, instances.length));
  const stretch = sliding.reduce((sum, { instances }) => sum + instances.length, 0);
  const parts = [
    forModel(planned),
    forGuards(planned),
    forDisks(planned),
    ...whole,
    stretch === 0 ? NOTHING : forSliding(planned, stretch, sliding.length),
  ];
  return {
    seconds: Math.round(parts.reduce((sum, { seconds }) => sum + seconds, 0)),
    armRequests: Math.round(parts.reduce((sum, { armRequests }) => sum + armRequests, forSurvey(planned))),
  };
}

function pagesOf({ capacity }: Planned): number {
  return Math.max(1, Math.ceil(capacity / PAGE));
}

/** The set, its image's versions, what Azure does to it by itself; and the instances, here and at the end. */
function forSurvey(planned: Planned): number {
  return 3 + (isNothing(planned) ? 1 : 2) * pagesOf(planned);
}

function isNothing({ batches, delta }: Planned): boolean {
  return batches.length === 0 && delta.length === 0;
}

/** Each part of the change is one write, polled once, between two reads of the set. */
function forModel(planned: Planned): Expected {
  const parts = partsOf(planned.delta).length;
  return { seconds: parts * POLL_SECONDS, armRequests: parts * (5 + 2 * pagesOf(planned)) };
}

function forGuards(planned: Planned): Expected {
  const { policy, repairs, osUpgrades } = planned.guards;
  if (isNothing(planned)) return NOTHING;
  const back = (policy === undefined ? 0 : POLL_SECONDS) + (osUpgrades === true ? POLL_SECONDS : 0);
  const forPolicy = policy === undefined ? 0 : 4 + 2 * pagesOf(planned);
  const forOsUpgrades = osUpgrades === true ? 4 : 0;
  return { seconds: back, armRequests: (repairs === true ? 2 : 0) + forPolicy + forOsUpgrades };
}

/** Each batch counts one write of disks already. */
function forDisks({ disks, batches }: Planned): Expected {
  return { seconds: 0, armRequests: Math.max(0, disks - batches.length) * REQUESTS_FOR_DISKS };
}

/** One batch from the look before its first write to its last instance's well-being. */
function forBatch(planned: Planned, instances: number): Expected {
  const { actions, spec } = planned;
  const { soakSeconds, health } = spec;
  // A list of one page is cheap enough for looks while the instances are to stay well.
  const between = pagesOf(planned) === 1 && health.stableSeconds > 0 ? 3 : 0;
  const looks = 1 + 2 * actions.length + between + (soakSeconds > 0 ? 2 : 0);
  const calls = Math.ceil(instances / IDS_PER_CALL);
  const polls = actions.map((action) => pollsOf(planned, action, instances));
  return {
    seconds: cycleSeconds(planned, instances) + soakSeconds,
    armRequests:
      looks * pagesOf(planned) +
      actions.length * (2 + calls) +
      calls * polls.reduce((sum, count) => sum + count, 0),
  };
}

/** Work that takes an instance down is looked at when it should have ended, and once more; the rest as Azure asks. */
function pollsOf(planned: Planned, action: InstanceAction, instances: number): number {
  if (takesDown(action, isDisruptive(planned.class))) return 2;
  return 1 + operationSeconds(action, instances, planned) / POLL_SECONDS;
}

/** From the first write to an instance until it has been well for long enough. */
function cycleSeconds(planned: Planned, instances: number): number {
  const { actions, model, spec } = planned;
  const goesDown = actions.some((action) => takesDown(action, isDisruptive(planned.class)));
  const works = actions.map((action) => operationSeconds(action, instances, planned) + POLL_SECONDS / 2);
  const between = (actions.length - 1) * LAG_SECONDS;
  const settling = goesDown ? guestSeconds(model) : LAG_SECONDS;
  return works.reduce((sum, seconds) => sum + seconds, between + settling + spec.health.stableSeconds);
}

/** Slot after slot is freed and refilled; meanwhile the list is read again and again, or its instances one by one. */
function forSliding(planned: Planned, instances: number, batches: number): Expected {
  const { slots, spec, actions } = planned;
  const pages = pagesOf(planned);
  const rounds = Math.ceil(instances / slots);
  const tick = Math.max(POLL_SECONDS, pages * SECONDS_PER_PAGE);
  const seconds = rounds * (cycleSeconds(planned, 1) + LOOKS_PER_SLOT * (tick - POLL_SECONDS));
  const writes = rounds * Math.min(slots, REFILLS) * actions.length;
  const soakLooks = spec.soakSeconds > 0 ? 2 * batches : 0;
  const singles = pages === 1 ? 0 : instances * READS_OF_EACH;
  const lists = seconds / (pages === 1 ? tick : Math.max(tick, SECONDS_BETWEEN_LISTS));
  return {
    seconds: seconds + spec.soakSeconds,
    armRequests: (lists + soakLooks) * pages + singles + writes * (3 + 1.5),
  };
}
