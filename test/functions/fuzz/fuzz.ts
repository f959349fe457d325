import * as fc from 'fast-check';
import { expect } from 'vitest';
import { writes } from '../../lab/judge.ts';
import { startLab, WEB } from '../../lab/lab.ts';
import type { Body, Lab } from '../../lab/lab.ts';
import { OWN_SET, SPEC } from './fields.ts';
import type { Attempt } from './attempts.ts';
import { commandAttempts, takeOverAttempts } from './commands.ts';
import { specAttempts, strayPaths, wellMeant } from './specs.ts';
import { wrongKeys } from './texts.ts';

/** A body, where it is sent, and what is answered when nothing is wrong with it. */
interface Delivery {
  readonly path: string;
  readonly attempt: Attempt;
  readonly fine: Fine;
}

interface Fine {
  readonly status: number;
  readonly code?: string;
}

const WRONG_PHASE = { status: 409, code: 'wrongPhase' };
const NOT_FOUND = { status: 404, code: 'notFound' };

function deliveries(id: string, lease: string): fc.Arbitrary<Delivery> {
  const [specs, commands, takeOvers] = [specAttempts(), commandAttempts(), takeOverAttempts()];
  const to = (weight: number, path: string, attempts: fc.Arbitrary<Attempt>, fine: Fine) => ({
    weight,
    arbitrary: attempts.map((attempt) => ({ path, attempt, fine })),
  });
  return fc.oneof(
    to(4, '/rollouts', specs, { status: 202 }),
    // The set is one that Azure does not know: whoever hears that has come through all else.
    to(4, '/plans', specs, { status: 422, code: 'scaleSetNotFound' }),
    to(1, '/rollouts', wrongKeys(JSON.stringify(SPEC)), { status: 202 }),
    to(1, '/plans', fc.oneof(strayPaths(), wellMeant()), { status: 200 }),
    // Commands that are not possible while a gate is open, whatever their body says.
    to(1, `/rollouts/${id}/retry`, commands, WRONG_PHASE),
    to(1, `/rollouts/${id}/resume`, commandAttempts({ isOfAll: true }), WRONG_PHASE),
    to(1, '/rollouts/nobody/abort', commandAttempts({ isOfAll: true }), NOT_FOUND),
    to(1, `/leases/${lease}/take-over`, takeOvers, { status: 409, code: 'scaleSetBusy' }),
    to(1, `/leases/${'0'.repeat(32)}/take-over`, takeOvers, NOT_FOUND),
  );
}

/**
 * Sends so many bodies to an app whose one scale set is held by a rollout that waits for an approval, and judges each
 * answer by the way its body was made. Answers with how often each kind came.
 */
export async function fuzz(count: number, seed: number): Promise<Readonly<Record<string, number>>> {
  await using lab = await startLab({ count: 3, profile: { throttling: false } });
  const held = await lab.start({ approvals: { before: 'rollout' } });
  await lab.until(held, 'waiting');
  const [lease] = (await lab.call('GET', '/leases')).body.value;
  const before = await standing(lab, held);
  const tally: Record<string, number> = {};
  const accepted = new Set<string>();
  const wrong: object[] = [];

  for (const [index, delivery] of fc.sample(deliveries(held, lease.id), { seed, numRuns: count }).entries()) {
    const { path, attempt } = delivery;
    const answer = await send(lab, path, attempt, index);
    const isAsExpected = judge(delivery, answer);
    if (!isAsExpected) wrong.push({ path, ...attempt, text: attempt.text.slice(0, 3000), answer });
    if (answer.status === 202) accepted.add(answer.body.id);
    const kind = `${attempt.how}: ${answer.status}`;
    tally[kind] = (tally[kind] ?? 0) + 1;
  }

  expect(wrong, `seed ${seed}`).toEqual([]);
  await lab.host.advance(600_000);
  expect(await standing(lab, held)).toEqual(before);
  expect(writes(lab.log)).toEqual([]);
  expect(lab.host.diagnostics).toEqual([]);
  await expectOnly(lab, [...accepted, held]);
  return tally;
}

/** What the rollout that holds the scale set shows: nothing that was sent may have moved it. */
async function standing(lab: Lab, id: string): Promise<Body> {
  const { phase, waitingFor, batches } = await lab.get(id);
  return { phase, waitingFor, batches, events: (await lab.call('GET', `/rollouts/${id}/events`)).body.value };
}

/** Only what was accepted was begun; and of a set that Azure does not know it only learnt that. */
async function expectOnly(lab: Lab, ids: readonly string[]): Promise<void> {
  const known: Body[] = [];
  let path = '/rollouts?top=100';
  while (path !== '') {
    const page: Body = (await lab.call('GET', path)).body;
    known.push(...page.value);
    path = page.nextLink?.replace(/^.*\/api/, '') ?? '';
  }
  expect(new Set(known.map(({ id }) => id))).toEqual(new Set(ids));
  expect(known).toHaveLength(ids.length);
  const others = known.filter(({ scaleSet }) => scaleSet !== WEB);
  expect(new Set(others.map(({ phase, failure }) => `${phase} ${failure?.code}`))).toEqual(
    new Set(others.length === 0 ? [] : ['refused scaleSetNotFound']),
  );
}

interface Answer {
  readonly status: number;
  readonly type: string | null;
  readonly body: Body;
}

async function send(
  lab: Lab,
  path: string,
  { text, encoding, headers }: Attempt,
  sent: number,
): Promise<Answer> {
  const own = text.replaceAll(OWN_SET, `fuzz-${String(sent).padStart(8, '0')}`);
  const body = bytesOf(own, encoding);
  const described = { 'content-type': 'application/json', 'content-length': String(body.byteLength) };
  const response = await lab.host.request(
    new Request(`http://app/api${path}`, { method: 'POST', headers: { ...described, ...headers }, body }),
  );
  const answer = await response.text();
  const type = response.headers.get('content-type');
  return { status: response.status, type, body: answer === '' ? undefined : JSON.parse(answer) };
}

function bytesOf(text: string, encoding: Attempt['encoding']): Uint8Array<ArrayBuffer> {
  switch (encoding) {
    case 'utf16':
      return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    case 'bom':
      return new TextEncoder().encode(`\ufeff${text}`);
    case 'broken':
      return new Uint8Array(
        Buffer.concat([
          Buffer.from(text.slice(0, -1)),
          Buffer.from(',"reason":"\xc3(\xff\xed\xa0\x80"}', 'latin1'),
        ]),
      );
    case 'utf8':
    case undefined:
      return new TextEncoder().encode(text);
  }
}

/** Whether an answer is the one that the body had to get. */
function judge({ fine, attempt: { expected } }: Delivery, { status, type, body }: Answer): boolean {
  if (expected.kind === 'fine') return status === fine.status && body?.code === fine.code;
  const paths: string[] = (body?.errors ?? []).map((error: Body) => error.path);
  const { path = paths[0], within = '' } = expected;
  return (
    status === expected.status &&
    body?.code === expected.code &&
    body.status === status &&
    type === 'application/problem+json' &&
    /\w/.test(body.title) &&
    /\w/.test(body.detail) &&
    (status !== 400 || paths.length > 0) &&
    (path === undefined || paths.includes(path)) &&
    paths.every((found) => found.startsWith(within))
  );
}

/** What everything inherits: no body may have added to it. */
export function prototypes(): readonly (readonly PropertyKey[])[] {
  return [Object, Array, Function, String, Number, Map, Set, Promise].map(({ prototype }) =>
    Reflect.ownKeys(prototype),
  );
}
