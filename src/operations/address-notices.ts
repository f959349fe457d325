import type { Ports } from '../activities/frame/ports.ts';
import { isOver } from '../core/campaign/campaign.ts';
import { campaignSubject } from '../core/campaign/notices.ts';
import { cloudEventOf, rolloutSubject } from '../core/notices/cloud-event.ts';
import type { Subject } from '../core/notices/cloud-event.ts';
import { targetsOf } from '../core/notices/routes.ts';
import type { About } from '../core/notices/routes.ts';
import type { NoticeSettings } from '../core/notices/settings.ts';
import { isEnded } from '../core/record/phase.ts';
import { acceptedAt, DAY_MS } from '../core/run/retention.ts';
import { readCampaign } from '../store/campaigns.ts';
import { listHeldLeases } from '../store/leases.ts';
import { enqueue, follow, listFollowed, unfollow } from '../store/notices.ts';
import { readNoticeSettings } from '../store/notice-settings.ts';
import { clearOutbox, readOutbox } from '../store/outbox.ts';
import type { Waiting } from '../store/outbox.ts';
import { readRollout } from '../store/rollouts.ts';
import { pageOf } from './gate-link.ts';

const MOST_COMMITS = 50;

/**
 * Makes deliveries of what commits had to tell, one for each target that a route leads to. A delivery is on its way
 * before what it came from is cleared, and has a name of its own: whoever dies in between makes the same ones again.
 */
export async function addressNotices(
  ports: Ports,
  onTrouble: (rollout: string, error: unknown) => void,
): Promise<void> {
  const { store } = ports;
  const followed = await listFollowed(store);
  const held = new Set((await listHeldLeases(store)).map(({ rolloutId }) => rolloutId));
  // Accepted by a build that knew no notices.
  const unknown = [...held].filter((id) => !followed.includes(id));
  for (const id of unknown) await follow(store, id);
  if (followed.length + unknown.length === 0) return;
  const { settings } = await readNoticeSettings(store);
  for (const id of [...followed, ...unknown]) {
    try {
      await addressRollout(id, { ports, settings, isHeld: held.has(id) });
    } catch (error) {
      // One that cannot be read must not keep the others from being told.
      onTrouble(id, error);
    }
  }
}

interface Round {
  readonly ports: Ports;
  readonly settings: NoticeSettings;
  readonly isHeld: boolean;
}

/** A rollout that ended before its outbox was found empty will never have anything in it again. */
async function addressRollout(id: string, { ports, settings, isHeld }: Round): Promise<void> {
  const { store, clock } = ports;
  const about = id.startsWith('c-') ? aboutCampaign : aboutRollout;
  const ended = isHeld ? undefined : await about(id, ports);
  const waiting = await readOutbox(store, id, MOST_COMMITS);
  if (waiting.length === 0) {
    const isDone = ended === undefined ? isForgotten(id, clock.now()) : ended.isOver;
    if (!isHeld && isDone) await unfollow(store, [id]);
    return;
  }
  const told = ended ?? (await about(id, ports));
  if (told !== undefined) for (const one of waiting) await addressCommit(told, one, { ports, settings });
  await clearOutbox(
    store,
    id,
    waiting.map(({ row }) => row),
  );
}

/** What is told of, as routes and events know it. */
interface ToldOf extends About {
  readonly id: string;
  readonly subject: Subject;
  readonly isOver: boolean;
}

async function aboutRollout(id: string, { store }: Ports): Promise<ToldOf | undefined> {
  const record = (await readRollout(store, id))?.record;
  if (record === undefined) return undefined;
  const { scaleSet, spec, phase } = record;
  const subject = rolloutSubject(record);
  return { id, subject, scaleSets: [scaleSet], labels: spec.labels ?? {}, isOver: isEnded(phase) };
}

async function aboutCampaign(id: string, { store }: Ports): Promise<ToldOf | undefined> {
  const campaign = await readCampaign(store, id);
  if (campaign === undefined) return undefined;
  const { record, spec, sets } = campaign;
  const scaleSets = sets.filter(({ phase }) => phase !== 'skipped').map(({ scaleSet }) => scaleSet);
  const subject = campaignSubject(campaign);
  return { id, subject, scaleSets, labels: spec.labels ?? {}, isOver: isOver(record.phase) };
}

/** Its start has died long ago, or it was purged. */
function isForgotten(id: string, now: number): boolean {
  return now - (acceptedAt(id.replace(/^c-/, '')) ?? 0) > DAY_MS;
}

async function addressCommit(
  told: ToldOf,
  { at, notices }: Waiting,
  { ports, settings }: Pick<Round, 'ports' | 'settings'>,
): Promise<void> {
  for (const { id, notice } of notices) {
    const page = pageOf(told.id, notice, ports);
    for (const target of targetsOf(settings, told, notice.kind))
      await enqueue(ports.store, {
        notice: id,
        target,
        rollout: told.id,
        kind: notice.kind,
        at,
        tries: 0,
        nextAt: at,
        body: JSON.stringify(cloudEventOf(told.subject, { id, at, notice, page })),
      });
  }
}
