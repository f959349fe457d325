import { describe, expect, it } from 'vitest';
import type { Lab } from '../lab/lab.ts';
import { NEW, OLD, scaleSetId, startLab, SUBSCRIPTION, WEB } from '../lab/lab.ts';

const ONE = `/scale-sets/${SUBSCRIPTION}/rollout/web`;

/** What the app has asked the service, as `operation` names. */
function reads(lab: Lab): string[] {
  return lab.log.flatMap((entry) => (entry.kind === 'request' ? [entry.operation] : []));
}

/** Names are shown as Azure spells them, which it does as it likes. */
const AS_STORED = { otherLettersShare: 0 };

describe('the scale sets', () => {
  // Feature [API] `/scale-sets`: who works on them (API)
  it('are listed with who works on them', async () => {
    await using lab = await startLab({
      scaleSets: [
        { name: 'web', count: 4 },
        { name: 'api', count: 2, upgradePolicy: { mode: 'Rolling' } },
      ],
      profile: AS_STORED,
    });
    const id = await lab.start({ strategy: { maxUnavailable: 1 } });
    const { status, body } = await lab.call('GET', '/scale-sets');
    expect(status).toBe(200);
    expect(body.value).toMatchObject([
      { id: scaleSetId('api'), name: 'api', capacity: 2, upgradePolicy: 'Rolling', heldBy: null },
      {
        id: WEB,
        subscriptionId: SUBSCRIPTION,
        resourceGroup: 'rollout',
        name: 'web',
        vmSize: 'Standard_D2s_v5',
        capacity: 4,
        orchestrationMode: 'Uniform',
        upgradePolicy: 'Manual',
        image: { publisher: 'Canonical', version: OLD },
        provisioningState: 'Succeeded',
        heldBy: id,
      },
    ]);
    expect(body).not.toHaveProperty('unreadable');
    await lab.toEnd(id);
    const after = (await lab.call('GET', '/scale-sets')).body.value;
    expect(after.map(({ heldBy }: { heldBy: unknown }) => heldBy)).toEqual([null, null]);
  });

  it('are read again only when the cache is over', async () => {
    await using lab = await startLab();
    const asked = async (): Promise<string[]> => {
      await lab.call('GET', '/scale-sets');
      return reads(lab);
    };
    expect(await asked()).toEqual(['listSubscriptions', 'listScaleSets']);
    await lab.host.advance(4_000);
    expect(await asked()).toHaveLength(2);
    await lab.host.advance(2_000);
    expect(await asked()).toHaveLength(4);
  });
});

describe('one scale set', () => {
  // Feature [API] A scale set with model, instance view and holder (API)
  it('shows model, instance view, etag and holder', async () => {
    await using lab = await startLab();
    const { status, body, headers } = await lab.call('GET', ONE);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: WEB,
      heldBy: null,
      model: {
        properties: { virtualMachineProfile: { storageProfile: { imageReference: { version: OLD } } } },
      },
      instanceView: {
        virtualMachine: { statusesSummary: [{ code: 'ProvisioningState/succeeded', count: 15 }] },
      },
    });
    expect(body.etag).toMatch(/^"\d+"$/);
    const etag = headers.get('etag') ?? '';
    expect((await lab.call('GET', ONE, undefined, { 'if-none-match': etag })).status).toBe(304);
    expect(reads(lab).sort()).toEqual(['getScaleSet', 'scaleSetInstanceView']);
  });

  // Feature [API] No secret of a scale set is shown (U90)
  it('keeps secrets to itself', async () => {
    const fileUris = ['https://store.example/a.sh?sv=2024&sig=abc%2Bdef'];
    await using lab = await startLab({
      extensions: [
        {
          name: 'app',
          properties: {
            publisher: 'Microsoft.Azure.Extensions',
            type: 'CustomScript',
            typeHandlerVersion: '2.1',
            settings: { fileUris },
          },
        },
      ],
    });
    const text = JSON.stringify((await lab.call('GET', ONE)).body);
    expect(text).toContain('https://store.example/a.sh?sv=…&sig=…');
    expect(text).not.toContain('abc%2Bdef');
  });

  it.each([
    ['another name', `/scale-sets/${SUBSCRIPTION}/rollout/nope`],
    ['another group', `/scale-sets/${SUBSCRIPTION}/nope/web`],
    ['no subscription at all', '/scale-sets/x/rollout/web'],
    ['a path in disguise', `/scale-sets/${SUBSCRIPTION}/rollout/web%2Fextensions%2Fapp`],
  ])('is not found under %s', async (_, path) => {
    await using lab = await startLab({ access: { groups: ['nope'] } });
    for (const at of [path, `${path}/instances`]) {
      expect(await lab.call('GET', at)).toMatchObject({
        status: 404,
        body: { code: 'scaleSetNotFound', remedy: expect.stringContaining('/api/scale-sets') },
      });
    }
  });
});

describe('its instances', () => {
  // Feature [API] Its instances with model, instance view, domains, `latestModelApplied` (API)
  it('show ids, domains, image, health and what ARM sends', async () => {
    await using lab = await startLab({ protectedInstances: ['1'], faults: [sick('2')], profile: AS_STORED });
    await lab.host.advance(600_000);
    const { status, body } = await lab.call('GET', `${ONE}/instances`);
    expect(status).toBe(200);
    expect(body.value).toHaveLength(15);
    const [first, second, third] = body.value;
    expect(first).toMatchObject({
      instanceId: '0',
      name: 'web_0',
      updateDomain: 0,
      faultDomain: 0,
      zone: null,
      vmSize: 'Standard_D2s_v5',
      latestModelApplied: true,
      image: OLD,
      provisioningState: 'Succeeded',
      power: 'running',
      health: 'healthy',
      agent: 'succeeded',
      protection: { fromScaleSetActions: false, fromScaleIn: false },
      model: { instanceId: '0', properties: { hardwareProfile: { vmSize: 'Standard_D2s_v5' } } },
      instanceView: { platformUpdateDomain: 0, vmAgent: { statuses: [{ displayStatus: 'Ready' }] } },
    });
    expect(first.vmId).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.model.properties).not.toHaveProperty('instanceView');
    expect(second.protection).toEqual({ fromScaleSetActions: true, fromScaleIn: true });
    expect(third.health).toBe('unhealthy');
    expect(reads(lab).filter((operation) => operation === 'listInstances')).toHaveLength(1);
  });

  // Feature [API] The exact image of each instance (API)
  it('show the exact image of those that were upgraded', async () => {
    await using lab = await startLab();
    const id = await lab.start({ approvals: { before: [1] } });
    await lab.until(id, 'waiting');
    const { value } = (await lab.call('GET', `${ONE}/instances`)).body;
    const images = new Map(
      value.map((vm: { instanceId: string; image: string }) => [vm.instanceId, vm.image]),
    );
    expect([images.get('0'), images.get('5'), images.get('1')]).toEqual([NEW, NEW, OLD]);
  });
});

describe('when the service does not answer', () => {
  it('says 502, and tries again at the next request', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'serverError', operation: 'getScaleSet', status: 503 }],
    });
    const reply = await lab.call('GET', ONE);
    expect(reply).toMatchObject({ status: 502, body: { code: 'armUnreachable' } });
    expect(reply.headers.get('retry-after')).toBe('15');
    expect((await lab.call('GET', ONE)).status).toBe(200);
  });

  it('says 503 when throttled, and asks no more before the time is over', async () => {
    await using lab = await startLab({
      faults: [{ kind: 'throttle', operation: 'listInstances', retryAfterSeconds: 40 }],
    });
    const path = `${ONE}/instances`;
    const reply = await lab.call('GET', path);
    expect(reply).toMatchObject({ status: 503, body: { code: 'armThrottled' } });
    expect(reply.headers.get('retry-after')).toBe('40');
    await lab.host.advance(30_000);
    expect((await lab.call('GET', path)).headers.get('retry-after')).toBe('10');
    expect(reads(lab)).toEqual(['listInstances']);
    await lab.host.advance(10_000);
    expect((await lab.call('GET', path)).status).toBe(200);
  });
});

it.each(['/scale-sets', ONE, `${ONE}/instances`])(
  '%s refuses unknown queries but not a key',
  async (path) => {
    await using lab = await startLab();
    expect(await lab.call('GET', `${path}?expand=all`)).toMatchObject({
      status: 400,
      body: { code: 'invalidQuery', errors: [{ path: 'expand', message: 'unknown query parameter' }] },
    });
    expect((await lab.call('GET', `${path}?code=key`)).status).toBe(200);
  },
);

function sick(instance: string) {
  return { kind: 'sickInstance' as const, instances: [instance] };
}
