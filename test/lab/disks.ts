import type { Body, Lab } from './lab.ts';
import { scaleSetId, SUBSCRIPTION } from './names.ts';
import { writes } from './judge.ts';

export function diskId(name: string): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout/providers/Microsoft.Compute/disks/${name}`;
}

function urlOf(set: string, id: string): string {
  return `https://management.azure.com${scaleSetId(set)}/virtualMachines/${id}?api-version=2024-07-01`;
}

interface Disk {
  readonly name: string;
  readonly lun: number;
  readonly caching: string;
  readonly deleteOption?: string;
}

/** Another client's view of an instance, when nothing lags any more. */
async function instanceResource(lab: Lab, id: string, set = 'web'): Promise<Body> {
  await lab.host.advance(60_000);
  const answer = lab.sim.fetch(new Request(urlOf(set, id)));
  await lab.host.advance(5000);
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** The data disks of an instance as another client sees them: `LUN name caching`. */
export async function disksOf(lab: Lab, id: string): Promise<readonly string[]> {
  const { properties } = await instanceResource(lab, id);
  const disks: readonly Disk[] = properties.storageProfile.dataDisks;
  return disks
    .toSorted((a, b) => a.lun - b.lun)
    .map(({ lun, name, caching, deleteOption }) =>
      [lun, name, caching, deleteOption].filter((word) => word !== undefined).join(' '),
    );
}

/** Attaches disks as somebody did before the rollout, by the PUT of the instance. */
export async function attachBefore(
  lab: Lab,
  id: string,
  disks: readonly { readonly name: string; readonly lun: number; readonly caching?: string }[],
  set = 'web',
): Promise<void> {
  const present = await instanceResource(lab, id, set);
  const dataDisks = [
    ...present.properties.storageProfile.dataDisks,
    ...disks.map(({ name, ...disk }) => ({
      ...disk,
      createOption: 'Attach',
      managedDisk: { id: diskId(name) },
    })),
  ];
  const body = {
    ...present,
    properties: {
      ...present.properties,
      storageProfile: { ...present.properties.storageProfile, dataDisks },
    },
  };
  const answer = lab.sim.fetch(
    new Request(urlOf(set, id), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
  await lab.host.advance(5000);
  const response = await answer;
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  await lab.host.advance(120_000);
}

/** What was asked of which instance's disks, whatever became of it: `3: +d1@2 -d0`. */
export function diskCalls(lab: Lab): readonly string[] {
  return writes(lab.log)
    .filter(({ operation }) => operation === 'attachDetachDataDisks')
    .map(({ instances, body }) => `${(instances ?? []).join(',')}: ${callWords(body as Body)}`);
}

/** Those of them that were accepted. */
export function acceptedDiskCalls(lab: Lab): readonly string[] {
  return writes(lab.log)
    .filter(
      ({ operation, operationId }) => operation === 'attachDetachDataDisks' && operationId !== undefined,
    )
    .map(({ instances, body }) => `${(instances ?? []).join(',')}: ${callWords(body as Body)}`);
}

function callWords({ dataDisksToAttach = [], dataDisksToDetach = [] }: Body): string {
  const name = (id: string): string => id.split('/').at(-1) ?? id;
  return [
    ...dataDisksToAttach.map((disk: Body) => `+${name(disk.diskId)}@${disk.lun}`),
    ...dataDisksToDetach.map((disk: Body) => `-${name(disk.diskId)}`),
  ].join(' ');
}
