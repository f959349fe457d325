import { createHmac, timingSafeEqual } from 'node:crypto';
import { expect } from 'vitest';
import type { Ports } from '../../src/activities/frame/ports.ts';
import { createOutbound } from '../../src/outbound/post.ts';
import { startLab } from './lab.ts';
import type { Body, Lab, LabOptions } from './lab.ts';
import { startReceiver } from './receiver.ts';
import type { Received, Receiver } from './receiver.ts';

const SECRET = 'a-secret-of-more-than-32-characters-1';
const SECRETS = { ROLLOUT_NOTICE_HOOK: SECRET };

/** What the lab's app sends with: to this machine, too, as a developer allows it. */
export function noticePorts(secrets: Readonly<Record<string, string>> = SECRETS): Pick<Ports, 'notices'> {
  const pageUrl = 'https://rollouts.example/api/dashboard';
  return { notices: { post: createOutbound({ loopback: true }), secrets, loopback: true, pageUrl } };
}

export interface NoticeLab extends AsyncDisposable {
  readonly lab: Lab;
  readonly receiver: Receiver;
  /** Lets the timer send what is due now; the receiver checks each signature as it comes. */
  deliver(): Promise<void>;
}

export interface NoticeLabOptions extends LabOptions {
  readonly settings?: (origin: string) => object;
  readonly secrets?: (origin: string) => Readonly<Record<string, string>>;
}

/** All notices of all rollouts to one webhook. */
const toOneHook = (origin: string): object => ({
  targets: [{ kind: 'webhook', name: 'hook', url: `${origin}/hook`, secret: 'ROLLOUT_NOTICE_HOOK' }],
  routes: [{ targets: ['hook'] }],
});

/** A lab whose notices go to a real HTTP server. */
export async function startNoticeLab({
  settings = toOneHook,
  secrets = () => SECRETS,
  ...options
}: NoticeLabOptions = {}): Promise<NoticeLab> {
  const receiver = await startReceiver();
  const lab = await startLab({ count: 5, ...options, ports: noticePorts(secrets(receiver.origin)) });
  await setNotices(lab, settings(receiver.origin));
  return {
    lab,
    receiver,
    async deliver() {
      const had = receiver.received.length;
      await lab.host.fireTimer('deliverNotices');
      const now = lab.host.clock.now();
      for (const one of receiver.received.slice(had).filter(isSigned)) verify(one, SECRET, now);
    },
    async [Symbol.asyncDispose]() {
      await lab[Symbol.asyncDispose]();
      await receiver[Symbol.asyncDispose]();
    },
  };
}

export async function setNotices(lab: Lab, settings: object, etag = '"notices-0"'): Promise<void> {
  const reply = await lab.call('PUT', '/notices', { settings }, { 'if-match': etag });
  expect([reply.status, reply.body]).toEqual([200, expect.anything()]);
}

const isSigned = ({ headers }: Received): boolean => 'vmss-rollout-id' in headers;

/** As a receiver does it who has read docs/NOTICES.md, and nothing of the app's code. */
export function verify({ headers, body }: Received, secret: string, now: number): Body {
  const id = String(headers['vmss-rollout-id']);
  const timestamp = String(headers['vmss-rollout-timestamp']);
  if (Math.abs(now / 1000 - Number(timestamp)) > 300) throw new Error('too old, or from the future');
  const expected = createHmac('sha256', secret).update(`${timestamp}.${id}.${body}`).digest();
  const shown = String(headers['vmss-rollout-signature']).split(',');
  const isGood = shown.some((one) => {
    const [version, hex = ''] = one.split('=');
    const given = Buffer.from(hex, 'hex');
    return version === 'v1' && given.length === expected.length && timingSafeEqual(given, expected);
  });
  if (!isGood) throw new Error('wrong signature');
  const event: Body = JSON.parse(body);
  if (event.id !== id) throw new Error('the id is of another notice');
  return event;
}

/** What a receiver that drops what it has had before makes of all that it got, in the order of time. */
export function eventsOf(received: readonly Received[]): readonly Body[] {
  const byId = new Map<string, string>();
  for (const { headers, body } of received) {
    const id = String(headers['vmss-rollout-id']);
    // What is sent twice is the same to the byte.
    expect(byId.get(id) ?? body).toBe(body);
    byId.set(id, body);
  }
  return [...byId.values()].map((body): Body => JSON.parse(body));
}
