import type { Ports } from '../activities/frame/ports.ts';
import { acts } from '../core/messages/acts.ts';
import type { NoticeSettings, NoticeSettingsVersion } from '../core/notices/settings.ts';
import { listDeliveries, readDead, revive } from '../store/notices.ts';
import type { Delivery } from '../store/notices.ts';
import { listNoticeSettings, readNoticeSettings, replaceNoticeSettings } from '../store/notice-settings.ts';
import { noteAct } from './note-act.ts';

export interface NoticesView {
  readonly number: number;
  readonly settings: NoticeSettings;
  readonly versions: readonly NoticeSettingsVersion[];
}

/** The settings as they stand, and every version that there ever was. */
export async function viewNotices({ store }: Ports): Promise<NoticesView> {
  const [standing, versions] = await Promise.all([readNoticeSettings(store), listNoticeSettings(store)]);
  return { ...standing, versions };
}

/** Replaces the version that the caller has read; false when another one stands by now. */
export async function setNotices(
  asked: {
    readonly settings: NoticeSettings;
    readonly by: string;
    readonly reason?: string;
    readonly after: number;
  },
  ports: Ports,
): Promise<boolean> {
  const { store, clock } = ports;
  const { after, ...next } = asked;
  const { by, reason } = next;
  await noteAct(ports, 'noticesIntended', { by, message: acts.noticesIntended(after, reason) });
  const at = new Date(clock.now()).toISOString();
  const isSet = await replaceNoticeSettings(store, after, { ...next, at });
  await (isSet
    ? noteAct(ports, 'noticesSet', { by, message: acts.noticesSet(after + 1) })
    : noteAct(ports, 'noticesKept', { by, message: acts.noticesKept(after) }));
  return isSet;
}

/** A delivery that was given up, without what it says. */
export interface DeadLetter extends Omit<Delivery, 'body' | 'nextAt'> {
  readonly id: string;
}

/** The oldest rollouts' first. */
export async function listDeadLetters(
  page: { readonly after?: string | undefined; readonly top: number },
  { store }: Ports,
): Promise<readonly DeadLetter[]> {
  const found = await listDeliveries(store, 'dead', page);
  return found.map(({ id, delivery: { body: _body, nextAt: _next, ...rest } }) => ({ id, ...rest }));
}

/** What is still on its way to one target. */
export interface UnderWay {
  readonly target: string;
  readonly count: number;
  /** Of the one that was tried most. */
  readonly tries: number;
  /** When the next one is tried. */
  readonly nextAt: string;
  /** Why the last try was in vain. */
  readonly code?: string;
}

const MOST_UNDER_WAY = 1000;

/** Deliveries that are still tried, by target. */
export async function listUnderWay({ store }: Ports): Promise<readonly UnderWay[]> {
  const found = await listDeliveries(store, 'queue', { top: MOST_UNDER_WAY });
  const deliveries = found.map(({ delivery }) => delivery);
  return [...Map.groupBy(deliveries, ({ target }) => target)].map(([target, own]) => {
    const tried = own
      .flatMap(({ last }) => last ?? [])
      .toSorted((one, other) => (one.at < other.at ? -1 : 1));
    const code = tried.at(-1)?.code;
    return {
      target,
      count: own.length,
      tries: Math.max(...own.map(({ tries }) => tries)),
      nextAt: own.map(({ nextAt }) => nextAt).reduce((one, other) => (one < other ? one : other)),
      ...(code !== undefined && { code }),
    };
  });
}

/** Puts a dead letter on its way again, under the same id; false where there is none. */
export async function resendNotice(
  { id, by, reason }: { readonly id: string; readonly by: string; readonly reason?: string | undefined },
  ports: Ports,
): Promise<boolean> {
  const stored = await readDead(ports.store, id);
  if (stored === undefined) return false;
  await noteAct(ports, 'resendIntended', { by, message: acts.resendIntended(id, reason) });
  await revive(ports.store, stored, new Date(ports.clock.now()).toISOString());
  return true;
}
