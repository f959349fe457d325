import { describe, expect, it, test } from 'vitest';
import type { FaultInput } from '../../local/simulator/faults/schema.ts';
import { writes } from '../lab/judge.ts';
import { NEW, OLD, startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab, LabOptions, Reply } from '../lab/lab.ts';

const SPEC = { scaleSet: WEB, change: { image: { version: NEW } } };
const plan = (lab: Lab, fields: object = {}): Promise<Reply> =>
  lab.call('POST', '/plans', { ...SPEC, ...fields });

/** No write to the service, none to the store but the count of the caller's plans, no workflow. */
async function expectReadOnly(lab: Lab, act: () => Promise<Reply>): Promise<Reply> {
  const calls = lab.store.calls.length;
  const reply = await act();
  // What others have set is looked at.
  const changed = lab.store.calls.slice(calls).filter((call) => !call.startsWith('get '));
  expect(changed.filter((call) => !/^\w+ switches\/tally-plans\//.test(call))).toEqual([]);
  expect(writes(lab.log)).toEqual([]);
  await lab.host.advance(600_000);
  expect((await lab.call('GET', '/rollouts')).body.value).toEqual([]);
  expect(writes(lab.log)).toEqual([]);
  return reply;
}

// Feature [Change] A plan without a rollout: nothing is written (C17)
it('says what a rollout would do, and does nothing', async () => {
  await using lab = await startLab({ protectedInstances: ['7'] });
  const { status, body } = await expectReadOnly(lab, () => plan(lab));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    hash: expect.stringMatching(/^\w+$/),
    scaleSet: WEB,
    delta: [
      {
        path: 'virtualMachineProfile.storageProfile.imageReference.version',
        before: OLD,
        after: NEW,
        class: 'reimage',
      },
    ],
    class: 'reimage',
    batches: [
      { index: 0, name: 'update domain 0', instances: ['0', '5', '10'] },
      { index: 1, name: 'update domain 1', instances: ['1', '6', '11'] },
      { index: 2, name: 'update domain 2', instances: ['2', '12'] },
      { index: 3, name: 'update domain 3', instances: ['3', '8', '13'] },
      { index: 4, name: 'update domain 4', instances: ['4', '9', '14'] },
    ],
    floor: 12,
    skipped: [{ instance: '7', reason: expect.stringContaining('protected') }],
    expected: { seconds: expect.any(Number), armRequests: expect.any(Number) },
    warnings: [],
  });
});

// Feature [Change] The plan and the model as it was travel with the run (B13, C17)
// Feature [API] `/plan` of a rollout (API)
it('is the plan that a rollout then keeps to', async () => {
  await using lab = await startLab({ count: 5 });
  const reviewed = (await plan(lab)).body;
  const ended = await lab.rollOut({ planHash: reviewed.hash });
  expect(ended).toMatchObject({ phase: 'succeeded', planHash: reviewed.hash });
  const kept = (await lab.call('GET', `/rollouts/${ended.id}/plan`)).body;
  expect(kept).toEqual(reviewed);
});

it('warns when nothing is to be done', async () => {
  await using lab = await startLab({ count: 5 });
  const { status, body } = await plan(lab, { change: { image: { version: OLD } } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ batches: [], delta: [], class: 'none' });
  expect(body.warnings.map(({ code }: Body) => code)).toEqual(['nothingToDo']);
});

it('makes a plan also while a rollout of the same scale set runs', async () => {
  await using lab = await startLab({ count: 5 });
  await lab.until(await lab.start(), 'upgrading');
  expect((await plan(lab)).status).toBe(200);
});

it('shows no signature of a URL', async () => {
  await using lab = await startLab({ count: 5 });
  const path = 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.storageUri';
  const set = { [path]: 'https://store.example/x?sv=1&sig=S3CRET' };
  const { body } = await plan(lab, { change: { set } });
  expect(JSON.stringify(body)).not.toContain('S3CRET');
  expect(JSON.stringify(body.delta[0].after)).toContain('https://store.example/x');
});

interface Refused {
  readonly code: string;
  readonly spec?: object;
  readonly lab?: LabOptions;
  /** Which field or property the answer names. */
  readonly path?: string;
  readonly rest?: number;
}

const set = (path: string, value: unknown): object => ({ change: { set: { [path]: value } } });
const CASES: readonly Refused[] = [
  { code: 'scaleSetNotFound', spec: { scaleSet: WEB.replace(/web$/, 'nope') }, path: 'scaleSet' },
  { code: 'imageNotFound', spec: { change: { image: { version: '1.2.3' } } }, path: 'change.image.version' },
  { code: 'pathNotFound', spec: set('virtualMachineProfil.x', 1), path: 'change.set.virtualMachineProfil.x' },
  { code: 'propertyNotChangeable', spec: set('location', 'mars'), path: 'location' },
  { code: 'propertyNotChangeable', spec: set('sku.capacity', 3), path: 'sku.capacity' },
  {
    code: 'tooDisruptive',
    spec: { strategy: { mostDisruptiveAllowed: 'none' } },
    path: 'strategy.mostDisruptiveAllowed',
  },
  {
    code: 'irreversibleChange',
    spec: set('virtualMachineProfile.osProfile.customData', 'eA=='),
    path: 'change.set.virtualMachineProfile.osProfile.customData',
  },
  { code: 'floorImpossible', lab: { count: 1 }, path: 'strategy.maxUnavailable' },
  {
    code: 'noHealthSignal',
    lab: { healthExtension: false },
    spec: { health: { requireSignal: true } },
    path: 'health.requireSignal',
  },
  {
    code: 'tooManyUnhealthy',
    lab: { faults: [{ kind: 'sickInstance', instances: ['0', '1'] }] },
    path: 'health.maxUnhealthyInstancePercent',
    rest: 120,
  },
  { code: 'planChanged', spec: { planHash: 'x' }, path: 'planHash' },
];

test.each(CASES)('refuses with $code, naming $path', async ({ code, spec, lab: options, path, rest = 0 }) => {
  await using lab = await startLab({ count: 5, ...options });
  if (rest > 0) await lab.host.advance(rest * 1000);
  const { status, headers, body } = await expectReadOnly(lab, () => plan(lab, spec));
  expect({ status, code: body.code }).toEqual({ status: 422, code });
  expect(headers.get('content-type')).toBe('application/problem+json');
  expect(body).toMatchObject({
    title: 'Refused',
    detail: expect.stringMatching(/\w/),
    remedy: expect.stringMatching(/\w/),
  });
  expect(body.errors).toEqual([{ path, message: expect.any(String) }]);
});

describe('a service that does not answer', () => {
  const DOWN: FaultInput = { kind: 'unreachable', fromSeconds: 0, untilSeconds: 9000 };

  it('is a 502 that says so', async () => {
    await using lab = await startLab({ count: 5, faults: [DOWN] });
    const { status, headers, body } = await expectReadOnly(lab, () => plan(lab));
    expect({ status, code: body.code }).toEqual({ status: 502, code: 'armUnreachable' });
    expect(headers.get('retry-after')).toMatch(/^\d+$/);
  });

  it.each([500, 502, 503, 504] as const)('is one that answers %i, too', async (serverStatus) => {
    const fault: FaultInput = { kind: 'serverError', operation: 'getScaleSet', status: serverStatus };
    await using lab = await startLab({ count: 5, faults: [fault] });
    expect(await plan(lab)).toMatchObject({ status: 502, body: { code: 'armUnreachable' } });
    expect((await plan(lab)).status).toBe(200);
  });

  it('keeps a rollout waiting in planning, reserved', async () => {
    await using lab = await startLab({ count: 5, faults: [{ ...DOWN, untilSeconds: 1200 }] });
    const id = await lab.start();
    await lab.host.advance(600_000);
    expect((await lab.get(id)).phase).toBe('planning');
    expect((await lab.call('POST', '/rollouts', SPEC)).status).toBe(409);
    expect((await lab.toEnd(id)).phase).toBe('succeeded');
  });
});

it('says how long to wait when the service limits reads', async () => {
  const fault: FaultInput = { kind: 'throttle', operation: 'getScaleSet', retryAfterSeconds: 77 };
  await using lab = await startLab({ count: 5, faults: [fault] });
  const { status, headers } = await plan(lab);
  expect(status).toBe(503);
  expect(headers.get('retry-after')).toBe('77');
});
