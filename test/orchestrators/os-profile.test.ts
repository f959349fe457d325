import { expect, it } from 'vitest';
import { createCompute } from '../../src/azure/arm.ts';
import { createFetchClient } from '../lab/fetch-client.ts';
import { writes } from '../lab/judge.ts';
import { startLab } from '../lab/lab.ts';
import type { Lab } from '../lab/lab.ts';

const NAME = 'operator';
const PASSWORD = 'hush-hush 1';
const SPEC = {
  change: { osProfile: { adminUsername: NAME, adminPassword: PASSWORD } },
  strategy: { acceptIrreversible: true },
};

/** What goes over the wire to the service, and what another service than the simulator would answer to it. */
function tapped(lab: Lab, answer: (body: string) => Response | undefined = () => undefined): string[] {
  const bodies: string[] = [];
  const httpClient = createFetchClient(async (request) => {
    if (request.method === 'GET') return lab.sim.fetch(request);
    const body = await request.clone().text();
    if (request.method === 'PATCH') bodies.push(body);
    return answer(body) ?? lab.sim.fetch(request);
  });
  const { clock } = lab.ports;
  Object.assign(lab.ports.compute, createCompute({ endpoint: 'http://127.0.0.1', clock, httpClient }));
  return bodies;
}

async function expectNoSecret(lab: Lab, id: string): Promise<void> {
  const answers = await Promise.all(
    ['', '/plan', '/instances', '/events', '/explanation'].map((part) =>
      lab.call('GET', `/rollouts/${id}${part}`),
    ),
  );
  const rows = await lab.store.documents.list('rollouts', id);
  const everywhere = JSON.stringify([answers.map(({ body }) => body), rows, lab.host.history(id), lab.log]);
  expect(everywhere).toContain(id);
  expect(everywhere).not.toContain(PASSWORD);
  expect(await lab.store.blobs.read(`secrets/${id}`)).toBeUndefined();
}

// Feature [Change] The administrator's name and password are sent raw (Change)
it('sends the administrator’s name and password raw, for new disks, batch by batch', async () => {
  await using lab = await startLab({ count: 5 });
  const bodies = tapped(lab);
  const rollout = await lab.rollOut(SPEC);
  expect(rollout.phase).toBe('succeeded');
  expect(bodies.map((body) => JSON.parse(body))).toEqual([
    {
      properties: {
        virtualMachineProfile: { osProfile: { adminUsername: NAME, adminPassword: PASSWORD } },
      },
    },
  ]);
  const acts = writes(lab.log).flatMap(({ operation, instances, operationId }) =>
    instances === undefined || operationId === undefined ? [] : [`${operation} ${instances.join(',')}`],
  );
  expect(acts).toEqual(['0', '1', '2', '3', '4'].flatMap((id) => [`manualupgrade ${id}`, `reimage ${id}`]));
  await expectNoSecret(lab, rollout.id);
});

// Feature [Change] An OS profile that Azure refuses ends `refused` in its words (Change)
it('ends refused in the service’s own words where it does not take them', async () => {
  await using lab = await startLab({ count: 5 });
  const message = "Changing property 'osProfile.adminPassword' is not allowed.";
  const bodies = tapped(lab, (body) =>
    body.includes('adminPassword')
      ? Response.json(
          { error: { code: 'PropertyChangeNotAllowed', message, target: 'osProfile.adminPassword' } },
          { status: 409 },
        )
      : undefined,
  );
  const rollout = await lab.rollOut(SPEC);
  expect(rollout).toMatchObject({
    phase: 'refused',
    failure: { code: 'refusedByAzure', message: `PropertyChangeNotAllowed: ${message}` },
  });
  expect(bodies).toHaveLength(1);
  expect(writes(lab.log)).toEqual([]);
  await expectNoSecret(lab, rollout.id);
});

// Feature [Change] A secret that Azure repeats is not shown (Change)
it('shows no secret that the service repeats in its refusal', async () => {
  await using lab = await startLab({ count: 5 });
  tapped(lab, (body) =>
    body.includes('adminPassword')
      ? Response.json(
          { error: { code: 'InvalidParameter', message: `The password '${PASSWORD}' is too simple.` } },
          { status: 400 },
        )
      : undefined,
  );
  const rollout = await lab.rollOut(SPEC);
  expect(rollout).toMatchObject({
    phase: 'refused',
    failure: { message: "InvalidParameter: The password '…' is too simple." },
  });
  await expectNoSecret(lab, rollout.id);
});
