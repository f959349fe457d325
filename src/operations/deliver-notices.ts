import type { Ports } from '../activities/frame/ports.ts';
import { MOST_TRIES, secondsAfter } from '../core/notices/backoff.ts';
import type { CloudEvent } from '../core/notices/cloud-event.ts';
import { settingOf } from '../core/notices/settings.ts';
import type { NoticeSettings } from '../core/notices/settings.ts';
import { secretsIn, signedHeaders } from '../core/notices/signature.ts';
import { slackBlocks } from '../core/notices/slack.ts';
import { teamsCard } from '../core/notices/teams.ts';
import type { Post, Posted } from '../outbound/port.ts';
import { bodyOf, bury, dequeue, listDeliveries, reschedule } from '../store/notices.ts';
import type { StoredDelivery } from '../store/notices.ts';
import { readNoticeSettings } from '../store/notice-settings.ts';

/** One page of the queue; and how much one go sends to one target, so that none keeps the others waiting. */
const PAGE = 500;
const MOST_PAGES = 10;
const MOST_FOR_ONE = 25;
const SIDE_BY_SIDE = 4;

/** Whoever has taken a delivery in hand is dead after that. */
const IN_HAND_SECONDS = 60;
/** A go that takes longer sends nothing more: the next one does. */
const MOST_SECONDS = 40;

interface Round {
  readonly ports: Ports;
  readonly settings: NoticeSettings;
  readonly until: number;
  /** What was given up, for the log: never with what it says. */
  readonly tell: (id: string, code: string) => void;
}

/**
 * Sends what is due. A delivery is taken in hand, sent, and removed; whoever dies in between leaves it to be sent again
 * under the same id. No rollout waits for any of it.
 */
export async function deliverNotices(ports: Ports, tell: (id: string, code: string) => void): Promise<void> {
  const { store, clock } = ports;
  const due = await dueAt(clock.now(), ports);
  if (due.length === 0) return;
  const { settings } = await readNoticeSettings(store);
  const round = { ports, settings, until: clock.now() + MOST_SECONDS * 1000, tell };
  const lanes = Map.groupBy(due, ({ delivery }) => delivery.target);
  await Promise.all([...lanes.values()].map((lane) => sendLane(lane.slice(0, MOST_FOR_ONE), round)));
}

async function dueAt(now: number, { store }: Ports): Promise<readonly StoredDelivery[]> {
  const due: StoredDelivery[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await listDeliveries(store, 'queue', { after, top: PAGE });
    due.push(...page.filter(({ delivery }) => Date.parse(delivery.nextAt) <= now));
    after = page.at(-1)?.id;
    if (page.length < PAGE) break;
  }
  return due;
}

/** A few at a time to each target. */
async function sendLane(lane: readonly StoredDelivery[], round: Round): Promise<void> {
  const left = [...lane];
  const work = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      if (round.ports.clock.now() > round.until) return;
      await sendOne(next, round);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
}

async function sendOne(stored: StoredDelivery, round: Round): Promise<void> {
  const { store, clock } = round.ports;
  const nextAt = new Date(clock.now() + IN_HAND_SECONDS * 1000).toISOString();
  const inHand = await reschedule(store, stored, { nextAt });
  // Another instance of the app was faster.
  if (inHand === undefined) return;
  const posted = await post(inHand, round);
  if (posted.kind === 'taken') return dequeue(store, inHand.id);
  await putOff(inHand, posted, round);
}

async function putOff(
  stored: StoredDelivery,
  posted: Exclude<Posted, { readonly kind: 'taken' }>,
  { ports: { store, clock }, tell }: Round,
): Promise<void> {
  const { id, delivery } = stored;
  const now = clock.now();
  const tries = delivery.tries + 1;
  const last = { at: new Date(now).toISOString(), code: posted.code };
  if (posted.kind === 'forbidden' || tries >= MOST_TRIES) {
    await bury(store, { ...stored, delivery: { ...delivery, tries, last } });
    tell(id, posted.code);
    return;
  }
  const seconds = secondsAfter(tries, id, posted.retryAfterSeconds);
  await reschedule(store, stored, { tries, last, nextAt: new Date(now + seconds * 1000).toISOString() });
}

/** What became of it, also where it cannot even be sent. */
async function post(stored: StoredDelivery, round: Round): Promise<Posted> {
  const { ports, settings } = round;
  const made = requestOf(stored, round);
  if ('kind' in made) return made;
  if (ports.notices === undefined) return { kind: 'failed', code: 'notBound' };
  return ports.notices.post(made, settings.hosts);
}

/** The target and its secrets are those of this moment: whoever corrects them has the next try sent right. */
function requestOf(stored: StoredDelivery, { ports, settings }: Round): Post | Posted {
  const target = settings.targets.find(({ name }) => name === stored.delivery.target);
  if (target === undefined) return { kind: 'forbidden', code: 'targetGone' };
  const secret = ports.notices?.secrets[settingOf(target)];
  if (secret === undefined) return { kind: 'failed', code: 'settingMissing' };
  const body = bodyIn(stored, ports);
  if (body === undefined) return { kind: 'forbidden', code: 'notReadable' };
  if (target.url !== undefined) {
    const secrets = secretsIn(secret);
    if (secrets === undefined) return { kind: 'failed', code: 'secretTooShort' };
    const signed = { id: stored.delivery.notice, body, seconds: ports.clock.now() / 1000 };
    return {
      url: target.url,
      body,
      headers: { 'content-type': CLOUD_EVENT, ...signedHeaders(secrets, signed) },
    };
  }
  const { data } = JSON.parse(body) as CloudEvent;
  const card = target.kind === 'teams' ? teamsCard(data) : slackBlocks(data);
  return { url: secret, body: JSON.stringify(card), headers: { 'content-type': 'application/json' } };
}

const CLOUD_EVENT = ['application/cloudevents+json', 'charset=utf-8'].join('; ');

/** Encrypted with a key that is gone, it will never be read again. */
function bodyIn(stored: StoredDelivery, { store }: Ports): string | undefined {
  try {
    return bodyOf(store, stored);
  } catch {
    return undefined;
  }
}
