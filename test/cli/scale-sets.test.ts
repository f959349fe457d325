import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLab, type Lab } from '../lab/lab.ts';
import { typedIn } from '../docs/transcript.ts';

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ count: 4 });
});

afterAll(() => lab[Symbol.asyncDispose]());

async function told(...argv: readonly string[]): Promise<string> {
  const { code, out, err } = await typedIn(lab, argv);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out;
}

describe('scale-sets', () => {
  // Feature [Azure] Scale sets, their instances, models and instance views on the command line (CLI)
  it('list shows each with who holds it', async () => {
    expect(await told('scale-sets', 'list')).toMatchInlineSnapshot(`
      "Name  Group    Region      Mode     Capacity  Size             Image            State      HeldBy
      ----  -------  ----------  -------  --------  ---------------  ---------------  ---------  ------
      web   rollout  westeurope  Uniform  4         standard_d2s_v5  22.04.202610080  Succeeded
      "
    `);
  });

  it('show', async () => {
    expect(await told('scale-sets', 'show', 'web')).toMatchInlineSnapshot(`
      "id              /subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rollout/providers/Microsoft.Compute/virtualMachineScaleSets/web
      name            web
      resource group  rollout
      region          westeurope
      mode            Uniform
      capacity        4
      size            Standard_D2s_v5
      image           22.04.202610080
      upgrade policy  Manual
      state           Succeeded
      "
    `);
  });

  it('instances', async () => {
    expect(await told('scale-sets', 'instances', 'web')).toMatchInlineSnapshot(`
      "Instance  Domain  Zone  Latest  Provisioning  Power    Health   Protected  Image
      --------  ------  ----  ------  ------------  -------  -------  ---------  ---------------
      0         0             true    Succeeded     running  healthy             22.04.202610080
      1         1             true    Succeeded     running  healthy             22.04.202610080
      2         2             true    Succeeded     running  healthy             22.04.202610080
      3         3             true    Succeeded     running  healthy             22.04.202610080
      "
    `);
  });

  it('instance', async () => {
    expect(await told('scale-sets', 'instance', 'web', '2')).toMatchInlineSnapshot(`
      "instance       2
      name           web_2
      update domain  2
      fault domain   2
      size           Standard_D2s_v5
      image          22.04.202610080
      on the model   true
      provisioning   Succeeded
      power          running
      health         healthy
      guest agent    succeeded
      "
    `);
  });

  it('model and instance-view are what Azure has, of the set and of an instance', async () => {
    const asJson = async (...argv: readonly string[]) => JSON.parse(await told('scale-sets', ...argv));
    expect(await asJson('model', 'web')).toMatchObject({ name: 'web', sku: { capacity: 4 } });
    expect(await asJson('model', 'web', '2')).toMatchObject({ instanceId: '2' });
    expect(await asJson('instance-view', 'web')).toHaveProperty('virtualMachine');
    expect(await asJson('instance-view', 'web', '2')).toHaveProperty('statuses');
  });

  it('an instance that is not there is not found', async () => {
    const { code, out, err } = await typedIn(lab, ['scale-sets', 'instance', 'web', '77']);
    expect({ code, out, err }).toMatchInlineSnapshot(`
      {
        "code": 3,
        "err": "error: there is no instance 77 (notFound)
      ",
        "out": "",
      }
    `);
  });
});

describe('output', () => {
  const QUERY = '[?capacity==`4`].{name:name,held:heldBy,zones:zones}';

  // Feature [For a bad night] Data as table, JSON, YAML, CSV or tab-separated, and any part of them by JMESPath (CLI)
  //   shown by: output > yaml of a query
  it.each(['table', 'json', 'yaml', 'tsv', 'csv', 'none'])('%s of a query', async (form) => {
    expect(await told('scale-sets', 'list', '--query', QUERY, '-o', form)).toMatchSnapshot();
  });

  it('of one value', async () => {
    expect(await told('scale-sets', 'show', 'web', '--query', 'capacity')).toBe('4\n');
    expect(await told('scale-sets', 'list', '--query', '[].name', '-o', 'tsv')).toBe('web\n');
    expect(await told('scale-sets', 'list', '--query', '[].[name, capacity]')).toMatchInlineSnapshot(`
      "Column1  Column2
      -------  -------
      web      4
      "
    `);
  });

  it('of a query that is none says so', async () => {
    const { code, out, err } = await typedIn(lab, ['scale-sets', 'list', '--query', '[']);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatchInlineSnapshot(`
      "error: --query "[" is no JMESPath expression: Syntax error: invalid token (EOF): ""
      "
    `);
  });
});

describe('wait, events and open', () => {
  it('wait --for a phase ends when it is there, and with 1 when it never comes', async () => {
    const id = await lab.start({ approvals: { before: [1] } });
    const waited = await typedIn(lab, ['wait', id, '--for', 'waiting', '-o', 'none']);
    expect({ code: waited.code, out: waited.out }).toEqual({ code: 0, out: '' });
    expect((await lab.get(id)).phase).toBe('waiting');
    const late = await typedIn(lab, ['wait', id, '--for', 'halted', '--timeout', '60', '-o', 'none']);
    expect(late.code).toBe(5);
    const approved = await typedIn(lab, ['approve', id, '-o', 'none']);
    expect(approved).toMatchObject({ code: 0, out: '' });
    expect(approved.err).toMatch(/^✓ approved batch 1 \(.*\); the rollout goes on\n$/);
    expect((await typedIn(lab, ['wait', id, '--for', 'halted', '-o', 'none'])).code).toBe(1);
    expect((await lab.get(id)).phase).toBe('succeeded');
  });

  it('events --follow prints each event once, until the rollout has ended', async () => {
    const id = await lab.start({ change: { force: 'restart' } });
    const { code, out } = await typedIn(lab, ['events', '@latest', '--follow', '-o', 'json']);
    expect(code).toBe(0);
    const printed = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).sequence);
    const { body } = await lab.call('GET', `/rollouts/${id}/events`);
    expect(printed).toEqual(body.value.map(({ sequence }: { sequence: number }) => sequence));
    expect(body.value.at(-1).kind).toBe('ended');
  });

  it('open prints the address of the page', async () => {
    const id = await lab.start({ change: { force: 'restart' } });
    expect(await told('open')).toBe('http://app/api/dashboard\n');
    expect(await told('open', id.slice(-8))).toBe(`http://app/api/dashboard/rollouts/${id}\n`);
    expect(await told('open', '--scale-set', 'web')).toMatch(/\/dashboard\/scale-sets\/[\w-]+\/\w+\/web\n$/);
    await lab.toEnd(id);
  });
});
