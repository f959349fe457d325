import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { z } from 'zod';
import type { FaultInput } from '../../../local/simulator/faults/schema.ts';
import type { LogEntry } from '../../../local/simulator/log/entries.ts';
import { imagesNow } from '../../../local/simulator/log/judge.ts';
import type { Answer } from './app.ts';

export const FOLDER = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'cases');
const OLD = '22.04.202610080';
const NEW = '22.04.202611010';

const Report = z.looseObject({
  scaleSet: z.record(z.string(), z.unknown()),
  service: z.array(z.looseObject({ 'set is at': z.string().optional() })),
});

/** The scale set of a report, as it stands, and the group that it is in. */
export function reportOf(id: string): { readonly scaleSet: object; readonly group: string } {
  const { scaleSet, service } = Report.parse(JSON.parse(readFileSync(join(FOLDER, `${id}.json`), 'utf8')));
  const path = service.map((entry) => entry['set is at']).find((at) => at !== undefined) ?? '';
  return { scaleSet, group: /resourceGroups\/([^/]+)/.exec(path)?.[1] ?? 'rollout' };
}

/** One case among others on the same service: its scale set, and both sides of the app. */
export interface Staged {
  readonly name: string;
  /** One request about the case's scale set to the app's API. */
  ask(path: '/plans' | '/rollouts', spec: object): Promise<Answer>;
  command(id: string, command: string): Promise<void>;
  /** Starts a rollout, and answers with it once it looks so; at its end unless told. */
  rollOut(spec: object, looks?: (rollout: Answer['body']) => boolean): Promise<Answer['body']>;
  toEnd(id: string): Promise<Answer['body']>;
  /** The scale set as the service answers it to another client. */
  read(): Promise<Answer['body']>;
  readonly log: () => readonly LogEntry[];
}

export interface ReportedCase {
  readonly id: string;
  readonly faults?: readonly FaultInput[];
  readonly isRight: (staged: Staged) => Promise<void>;
}

const LATEST = { change: { image: { version: 'latest' } } };
const PROFILE = 'virtualMachineProfile';
const set = (path: string, value: unknown): object => ({ change: { set: { [path]: value } } });
const GROUP = '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups';

async function expectUpgraded(staged: Staged, spec: object): Promise<void> {
  const { phase, failure, instances } = await staged.rollOut(spec);
  expect({ phase, failure }).toEqual({ phase: 'succeeded', failure: undefined });
  expect(instances).toMatchObject({ upgraded: 5, gone: 0 });
}

function expectImages({ log, name }: Staged, image: string): void {
  expect(Object.values(imagesNow(log(), name))).toEqual(Array(5).fill(image));
}

async function expectRefused(staged: Staged, spec: object, code: string): Promise<Answer['body']> {
  const { status, body } = await staged.ask('/plans', spec);
  expect([status, body.code]).toEqual([422, code]);
  return body;
}

const onlyDeallocated = (id: string, path: string, value: unknown): ReportedCase => ({
  id,
  async isRight(staged) {
    await expectRefused(staged, set(path, value), 'tooDisruptive');
    const more = { strategy: { mostDisruptiveAllowed: 'deallocate' } };
    const planned = await staged.ask('/plans', { ...set(path, value), ...more });
    expect([planned.status, planned.body.class]).toEqual([200, 'deallocate']);
  },
});

function upgradesOf({ log, name }: Staged): readonly string[] {
  return log().flatMap((entry) =>
    entry.kind === 'request' &&
    entry.operation === 'manualupgrade' &&
    entry.operationId !== undefined &&
    entry.scaleSet === name
      ? (entry.instances ?? [])
      : [],
  );
}

const CARD = `${PROFILE}.networkProfile.networkInterfaceConfigurations[0].enableAcceleratedNetworking`;

/** What is right in each of the reported cases, by the service's word wherever it has one. */
export const REPORTED: readonly ReportedCase[] = [
  {
    id: '01-profile-time-moves',
    async isRight(staged) {
      await expectUpgraded(staged, LATEST);
      expectImages(staged, NEW);
    },
  },
  {
    id: '02-image-write-resets-os-disk',
    async isRight(staged) {
      const diskOf = async () => (await staged.read()).properties.virtualMachineProfile.storageProfile.osDisk;
      const { caching, diskSizeGB } = await diskOf();
      const two = `${GROUP}/img/providers/Microsoft.Compute/images/two`;
      await expectUpgraded(staged, set(`${PROFILE}.storageProfile.imageReference.id`, two));
      expect(await diskOf()).toMatchObject({ caching, diskSizeGB });
    },
  },
  {
    id: '03-automatic-os-upgrade-wants-latest',
    async isRight(staged) {
      const { remedy } = await expectRefused(staged, LATEST, 'automaticOsUpgrade');
      expect(remedy).toContain('reimage');
    },
  },
  {
    id: '04-latest-with-capital',
    async isRight(staged) {
      const diagnostics = { bootDiagnostics: { enabled: true } };
      const { phase, failure } = await staged.rollOut(set(`${PROFILE}.diagnosticsProfile`, diagnostics));
      expect({ phase, failure }).toEqual({ phase: 'succeeded', failure: undefined });
    },
  },
  {
    id: '05-service-fabric-managed-cluster',
    async isRight(staged) {
      await expectRefused(staged, LATEST, 'serviceFabricManaged');
    },
  },
  {
    id: '06-suppressed-extension-failure',
    faults: [{ kind: 'extensionFails', extension: 'MDE.Linux', version: NEW, exitCode: 53 }],
    async isRight(staged) {
      await expectUpgraded(staged, LATEST);
      expectImages(staged, NEW);
    },
  },
  onlyDeallocated('07-encryption-at-host-class', `${PROFILE}.securityProfile.encryptionAtHost`, true),
  onlyDeallocated(
    '08-capacity-reservation-class',
    `${PROFILE}.capacityReservation.capacityReservationGroup.id`,
    `${GROUP}/rollout/providers/Microsoft.Compute/capacityReservationGroups/crg`,
  ),
  onlyDeallocated('09-disk-controller-class', `${PROFILE}.storageProfile.diskControllerType`, 'NVMe'),
  {
    id: '10-one-sick-below-the-limit',
    faults: [{ kind: 'badImage', version: OLD, instances: ['3'] }],
    async isRight(staged) {
      expect((await staged.ask('/plans', LATEST)).status).toBe(200);
      await expectUpgraded(staged, LATEST);
      expect(upgradesOf(staged)[0]).toBe('3');
      expectImages(staged, NEW);
    },
  },
  {
    id: '11-set-stays-updating',
    faults: [{ kind: 'setShows', afterOperation: 'patch' }],
    async isRight(staged) {
      const { id } = await staged.rollOut(LATEST, ({ phase }) => phase === 'applyingModel');
      await staged.command(id, 'abort');
      expect(await staged.toEnd(id)).toMatchObject({ phase: 'cancelled', left: {} });
      expect(upgradesOf(staged)).toEqual([]);
    },
  },
  {
    id: '12-tag-values-are-text',
    async isRight(staged) {
      expect(await staged.rollOut(set('tags.build', 1234))).toMatchObject({ phase: 'succeeded' });
      expect((await staged.read()).tags).toMatchObject({ build: '1234' });
    },
  },
  {
    id: '13-tag-name-with-dot',
    async isRight(staged) {
      const { phase } = await staged.rollOut(set('tags.k8s.io_x', 'on'));
      expect([phase, (await staged.read()).tags['k8s.io_x']]).toEqual(['succeeded', 'on']);
    },
  },
  {
    id: '14-group-name-not-ascii',
    async isRight(staged) {
      const { status, body } = await staged.ask('/plans', LATEST);
      expect([status, body.delta?.[0]?.after]).toEqual([200, NEW]);
    },
  },
  {
    id: '15-one-empty-list',
    faults: [{ kind: 'shortList', afterOperation: 'manualupgrade' }],
    async isRight(staged) {
      await expectUpgraded(staged, LATEST);
      expectImages(staged, NEW);
    },
  },
  {
    id: '16-user-data',
    async isRight(staged) {
      const { detail, remedy } = await expectRefused(
        staged,
        set(`${PROFILE}.userData`, 'aGVsbG8='),
        'irreversibleChange',
      );
      expect(detail).toContain('$expand=userData');
      expect(remedy).toContain('az vmss update --user-data');
    },
  },
  {
    id: '17-absent-top-level-objects',
    async isRight(staged) {
      expect((await staged.read()).properties).not.toHaveProperty('additionalCapabilities');
      const { phase } = await staged.rollOut(set('additionalCapabilities.ultraSSDEnabled', true));
      expect(phase).toBe('succeeded');
      expect((await staged.read()).properties.additionalCapabilities).toEqual({ ultraSSDEnabled: true });
    },
  },
  {
    id: '18-change-ignored-by-service',
    faults: [
      { kind: 'ignoredChange', paths: ['properties.virtualMachineProfile.networkProfile'], count: 'always' },
    ],
    async isRight(staged) {
      const { phase, failure } = await staged.rollOut(set(CARD, true));
      expect([phase, failure.code]).toEqual(['refused', 'refusedByAzure']);
      expect(failure.message).toContain(CARD);
      expect(failure.message).toMatch(/\breason\b/);
    },
  },
];
