/** Over the groups of a help text. */
export const heading = {
  examples: 'Examples:',
  rolling: 'Roll out:',
  looking: 'Look:',
  steering: 'Steer a rollout:',
  fleet: 'Scale sets:',
  fleets: 'Many scale sets:',
  safety: 'For all rollouts:',
  shell: 'Shell:',
  what: 'What changes:',
  where: 'Where:',
  carefully: 'How carefully:',
  when: 'When:',
  approvals: 'Approvals:',
  record: 'For the record:',
  waiting: 'Waiting:',
  output: 'Output:',
  options: 'Options:',
};

/** Below the list of all commands. */
export const afterHelp = `
A rollout or campaign is named by its id, the beginning of its id or of its
last part, or @latest; a scale set by its resource id, or by its name where that
is unique.
"vmss-rollout COMMAND --help" shows the flags of a command.

Environment:
  VMSS_ROLLOUT_URL       or --url: the function app
                         (default: the local one that npm start runs)
  VMSS_ROLLOUT_AUDIENCE  or --audience: client id of its registration
  VMSS_ROLLOUT_TENANT    or --tenant: the tenant to sign in to
  VMSS_ROLLOUT_SIGN_IN   or --sign-in: auto, az, managedIdentity,
                         workloadIdentity, deviceCode
  VMSS_ROLLOUT_KEY       a key of the function app, where it wants one
  NO_COLOR               no colours
  ~/.config/vmss-rollout/config.yaml may hold url, audience, tenant and signIn

Exit codes:
  0 succeeded, or nothing to do     5 --timeout is over, the rollout continues
  1 failed, halted, or an error     6 refused
  2 wrong usage or spec             7 rejected or cancelled
  3 not found                       8 the scale set is held by another rollout
  4 rolled back                     9 paused by a failure, with --wait
  130 Ctrl-C: the rollout continues`;

/** What shows help, and how. */
export const helpOf = {
  this: 'show this',
  version: 'show the version',
  command: 'show the help of a command',
} as const;

export const about = 'Rolls a change out over an Azure VM scale set without downtime.';

/** How a scale set may be named. */
export const scaleSetNames = 'its resource id, its name, or GROUP/NAME';

export const strategyHelp = {
  name: 'the name of the strategy',
  why: 'why, for the record',
} as const;

export const noticeHelp = { why: 'why, for the record' } as const;

export const scheduleHelp = {
  name: 'the name of the schedule',
  why: 'why, for the record',
} as const;
