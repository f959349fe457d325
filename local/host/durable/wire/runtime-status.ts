export type TerminalStatus = 'Completed' | 'Failed' | 'Terminated';
export type RuntimeStatus = 'Pending' | 'Running' | 'Suspended' | TerminalStatus;

/** Whether an execution with this status is over and can only be purged, rewound or replaced. */
export function isTerminal(status: RuntimeStatus): status is TerminalStatus {
  return status === 'Completed' || status === 'Failed' || status === 'Terminated';
}
