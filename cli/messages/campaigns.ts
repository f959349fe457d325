/** What the command line says of campaigns. */
export const campaigns = {
  sent: (command: string, id: string) => `✓ ${command} is recorded for campaign ${id}`,
  undoes: (id: string, of: string) => `✓ campaign ${id} undoes campaign ${of}`,
  continues: (id: string) => `campaign ${id} continues; vmss-rollout campaigns watch ${id} shows it again`,
  progress: (phase: string, done: number, total: number) => `${phase}: ${done} of ${total} scale sets done`,
} as const;

/** In the help of its commands. */
export const campaignHelp = {
  file: 'the campaign as JSON, "-" reads standard input',
  id: 'the campaign',
  undo: 'undo a campaign that has ended, the last stage first; starts a campaign of its own',
  commands: {
    pause: 'begin nothing more, and pause its running rollouts',
    resume: 'continue, and resume its rollouts',
    approve: 'approve the stage that waits',
    reject: 'reject the stage that waits: the campaign ends',
    skip: 'leave out scale sets that have not begun',
    retry: 'try failed scale sets of the stage once more, and continue',
    abort: 'end where it stands, and abort its running rollouts',
    rollback: 'roll back every scale set that it has changed, the last stage first',
  },
} as const;
