import { beforeEach, describe, expect, it } from 'vitest';
import { createSimulator } from '../../local/simulator/simulator.ts';
import type { Simulator, SimulatorOptions } from '../../local/simulator/simulator.ts';
import { createCompute } from '../../src/azure/arm.ts';
import type { Compute, Read, ScaleSetAddress, Write } from '../../src/azure/port.ts';
import type { Model } from '../../src/core/model/model.ts';
import { createSimulatorClient } from '../lab/fetch-client.ts';
import { PASS } from './fake-arm.ts';

interface Scene {
  readonly simulator: Simulator;
  readonly compute: Compute;
  readonly web: ScaleSetAddress;
  /** Lets simulated seconds pass. */
  readonly pass: (seconds: number) => void;
}

function aScene(options: Partial<SimulatorOptions> = {}): Scene {
  let now = Date.parse('2026-11-20T12:00:00Z');
  const clock = { now: () => now };
  const simulator = createSimulator({ clock, seed: 7, scaleSets: [{ name: 'web', count: 5 }], ...options });
  const { subscriptionId, resourceGroup } = simulator.settings;
  return {
    simulator,
    compute: createCompute({
      endpoint: 'http://127.0.0.1',
      clock,
      httpClient: createSimulatorClient(simulator),
    }),
    web: { subscriptionId, resourceGroup, name: 'web' },
    pass(seconds) {
      now += seconds * 1_000;
    },
  };
}

function valueOf<T>(read: Read<T>): T {
  if (read.kind !== 'ok') throw new Error(`expected a value, not ${JSON.stringify(read)}`);
  return read.value;
}

function pollUrlOf(write: Write): string {
  if (write.kind !== 'accepted' || write.pollUrl === undefined)
    throw new Error(`not accepted: ${JSON.stringify(write)}`);
  return write.pollUrl;
}

const NEWER: Model = {
  properties: {
    virtualMachineProfile: { storageProfile: { imageReference: { version: '22.04.202611200' } } },
  },
};

describe('the adapter on a simulated scale set', () => {
  let scene: Scene;
  beforeEach(() => {
    scene = aScene();
  });

  const end = async (pollUrl: string): Promise<string> => {
    const { compute, web, pass } = scene;
    for (;;) {
      const state = valueOf(await compute.operation(web.subscriptionId, pollUrl));
      if (state.kind !== 'running') return state.kind;
      pass(state.retryAfterSeconds ?? 15);
    }
  };

  it('shows every instance with its view', async () => {
    const { compute, web } = scene;
    const instances = valueOf(await compute.instances(web));
    expect(instances).toHaveLength(5);
    for (const instance of instances) {
      expect(instance).toMatchObject({
        latestModelApplied: true,
        provisioningState: 'Succeeded',
        provisioning: { state: 'succeeded' },
        power: 'running',
        agent: { state: 'succeeded' },
        health: { state: 'healthy' },
        isProtected: false,
        vmSize: 'Standard_D2s_v5',
      });
      expect(instance.image).toMatch(/^\d+\.\d+\.\d+$/u);
      expect(instance.updateDomain).toBeTypeOf('number');
      expect(instance.health?.at).toBeTypeOf('number');
    }
  });

  it('goes through every page', async () => {
    scene = aScene({ scaleSets: [{ name: 'web', count: 250 }], profile: { pageSize: 40 } });
    const instances = valueOf(await scene.compute.instances(scene.web));
    expect(new Set(instances.map(({ instanceId }) => instanceId)).size).toBe(250);
    expect(instances.every(({ power }) => power === 'running')).toBe(true);
  });

  it('brings a batch to a new model', async () => {
    const { compute, simulator, web, pass } = scene;
    simulator.publishImage({ version: '22.04.202611200' });
    const { etag, model } = valueOf(await compute.scaleSet(web));
    expect(await end(pollUrlOf(await compute.writing(PASS).patchModel(web, NEWER, etag)))).toBe('succeeded');
    pass(30);
    const changed = valueOf(await compute.scaleSet(web));
    expect(changed.etag).not.toBe(etag);
    expect(changed.model['location']).toBe(model['location']);
    expect(JSON.stringify(changed.model)).toContain('22.04.202611200');

    expect(await end(pollUrlOf(await compute.writing(PASS).act(web, 'upgrade', ['0', '2'])))).toBe(
      'succeeded',
    );
    pass(600);
    const applied = valueOf(await compute.instances(web)).filter((instance) => instance.latestModelApplied);
    expect(applied.map(({ instanceId, image }) => [instanceId, image])).toEqual([
      ['0', '22.04.202611200'],
      ['2', '22.04.202611200'],
    ]);
  });

  it('attaches a disk to an instance, shows it there, and takes it off again', async () => {
    const { compute, web, pass } = scene;
    const diskId = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/disks/d1';
    const disk = { diskId, lun: 3, caching: 'ReadOnly' };
    const shown = async () => {
      pass(60);
      const instances = valueOf(await compute.instances(web));
      return instances.flatMap(({ instanceId, dataDisks }) => (dataDisks ? [[instanceId, dataDisks]] : []));
    };
    const attached = await compute.writing(PASS).changeDisks(web, '2', { attach: [disk], detach: [] });
    expect(await end(pollUrlOf(attached))).toBe('succeeded');
    expect(await shown()).toEqual([['2', [disk]]]);
    pass(60);
    const twice = await compute
      .writing(PASS)
      .changeDisks(web, '1', { attach: [{ ...disk, lun: 0 }], detach: [] });
    expect(twice).toMatchObject({ kind: 'refused', status: 409, code: 'ConflictingUserInput' });
    pass(60);
    const detached = await compute.writing(PASS).changeDisks(web, '2', { attach: [], detach: [disk] });
    expect(await end(pollUrlOf(detached))).toBe('succeeded');
    expect(await shown()).toEqual([]);
  });

  it('does not write to a model that has moved', async () => {
    const { compute, web } = scene;
    expect(await compute.writing(PASS).patchModel(web, { tags: { team: 'shop' } }, '"99"')).toMatchObject({
      kind: 'modelMoved',
    });
  });

  it('knows what is not there', async () => {
    const { compute, web } = scene;
    expect(await compute.scaleSet({ ...web, name: 'none' })).toMatchObject({
      kind: 'missing',
      code: 'ResourceNotFound',
    });
    expect(await compute.writing(PASS).act(web, 'upgrade', ['99'])).toMatchObject({
      kind: 'conflict',
      because: 'missing',
      status: 400,
    });
  });

  it('lists image versions, newest first', async () => {
    const { compute, simulator, web } = scene;
    simulator.publishImage({ version: '22.04.202611200' });
    const { properties } = valueOf(await compute.scaleSet(web)).model as {
      properties: {
        virtualMachineProfile: {
          storageProfile: { imageReference: Record<'publisher' | 'offer' | 'sku', string> };
        };
      };
    };
    const { publisher, offer, sku } = properties.virtualMachineProfile.storageProfile.imageReference;
    const image = {
      subscriptionId: web.subscriptionId,
      location: simulator.settings.location,
      publisher,
      offer,
      sku,
    };
    expect(valueOf(await compute.imageVersions(image))[0]).toBe('22.04.202611200');
    expect(await compute.imageVersions({ ...image, sku: 'none' })).toMatchObject({ kind: 'missing' });
  });

  it('leaves a write open when its answer is lost, though it took effect', async () => {
    const { compute, simulator, web, pass } = scene;
    const { etag } = valueOf(await compute.scaleSet(web));
    simulator.inject({ kind: 'lostAnswer', operation: 'patch' });
    expect(await compute.writing(PASS).patchModel(web, { tags: { team: 'shop' } }, etag)).toMatchObject({
      kind: 'unknown',
    });
    pass(30);
    expect(valueOf(await compute.scaleSet(web)).model['tags']).toEqual({ team: 'shop' });
  });

  it.each(['throttle', 'serverError'] as const)('tells a %s on a write', async (kind) => {
    const { compute, simulator, web } = scene;
    simulator.inject(
      kind === 'throttle'
        ? { kind, operation: 'manualupgrade', retryAfterSeconds: 77 }
        : { kind, operation: 'manualupgrade', status: 503 },
    );
    const write = await compute.writing(PASS).act(web, 'upgrade', ['0']);
    expect(write).toMatchObject(
      kind === 'throttle' ? { kind: 'throttled', retryAfterSeconds: 77 } : { kind: 'unknown' },
    );
    expect((await compute.writing(PASS).act(web, 'upgrade', ['0'])).kind).toBe('accepted');
  });

  it('tells why an operation failed', async () => {
    const { compute, simulator, web, pass } = scene;
    simulator.inject({ kind: 'operationFails', operation: 'manualupgrade' });
    simulator.publishImage({ version: '22.04.202611200' });
    const { etag } = valueOf(await compute.scaleSet(web));
    await end(pollUrlOf(await compute.writing(PASS).patchModel(web, NEWER, etag)));
    const pollUrl = pollUrlOf(await compute.writing(PASS).act(web, 'upgrade', ['1']));
    pass(1_200);
    expect(valueOf(await compute.operation(web.subscriptionId, pollUrl))).toMatchObject({
      kind: 'failed',
      code: 'VMExtensionProvisioningError',
    });
  });

  it('calls nothing but the operation it was given', async () => {
    const { compute, web } = scene;
    const pollUrl = pollUrlOf(await compute.writing(PASS).act(web, 'upgrade', ['1']));
    const broken = pollUrl.replace(/operations\/[0-9a-f]/u, 'operations/z');
    expect(await compute.operation(web.subscriptionId, broken)).toMatchObject({ kind: 'missing' });
  });
});
