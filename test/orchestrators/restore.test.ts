import { expect, it } from 'vitest';
import { canonical } from '../../local/simulator/model/json.ts';
import { expectImages, modelOf } from '../lab/judge.ts';
import { NEW, OLD, startLab } from '../lab/lab.ts';

const PROFILE = 'virtualMachineProfile';

// Feature [Undo] A property that had no parent before (Undo)
//   shown by: puts a property back that had no parent before
// Feature [Undo] A whole object that was not there before (Undo)
//   shown by: puts a property back that had no object before
it.each<[string, Record<string, unknown>]>([
  [
    'object',
    {
      [`${PROFILE}.diagnosticsProfile`]: {
        bootDiagnostics: { enabled: true, storageUri: 'https://x.example' },
      },
    },
  ],
  ['parent', { [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true }],
  [
    'parent, of which two were set',
    {
      [`${PROFILE}.diagnosticsProfile.bootDiagnostics.enabled`]: true,
      [`${PROFILE}.diagnosticsProfile.bootDiagnostics.storageUri`]: 'https://x.example',
    },
  ],
  [
    'parent in an item of a list',
    {
      [`${PROFILE}.networkProfile.networkInterfaceConfigurations[0].dnsSettings.dnsServers`]: ['10.0.0.4'],
    },
  ],
])('puts a property back that had no %s before', async (_, properties) => {
  await using lab = await startLab({
    faults: [{ kind: 'badImage', version: NEW, updateDomains: [0] }],
    tags: { team: 'shop', cost: '42' },
  });
  const { properties: before, tags } = modelOf(lab);
  const set = { 'tags.team': 'other', ...properties };
  const rollout = await lab.rollOut({ change: { image: { version: NEW }, set } });
  expect(rollout.phase).toBe('rolledBack');
  expect(canonical(modelOf(lab).tags)).toBe(canonical(tags));
  expect(canonical(modelOf(lab).properties)).toBe(canonical(before));
  expectImages(lab, OLD);
});
