import { describe, expect, it } from 'vitest';
import { plainText } from '../../dashboard/view/plain.ts';

describe('data as text', () => {
  it('has a name and a value in each line, and what belongs to it below', () => {
    const view = {
      statuses: [
        { code: 'ProvisioningState/succeeded', time: '2026-11-21T08:00:00Z' },
        { code: 'PowerState/running', level: 'Info' },
      ],
      vmAgent: { vmAgentVersion: '2.9', extensionHandlers: [] },
      zones: ['1', '2'],
      protection: null,
      faultDomain: 0,
      isOn: false,
    };
    expect(plainText(view)).toBe(
      [
        'statuses:',
        '  - code: ProvisioningState/succeeded',
        '    time: 2026-11-21T08:00:00Z',
        '  - code: PowerState/running',
        '    level: Info',
        'vmAgent:',
        '  vmAgentVersion: 2.9',
        '  extensionHandlers: none',
        'zones:',
        '  - 1',
        '  - 2',
        'protection: none',
        'faultDomain: 0',
        'isOn: false',
      ].join('\n'),
    );
  });

  it('is one word for one value', () => {
    expect(['running', 3, null].map(plainText)).toEqual(['running', '3', 'null']);
  });
});
