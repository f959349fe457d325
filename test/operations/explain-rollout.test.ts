import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../src/core/model/canonical.ts';
import { az, shellSplit } from '../lab/az.ts';
import { modelOf } from '../lab/judge.ts';
import type { Body, Lab, LabOptions } from '../lab/lab.ts';
import { NEW, OLD, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';
import { typed } from '../docs/transcript.ts';
import { recordsOf } from '../lab/records.ts';

const NASTY = `it's "5" $HOME \`id\` \\n\n; rm -rf / #=[x]`;
const ON_WEB = `--subscription ${SUBSCRIPTION} --resource-group rollout --name web`;

async function explained(lab: Lab, id: string): Promise<Body> {
  const { status, body } = await lab.call('GET', `/rollouts/${id}/explanation`);
  expect(status).toBe(200);
  return body;
}

/** Model and instances by the simulator's own word. */
function truth(lab: Lab): { model: string; images: Record<string, string> } {
  const set = lab.sim.scaleSet('web');
  if (set === undefined) throw new Error('the scale set is gone');
  const { sku, tags, properties } = modelOf(lab);
  const images = Object.fromEntries(set.instances.map(({ instanceId, image }) => [instanceId, image]));
  return { model: canonicalJson({ sku, tags, properties }), images };
}

/** Starts a rollout, lets it come as far as batch 2, and ends it there. */
async function abortedIn(lab: Lab, change: object): Promise<string> {
  const id = await lab.start({ change });
  await lab.until(id, (rollout) => rollout.batch === 2 && rollout.instances.upgrading === 3);
  await lab.send(id, 'abort', { reason: 'page' });
  expect((await lab.toEnd(id)).phase).toBe('cancelled');
  return id;
}

describe('the way back by hand', () => {
  // Feature [For a bad night] `explain`: the `az` commands that undo it by hand (For a bad night)
  it('is one model command and one for each touched batch, latest first', async () => {
    await using lab = await startLab();
    const id = await abortedIn(lab, { image: { version: NEW } });
    expect((await explained(lab, id)).undo).toEqual({
      commands: [
        `az vmss update ${ON_WEB} --set 'virtualMachineProfile.storageProfile.imageReference.version="${OLD}"'`,
        `az vmss update-instances ${ON_WEB} --instance-ids 2 7 12`,
        `az vmss update-instances ${ON_WEB} --instance-ids 1 6 11`,
        `az vmss update-instances ${ON_WEB} --instance-ids 0 5 10`,
      ],
      guards: [],
      unrecoverable: [],
    });
  });

  it.each<[string, LabOptions, object]>([
    ['an image version', {}, { image: { version: NEW } }],
    [
      'a string that looks like a number, and one that would end a shell',
      { tags: { build: '5', note: NASTY } },
      { image: { version: NEW }, set: { 'tags.build': '6', 'tags.note': 'short' } },
    ],
    [
      'a property that was not there',
      {},
      {
        image: { version: NEW },
        set: { 'virtualMachineProfile.diagnosticsProfile': { bootDiagnostics: { enabled: true } } },
      },
    ],
    [
      'an extension',
      { extensions: [anExtension({ commandToExecute: `echo ${NASTY}`, retries: 3 })] },
      { image: { version: NEW }, extensions: [{ name: 'app', settings: { commandToExecute: 'true' } }] },
    ],
    [
      'a change that takes a new disk',
      {},
      { image: { version: NEW }, osProfile: { adminUsername: 'grace' } },
    ],
    [
      'an upgrade policy that was held',
      { upgradePolicy: { mode: 'Automatic' } },
      { image: { version: NEW } },
    ],
  ])('restores %s, by the word of the service', async (_, options, change) => {
    await using lab = await startLab(options);
    const before = truth(lab);
    expect(new Set(Object.values(before.images))).toEqual(new Set([OLD]));
    const id = await abortedIn(lab, change);
    const between = truth(lab);
    expect(between.model).not.toBe(before.model);
    expect(between.images).not.toEqual(before.images);
    const { undo } = await explained(lab, id);
    for (const command of [...undo.commands, ...undo.guards]) await az(lab, command);
    expect(truth(lab)).toEqual(before);
  });

  it('names what nobody can put back', async () => {
    const signed = ['https://store.example/a.sh?sv=1&sig=oldsecret'];
    await using lab = await startLab({ extensions: [anExtension({ fileUris: signed })] });
    const fileUris = ['https://store.example/b.sh?sv=1&sig=newsecret'];
    const extensions = [{ name: 'app', settings: { fileUris } }];
    const id = await abortedIn(lab, { image: { version: NEW }, extensions });
    const whole = await explained(lab, id);
    expect(whole.undo.unrecoverable).toEqual([
      {
        path: 'virtualMachineProfile.extensionProfile.extensions[name=app].settings',
        why: 'the old value holds a key or a signature, which is not shown: get it from its issuer',
      },
    ]);
    expect(whole.undo.commands[0]).toContain('imageReference.version');
    expect(JSON.stringify(whole)).not.toMatch(/oldsecret|newsecret/);
  });

  it('is nothing before anything was done, and after a rollback', async () => {
    await using lab = await startLab({ faults: [{ kind: 'badImage', version: NEW, updateDomains: [1] }] });
    const id = await lab.start({ approvals: { before: 'rollout' } });
    await lab.until(id, 'waiting');
    expect((await explained(lab, id)).undo.commands).toEqual([]);
    await lab.send(id, 'approve');
    expect((await lab.toEnd(id)).phase).toBe('rolledBack');
    expect((await explained(lab, id)).undo.commands).toEqual([]);
  });
});

describe('the explanation of a rollout', () => {
  // Feature [For a bad night] `explain`: plan, what was done, why it waits and what ends that (For a bad night)
  it('says why it waits and what ends that', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    const whole = await explained(lab, id);
    expect(whole).toMatchObject({
      id,
      scaleSet: WEB,
      phase: 'waiting',
      standing: 'waiting, update domain 1, 3 of 15 instances upgraded',
      waits: { kind: 'approval', message: 'update domain 1 is waiting for approval' },
      possible: [
        `vmss-rollout approve ${id} --batch 1`,
        `vmss-rollout reject ${id} --batch 1`,
        `vmss-rollout skip ${id} --batch 1`,
        `vmss-rollout pause ${id}`,
        `vmss-rollout rollback ${id}`,
        `vmss-rollout abort ${id}`,
      ],
      left: {
        model: 'after',
        instances: {
          after: ['0', '5', '10'],
          before: ['1', '2', '3', '4', '6', '7', '8', '9', '11', '12', '13', '14'],
        },
      },
      plan: { delta: [{ before: OLD, after: NEW }], floor: 12 },
    });
  });

  it('shows operations and their outcomes, but never their URLs', async () => {
    await using lab = await startLab();
    const id = await abortedIn(lab, { image: { version: NEW } });
    const whole = await explained(lab, id);
    expect(whole.done.operations).toMatchObject([
      { kind: 'model', status: 'succeeded' },
      { kind: 'upgrade', batch: 0, instances: ['0', '5', '10'], status: 'succeeded' },
      { kind: 'upgrade', batch: 1, instances: ['1', '6', '11'], status: 'succeeded' },
      { kind: 'upgrade', batch: 2, instances: ['2', '7', '12'], status: 'succeeded' },
    ]);
    expect(whole.done.events.at(-1)).toMatchObject({ kind: 'ended' });
    expect(whole).toMatchObject({ waits: null, possible: [`vmss-rollout start --rollback-of ${id} --wait`] });
    // The store has them; the answer must not.
    const kept = JSON.stringify((await recordsOf(lab.store, id)).operations);
    expect(kept).toContain('pollUrl');
    expect(JSON.stringify(whole)).not.toMatch(/pollUrl|\/operations\/|[?&]t=|monitor=/);
  });

  it('is there before there is a plan, and for no other id', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'unreachable', fromSeconds: 0, untilSeconds: 3600 }],
    });
    const id = await lab.start();
    await lab.until(id, 'planning');
    expect(await explained(lab, id)).toMatchObject({ plan: null, undo: { commands: [] } });
    expect((await lab.call('GET', '/rollouts/nope/explanation')).status).toBe(404);
    expect((await lab.call('GET', `/rollouts/${id}/explanation?x=1`)).status).toBe(400);
  });
});

it('a real shell reads back what is quoted', async () => {
  const { shellWord } = await import('../../src/core/messages/shell.ts');
  const words = [
    'plain',
    '',
    "'",
    "''",
    NASTY,
    '$(id)',
    '*',
    '~',
    '-n',
    'a b',
    'ü€\u{1F600}',
    '!x',
    '{a,b}',
    '\\',
  ];
  expect(shellSplit(words.map((word) => shellWord(word)).join(' '))).toEqual(words);
});

function anExtension(settings: object) {
  return {
    name: 'app',
    properties: {
      publisher: 'Microsoft.Azure.Extensions',
      type: 'CustomScript',
      typeHandlerVersion: '2.1',
      settings: settings as Record<string, unknown>,
    },
  };
}

it('is what the command line shows, write by write', async () => {
  await using lab = await startLab();
  const id = await abortedIn(lab, { image: { version: NEW } });
  const shown = await typed(lab, ['explain', id]);
  const writes = lab.log.filter((entry) => entry.kind === 'request' && entry.operation === 'manualupgrade');
  expect(shown.match(/^upgrade /gm)).toHaveLength(writes.length);
  expect(shown).not.toContain('exit code');
});
