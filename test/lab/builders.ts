import type { Command, CommandName } from '../../src/core/record/command.ts';
import type { Edit } from '../../src/core/model/edits.ts';
import type { Instance } from '../../src/core/instance/instances.ts';
import type { LedgerRow } from '../../src/core/record/ledger.ts';
import type { Json, Model } from '../../src/core/model/model.ts';
import type { Operation } from '../../src/core/record/operation.ts';
import type { PlanInput } from '../../src/core/plan/plan.ts';
import type { Gate, RolloutRecord } from '../../src/core/record/rollout.ts';
import { readSpec } from '../../src/core/spec/spec.ts';
import type { RolloutSpec } from '../../src/core/spec/spec.ts';
import { labCipher } from './cipher.ts';
import { NEW, OLD, START, WEB } from './names.ts';

/** Plain data for tests of the core: each builder gives something ordinary, and takes what is out of the ordinary. */

export const NOW = START.getTime();

/** The moment so many seconds after the start, as text. */
export function after(seconds: number): string {
  return new Date(NOW + seconds * 1000).toISOString();
}

export function aSpec(fields: Record<string, unknown> = {}): RolloutSpec {
  const read = readSpec({ scaleSet: WEB, ...fields });
  if (read.kind === 'invalid') throw new Error(JSON.stringify(read.errors));
  return read.spec;
}

/** A Uniform scale set as ARM shows it. `profile` and `properties` are merged in at their places, one level deep. */
export function aModel({
  profile = {},
  properties = {},
  ...top
}: { profile?: Model; properties?: Model } & Record<string, Json | undefined> = {}): Model {
  const others = Object.fromEntries(
    Object.entries(top).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
  return {
    name: 'web',
    location: 'westeurope',
    etag: '"1"',
    sku: { name: 'Standard_D2s_v5', tier: 'Standard', capacity: 5 },
    tags: { team: 'shop', cost: '42' },
    properties: {
      orchestrationMode: 'Uniform',
      provisioningState: 'Succeeded',
      upgradePolicy: { mode: 'Manual' },
      singlePlacementGroup: true,
      virtualMachineProfile: {
        osProfile: { computerNamePrefix: 'web', adminUsername: 'azureuser' },
        storageProfile: {
          osDisk: {
            createOption: 'FromImage',
            caching: 'ReadWrite',
            managedDisk: { storageAccountType: 'Premium_LRS' },
          },
          imageReference: { publisher: 'Canonical', offer: 'jammy', sku: '22_04-lts-gen2', version: OLD },
        },
        diagnosticsProfile: { bootDiagnostics: { enabled: false } },
        networkProfile: {
          networkInterfaceConfigurations: [
            { name: 'nic0', properties: { primary: true } },
            { name: 'nic1', properties: { primary: false } },
          ],
        },
        ...profile,
      },
      ...properties,
    },
    ...others,
  };
}

/** An instance that has been serving the old image for long. */
export function anInstance(instanceId: string, changes: Partial<Instance> = {}): Instance {
  return {
    instanceId,
    name: `web_${instanceId}`,
    updateDomain: Number(instanceId) % 5,
    latestModelApplied: true,
    provisioningState: 'Succeeded',
    provisioning: { state: 'succeeded', at: NOW - 86_400_000 },
    power: 'running',
    agent: { state: 'succeeded', at: NOW - 60_000 },
    health: { state: 'healthy', at: NOW - 60_000 },
    image: OLD,
    isProtected: false,
    ...changes,
  };
}

export function instances(
  count: number,
  changes: (id: string) => Partial<Instance> = () => ({}),
): Instance[] {
  return Array.from({ length: count }, (_, index) => anInstance(String(index), changes(String(index))));
}

/** Five instances and a newer image: what planning looks at. */
export function aPlanInput({
  spec,
  ...changes
}: Partial<Omit<PlanInput, 'spec'>> & {
  spec?: Record<string, unknown>;
} = {}): PlanInput {
  return {
    spec: aSpec({ change: { image: { version: NEW } }, ...spec }),
    model: aModel(),
    instances: instances(5),
    versions: [NEW, OLD],
    hashes: labCipher().hashes,
    ...changes,
  };
}

export function aRow(instanceId: string, changes: Partial<LedgerRow> = {}): LedgerRow {
  return {
    instanceId,
    name: `web_${instanceId}`,
    batch: 0,
    direction: 'forward',
    state: 'pending',
    actions: ['upgrade'],
    actionsDone: 0,
    touched: false,
    imageBefore: OLD,
    imageNow: OLD,
    attempts: 0,
    updatedAt: after(0),
    ...changes,
  };
}

/** An upgrade of instance 3 that was accepted at the start and has ended a minute later. */
export function anOperation(changes: Partial<Operation> = {}): Operation {
  return {
    key: 'upgrade-forward-0000-001',
    kind: 'upgrade',
    direction: 'forward',
    batch: 0,
    instances: ['3'],
    status: 'succeeded',
    intendedAt: after(0),
    acceptedAt: after(0),
    endedAt: after(60),
    ...changes,
  };
}

export function aRecord({
  spec,
  ...changes
}: Partial<Omit<RolloutRecord, 'spec'>> & { spec?: Record<string, unknown> } = {}): RolloutRecord {
  return {
    id: 'r1',
    scaleSet: WEB,
    spec: aSpec(spec),
    requestedBy: 'ada',
    createdAt: after(0),
    fencingToken: 1,
    runbook: 'rollout',
    phase: 'upgrading',
    direction: 'forward',
    modelState: 'before',
    batches: [],
    carriedOut: 0,
    lastEvent: 0,
    seenCommand: 0,
    clock: { seconds: 0, at: after(0), running: true, sleepSeconds: 10 },
    holds: {},
    ...changes,
  };
}

export function aGate(batch: number, changes: Partial<Gate> = {}): Gate {
  return { batch, since: after(0), until: after(3600), planHash: 'p', modelHash: 'm', ...changes };
}

export type CommandEntry = CommandName | ({ readonly command: CommandName } & Partial<Command>);

/** A command log: names in order, or names with more to them. */
export function commandLog(...entries: readonly CommandEntry[]): readonly Command[] {
  return entries.map((entry, index) => ({
    sequence: index + 1,
    by: 'grace',
    at: after(index),
    ...(typeof entry === 'string' ? { command: entry } : entry),
  }));
}

/** Properties to set, as edits. */
export function setting(wanted: Readonly<Record<string, Json>>): readonly Edit[] {
  return Object.entries(wanted).map(([path, value]) => ({ kind: 'set', path, value }));
}
