import { expect, it, test } from 'vitest';
import { NEW, SUBSCRIPTION, startLab, WEB } from '../lab/lab.ts';

const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rollout`;

test.each([
  'Microsoft.Compute/virtualMachineScaleSets/manualUpgrade/action',
  'Microsoft.Compute/virtualMachineScaleSets/write',
  'Microsoft.Compute/virtualMachineScaleSets/virtualMachines/read',
])('without %s no rollout succeeds, and its end says what is missing', async (without) => {
  await using lab = await startLab({ count: 3, access: { without } });
  const { phase, failure } = await lab.rollOut();
  expect(phase).not.toBe('succeeded');
  expect(failure.message.toLowerCase()).toContain(without.toLowerCase());
});

it('asks for the rights on what a body refers to, at its own scope', async () => {
  const asked: string[] = [];
  const rules = `${GROUP}/providers/Microsoft.Network/networkSecurityGroups/web`;
  await using lab = await startLab({
    count: 3,
    access: { onAsked: ({ action, scope }) => asked.push(`${action} ${scope}`) },
  });
  const path = 'virtualMachineProfile.networkProfile.networkInterfaceConfigurations[name=webNic]';
  const change = { set: { [`${path}.networkSecurityGroup`]: { id: rules } } };
  const strategy = { mostDisruptiveAllowed: 'restart' };
  expect(await lab.rollOut({ change, strategy })).toMatchObject({ phase: 'succeeded' });
  expect(asked).toContain(`Microsoft.Network/networkSecurityGroups/join/action ${rules}`);
  expect(asked).toContain(`Microsoft.Compute/virtualMachineScaleSets/write ${WEB}`);
});

it('lets nobody change a set in a group where the role was not given', async () => {
  await using lab = await startLab({
    scaleSets: [{ name: 'web', count: 3, resourceGroup: 'other' }],
    access: { onlyIn: 'rollout' },
  });
  const scaleSet = WEB.replace('/rollout/', '/other/');
  expect(await lab.call('POST', '/plans', { scaleSet, change: { image: { version: NEW } } })).toMatchObject({
    status: 422,
    body: { detail: expect.stringContaining('AuthorizationFailed') },
  });
});
