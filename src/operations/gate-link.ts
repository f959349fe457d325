import { timingSafeEqual } from 'node:crypto';
import type { Ports } from '../activities/frame/ports.ts';
import { linkTo, readToken, tokenOf } from '../core/notices/gate-link.ts';
import type { GateLink } from '../core/notices/gate-link.ts';
import type { Notice } from '../core/notices/notice.ts';
import type { RolloutRecord } from '../core/record/rollout.ts';
import type { Store } from '../store/port.ts';

/** Where people look at what a notice is about; for an approval the link is signed, and names the gate. */
export function pageOf(
  rollout: string,
  { kind, batch, since, until }: Notice,
  { notices, store }: Ports,
): string | undefined {
  if (notices?.pageUrl === undefined) return undefined;
  // A stage is approved on the campaign's own page, by whoever is signed in there
  if (rollout.startsWith('c-')) return `${notices.pageUrl}/campaigns/${rollout}`;
  const page = `${notices.pageUrl}/rollouts/${rollout}`;
  if (kind !== 'approvalRequested' || batch === undefined || since === undefined || until === undefined)
    return page;
  const link = linkTo(rollout, { batch, since, until });
  return `${page}?gate=${tokenOf(link, signaturesOf(link, store)[0] ?? '')}`;
}

export type GateLinkVerdict =
  | { readonly kind: 'forged' }
  | { readonly kind: 'expired' }
  /** `isOpen`: the very gate that it was made for still waits. */
  | { readonly kind: 'good'; readonly link: GateLink; readonly isOpen: boolean };

/** What a link is good for. Nothing is done by following it: whoever approves says so, as everywhere. */
export function followGateLink(
  { id, gate }: RolloutRecord,
  token: string,
  { store, clock }: Ports,
): GateLinkVerdict {
  const read = readToken(id, token);
  if (read === undefined) return { kind: 'forged' };
  const { link, signature } = read;
  // fence V9: a link that nobody here has signed leads nowhere
  if (!signaturesOf(link, store).some((own) => isSame(own, signature))) return { kind: 'forged' };
  // fence V9: a link leads nowhere after its day
  if (clock.now() > Date.parse(link.expires)) return { kind: 'expired' };
  return { kind: 'good', link, isOpen: gate?.batch === link.batch && gate.since === link.since };
}

/** By the newest key, which signs, and by older ones, which still count. */
function signaturesOf(link: GateLink, { cipher }: Store): readonly string[] {
  return cipher.hashes({ gateLink: link });
}

function isSame(own: string, given: string): boolean {
  return own.length === given.length && timingSafeEqual(Buffer.from(own), Buffer.from(given));
}
