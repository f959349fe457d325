import { expect, it } from 'vitest';
import { ROLES } from '../../../src/core/access/caller.ts';
import { denialOf } from '../../../src/core/access/rights.ts';

const SET = '/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/web';

// Feature [Windows] Only an operator takes a rollout out of its windows, not even whoever requested it (issue 17)
it('lets only an operator take a rollout out of its windows, whoever requested it', () => {
  const may = ROLES.filter((role) => {
    const caller = { kind: 'user', name: 'ada', roles: [role] } as const;
    return denialOf('ignoreWindow', caller, { scaleSet: SET, requestedBy: 'ada' }) === undefined;
  });
  expect(may).toEqual(['operator']);
});
