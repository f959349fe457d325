import type { Gate } from '../record/rollout.ts';

/** What a link in a request for an approval leads to: one gate of one rollout, for a day at most. */
export interface GateLink {
  readonly rollout: string;
  readonly batch: number;
  /** Since when the gate waits: a later one of the same batch is another one. */
  readonly since: string;
  readonly expires: string;
}

const LONGEST_MS = 86_400_000;

export function linkTo(
  rollout: string,
  { batch, since, until }: Omit<Gate, 'planHash' | 'modelHash'>,
): GateLink {
  const expires = Math.min(Date.parse(until), Date.parse(since) + LONGEST_MS);
  return { rollout, batch, since, expires: new Date(expires).toISOString() };
}

/** As it stands in an address, behind the rollout that the address names. */
export function tokenOf({ batch, since, expires }: GateLink, signature: string): string {
  return [batch, Date.parse(since), Date.parse(expires), signature].join('-');
}

/** What a token says, whoever has made it; `undefined` where it is none. */
export function readToken(
  rollout: string,
  token: string,
): { readonly link: GateLink; readonly signature: string } | undefined {
  const parts = /^(\d{1,6})-(\d{13})-(\d{13})-([0-9a-f]{32})$/.exec(token);
  if (parts === null) return undefined;
  const [, batch = '', since = '', expires = '', signature = ''] = parts;
  const time = (milliseconds: string): string => new Date(Number(milliseconds)).toISOString();
  return {
    link: { rollout, batch: Number(batch), since: time(since), expires: time(expires) },
    signature,
  };
}
