import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRecording } from '../../tools/recordings-read.ts';
import { writes } from '../lab/judge.ts';
import { pass, writeByHand } from '../lab/others.ts';
import { startLab, WEB } from '../lab/lab.ts';
import type { Body, Lab, Reply } from '../lab/lab.ts';
import { REAL_SETS } from '../lab/real-sets.ts';

/** Six plans of one set in a second are none of anybody's. */
const UNTHROTTLED = { throttling: false };
const SETTING = 'virtualMachineProfile.diagnosticsProfile.bootDiagnostics.enabled';

/** What people ask of a set, from the least that is done to it. */
const CHANGES: readonly (readonly [what: string, spec: Record<string, unknown>])[] = [
  ['nothing but the current model', { change: {} }],
  ['a setting', { change: { set: { [SETTING]: true } } }],
  ['the newest image', { change: { image: { version: 'latest' } } }],
  [
    'host encryption',
    { change: { set: { 'virtualMachineProfile.securityProfile.encryptionAtHost': true } } },
  ],
  ['another size', { change: { vmSize: 'Standard_NV6' }, strategy: { mostDisruptiveAllowed: 'deallocate' } }],
  ['another user', { change: { osProfile: { adminUsername: 'operator' } } }],
];

/** A plan as a reader sees it, in a few lines; how long it takes is for other tests. */
function told({ status, body }: Reply): readonly string[] {
  if (status !== 200) return [`${status} ${body.code}: ${body.detail}; ${body.remedy ?? ''}`];
  const named = body.batches.map(({ name, instances }: Body) => `${name}: ${instances.length}`);
  const skipped = Map.groupBy(body.skipped as readonly Body[], ({ reason }) => reason as string);
  return [
    `${body.class}, floor ${body.floor}`,
    ...body.delta.map(
      ({ path, before, after, class: takes }: Body) =>
        `${path}: ${JSON.stringify(before)} -> ${JSON.stringify(after)} (${takes})`,
    ),
    named.length === 0 ? 'no batches' : `batches ${named.join(', ')}`,
    ...[...skipped].map(([reason, those]) => `${those.length} skipped: ${reason}`),
    ...body.warnings.map(({ code }: Body) => `warning ${code}`),
    ...(body.unrecoverable ?? []).map(({ path }: Body) => `unrecoverable ${path}`),
  ];
}

async function plans(lab: Lab): Promise<Record<string, unknown>> {
  const found: Record<string, unknown> = {};
  for (const [what, spec] of CHANGES) {
    found[what] = told(await lab.call('POST', '/plans', { scaleSet: WEB, ...spec }));
  }
  return found;
}

describe('POST /plans', () => {
  it('is asked of at least twenty kinds of set', () => {
    expect(new Set(REAL_SETS.map(({ what }) => what)).size).toBeGreaterThanOrEqual(20);
  });

  // Feature [Plans] Plans of more than twenty real-looking sets, each for six changes (Issue 12, done when)
  //   shown by: POST /plans > of five instances of Ubuntu
  it.each(REAL_SETS)('of $what', async ({ set, patch }) => {
    await using lab = await startLab({ ...set, profile: UNTHROTTLED });
    if (patch !== undefined) await writeByHand(lab, 'PATCH', patch);
    await pass(lab, 300);
    for (const version of ['1.0.0', '1.1.0'])
      lab.sim.publishGalleryVersion({ resourceGroup: 'rollout', gallery: 'shop', image: 'app', version });
    const written = writes(lab.log).length;
    expect(await plans(lab)).toMatchSnapshot();
    expect(writes(lab.log)).toHaveLength(written);
  });
});

const FOLDER = '../shared/recordings';
const present = existsSync(FOLDER);
if (!present) console.log(`${FOLDER} is absent: no plan is made of a recorded model.`);

/** The first answer of each Uniform set in the recorded traffic, as it stands. */
function recorded(): readonly (readonly [name: string, model: Body])[] {
  const sets = new Map<string, Body>();
  for (const file of readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()) {
    for (const { method, url, status, body } of readRecording(join(FOLDER, file))) {
      const isSet = /\/virtualMachineScaleSets\/[^/]+$/i.test(url.pathname);
      const model = body as Body;
      if (method !== 'GET' || status !== 200 || !isSet || model.properties?.orchestrationMode !== 'Uniform')
        continue;
      const key = `${file.replace('.yaml', '')} ${model.name}`;
      if (!sets.has(key)) sets.set(key, model);
    }
  }
  return [...sets];
}

describe.skipIf(!present)('POST /plans of a recorded model', () => {
  it.each(present ? recorded() : [])('%s', async (_name, model) => {
    await using lab = await startLab({ scaleSets: [], profile: UNTHROTTLED });
    const { sku, tags = {}, zones, properties } = model;
    const { publisher, offer, sku: kind } = properties.virtualMachineProfile.storageProfile.imageReference;
    for (const version of ['1.0.0', '1.1.0']) lab.sim.publishImage({ publisher, offer, sku: kind, version });
    const url = `https://management.azure.com${WEB}?api-version=2024-07-01`;
    const put = { location: lab.sim.settings.location, sku, tags, ...(zones && { zones }), properties };
    const headers = { 'content-type': 'application/json' };
    const made = lab.sim.fetch(new Request(url, { method: 'PUT', headers, body: JSON.stringify(put) }));
    await lab.host.advance(1_800_000);
    expect((await made).status).toBe(201);
    expect(await plans(lab)).toMatchSnapshot();
  });
});
