import { expect, it } from 'vitest';
import type { PropertyChange } from '../../../src/core/model/delta.ts';
import type { LedgerRow } from '../../../src/core/record/ledger.ts';
import type { RolloutRecord } from '../../../src/core/record/rollout.ts';
import { undoCommands } from '../../../src/core/explain/undo-commands.ts';
import type { Undone } from '../../../src/core/explain/undo-commands.ts';

const WEB =
  '/subscriptions/S/resourceGroups/shop (eu)/providers/Microsoft.Compute/virtualMachineScaleSets/web';
const ON_WEB = "--subscription S --resource-group 'shop (eu)' --name web";
const VERSION = 'virtualMachineProfile.storageProfile.imageReference.version';
const SECRET = 'virtualMachineProfile.osProfile.customData';

function aRow(instanceId: string, fields: Partial<LedgerRow> = {}): LedgerRow {
  const actions = ['upgrade'] as const;
  const row = {
    instanceId,
    batch: 0,
    direction: 'forward',
    state: 'done',
    touched: true,
    actions,
    imageBefore: '1.0.1',
  };
  return { ...row, ...fields } as LedgerRow;
}

function undoing(fields: Partial<Undone>, record: Partial<RolloutRecord> = {}) {
  return undoCommands({
    record: { scaleSet: WEB, modelState: 'after', ...record } as RolloutRecord,
    delta: [],
    snapshot: {},
    rows: [],
    operations: [],
    ...fields,
  });
}

const change = (path: string, before: PropertyChange['before'], more: object = {}): PropertyChange => ({
  path,
  before,
  after: 'new',
  class: 'reimage',
  ...more,
});

it('pins a model that said latest to the version that its instances ran', () => {
  const rows = [aRow('0'), aRow('1'), aRow('2', { imageBefore: '1.0.2' })];
  expect(undoing({ delta: [change(VERSION, 'latest')], rows }).commands).toEqual([
    `az vmss update ${ON_WEB} --set '${VERSION}="1.0.1"'`,
    `az vmss update-instances ${ON_WEB} --instance-ids 0 1 2`,
  ]);
});

it('says of a secret that it cannot be put back, and puts back the rest', () => {
  const delta = [change(SECRET, null, { isSecret: true }), change('tags.a', 'x')];
  expect(undoing({ delta })).toEqual({
    commands: [`az vmss update ${ON_WEB} --set 'tags.a="x"'`],
    guards: [],
    unrecoverable: [{ path: SECRET, why: 'it can be written but never read, so the old value is unknown' }],
  });
});

it('takes a new property away by null, since a full update would leave it', () => {
  expect(undoing({ delta: [change('licenseType', null)] }).commands).toEqual([
    `az rest --method patch --url '${WEB}?api-version=2026-04-01' --body '{"properties":{"licenseType":null}}'`,
  ]);
});

it('leaves alone what was not touched, has gone, or is back already', () => {
  const rows = [
    aRow('0', { touched: false, state: 'pending' }),
    aRow('1', { state: 'gone' }),
    aRow('2', { direction: 'rollback' }),
    aRow('3', { direction: 'rollback', state: 'failed' }),
  ];
  expect(undoing({ delta: [change('tags.a', 'x')], rows }, { modelState: 'restored' }).commands).toEqual([
    `az vmss update-instances ${ON_WEB} --instance-ids 3`,
  ]);
});

it('does to each instance what the change takes', () => {
  const actions = ['deallocate', 'upgrade', 'start'] as const;
  const rows = [aRow('4', { actions }), aRow('5', { actions, batch: 1 })];
  const { commands } = undoing({ delta: [change('sku.name', 'Standard_D2s_v5')], rows });
  expect(commands.map((command) => command.replace(` ${ON_WEB}`, ''))).toEqual([
    `az vmss update --set 'sku.name="Standard_D2s_v5"'`,
    'az vmss deallocate --instance-ids 5',
    'az vmss update-instances --instance-ids 5',
    'az vmss start --instance-ids 5',
    'az vmss deallocate --instance-ids 4',
    'az vmss update-instances --instance-ids 4',
    'az vmss start --instance-ids 4',
  ]);
});

it.each([
  ['accepted', 1],
  ['unknown', 1],
  ['intended', 1],
  ['refused', 0],
  ['withheld', 0],
  ['lost', 0],
] as const)('counts a model write that is %s as %i to undo', (status, count) => {
  const operation = {
    key: 'm',
    kind: 'model',
    direction: 'forward',
    instances: [],
    status,
    intendedAt: '',
  } as const;
  const undone = { delta: [change('tags.a', 'x')], operations: [operation] };
  expect(undoing(undone, { modelState: 'before' }).commands).toHaveLength(count);
});

it('gives guards back last: the rest sees the model before the policy is back', () => {
  const rows = [aRow('0'), aRow('1', { touched: false, state: 'pending', batch: 1 })];
  const held = { policyHeld: 'Automatic', repairsHeld: 'held' } as const;
  expect(undoing({ delta: [change('tags.a', 'x')], rows }, held).guards).toEqual([
    `az vmss update-instances ${ON_WEB} --instance-ids 1`,
    `az vmss update ${ON_WEB} --set 'upgradePolicy.mode="Automatic"'`,
    `az vmss set-orchestration-service-state ${ON_WEB} --service-name AutomaticRepairs --action Resume`,
  ]);
});
