import { expect, test } from 'vitest';
import { makePlan } from '../../../src/core/plan/make-plan.ts';
import { aModel, aPlanInput } from '../../lab/builders.ts';

const NETWORKS = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks';
const NICS = 'virtualMachineProfile.networkProfile.networkInterfaceConfigurations';

function nic(subnet: string) {
  const ip = { name: 'ip', properties: { subnet: { id: `${NETWORKS}/${subnet}` } } };
  return { name: 'nic', properties: { primary: true, ipConfigurations: [ip] } };
}

function planOf(path: string, value: string | object) {
  const model = aModel({
    profile: { networkProfile: { networkInterfaceConfigurations: [nic('shop/subnets/web')] } },
  });
  return makePlan(aPlanInput({ model, spec: { change: { set: { [path]: value } } } }));
}

const SUBNET = `${NICS}[0].ipConfigurations[0].subnet.id`;

test.each([
  ['another subnet', SUBNET, `${NETWORKS}/shop/subnets/api`],
  ['another subnet, its network spelt otherwise', SUBNET, `${NETWORKS.toLowerCase()}/SHOP/subnets/api`],
  ['a whole list in the same network', NICS, [nic('shop/subnets/api'), nic('shop/subnets/web')]],
])('%s of the network that a scale set is in is a restart', (_, path, value) => {
  expect(planOf(path, value)).toMatchObject({ kind: 'plan', class: 'restart' });
});

test.each([
  ['a subnet', SUBNET, `${NETWORKS}/bank/subnets/web`],
  ['one more interface', NICS, [nic('shop/subnets/web'), nic('bank/subnets/web')]],
  [
    'the profile',
    'virtualMachineProfile.networkProfile',
    { networkInterfaceConfigurations: [nic('bank/subnets/web')] },
  ],
])('%s in another network is refused', (_, path, value) => {
  expect(planOf(path, value)).toMatchObject({ kind: 'refused', code: 'propertyNotChangeable', path });
});
