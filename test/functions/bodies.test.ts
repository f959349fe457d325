import { describe, expect, it } from 'vitest';
import { NEW, startLab, WEB } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const CHUNKED = { 'transfer-encoding': 'chunked' };

/** A rollout that waits at the gate of its first batch. */
async function atItsGate(): Promise<{ lab: Lab; id: string }> {
  const lab = await startLab({ count: 5 });
  const id = await lab.start({ approvals: { before: 'batch' } });
  await lab.until(id, 'waiting');
  return { lab, id };
}

/** The host hands on no body without a length (test/host/functions-http.test.ts). */
describe('a body that does not reach the app', () => {
  it('is never taken for none: an approval of batch 7 approves nothing', async () => {
    const { lab, id } = await atItsGate();
    await using _ = lab;
    const reply = await lab.call('POST', `/rollouts/${id}/approve`, { batch: 7 }, CHUNKED);
    expect(reply).toMatchObject({ status: 411, body: { code: 'lengthRequired', status: 411 } });
    expect(reply.body.remedy).toContain('Content-Length');
    await lab.host.advance(60_000);
    expect(await lab.get(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval', batch: 0 } });
  });

  it.each(['/rollouts', '/plans', '/leases/0123456789abcdef0123456789abcdef/take-over'])(
    'is refused by %s',
    async (path) => {
      await using lab = await startLab({ count: 3 });
      const spec = { scaleSet: WEB, change: { image: { version: NEW } } };
      const reply = await lab.call('POST', path, spec, CHUNKED);
      expect(reply).toMatchObject({ status: 411, body: { code: 'lengthRequired' } });
    },
  );

  it.each<[string, Record<string, string>, number]>([
    ['a length', { 'content-length': '12' }, 411],
    ['chunks', CHUNKED, 411],
    ['a type and no length, as HTTP/2 may', { 'content-type': 'application/json' }, 411],
    ['a type and the length 0', { 'content-type': 'application/json', 'content-length': '0' }, 202],
    ['the length 0', { 'content-length': '0' }, 202],
    ['nothing', {}, 202],
  ])('is told from none by %s', async (_what, headers, status) => {
    const { lab, id } = await atItsGate();
    await using _ = lab;
    expect((await lab.call('POST', `/rollouts/${id}/approve`, undefined, headers)).status).toBe(status);
  });
});

it('is not unpacked', async () => {
  await using lab = await startLab({ count: 3 });
  const packed = await lab.call('POST', '/plans', '{}', { 'content-encoding': 'gzip' });
  expect(packed).toMatchObject({ status: 415, body: { code: 'unsupportedMediaType' } });
  expect(packed.body.detail).toContain('Content-Encoding');
  const plain = await lab.call('POST', '/plans', '{}', { 'content-encoding': 'identity' });
  expect(plain).toMatchObject({ status: 400, body: { code: 'invalidSpec' } });
});

describe('a query where none is known', () => {
  it('is refused by a command: a batch named there is not passed over', async () => {
    const { lab, id } = await atItsGate();
    await using _ = lab;
    const reply = await lab.call('POST', `/rollouts/${id}/approve?batch=7`);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidQuery', errors: [{ path: 'batch' }] } });
    expect(await lab.get(id)).toMatchObject({ phase: 'waiting', waitingFor: { kind: 'approval', batch: 0 } });
  });

  it.each([
    ['POST', '/rollouts'],
    ['POST', '/plans'],
    ['GET', '/rollouts/nope'],
    ['GET', '/rollouts/nope/plan'],
    ['GET', '/rollouts/nope/instances'],
    ['GET', '/rollouts/nope/events'],
    ['GET', '/rollouts/nope/explanation'],
    ['GET', '/rollouts/nope/rollback-plan'],
    ['GET', '/leases'],
    ['GET', '/scale-sets'],
  ])('is refused by %s %s', async (method, path) => {
    await using lab = await startLab({ count: 3 });
    const reply = await lab.call(method, `${path}?Top=3&code=k`);
    expect(reply).toMatchObject({ status: 400, body: { code: 'invalidQuery', errors: [{ path: 'Top' }] } });
    expect(JSON.stringify(reply.body)).not.toContain('"code=');
  });
});
