/** What Azure Resource Manager does or does not answer. */
export const azure = {
  unreachable: (why: string) => `Azure Resource Manager does not answer: ${why}`,
  readsThrottled: 'Azure is throttling reads',
  writesThrottled: 'Azure is throttling writes',
  readDenied: (code: string, message: string) => `Azure denied the read: ${code}: ${message}`,
  noAnswer: 'the request ended without an answer',
  tooLate: (seconds: number) =>
    `more than ${seconds} seconds passed between the last look and the request; nothing was sent`,
  noToken: 'Microsoft Entra issued no token for Azure Resource Manager',
  late: 'no answer in time',
  requestFailed: 'the request failed',
  unreadableBody: (status: number) => `HTTP ${status} with a body that could not be read`,
  noReason: (status: number) => `Azure answered HTTP ${status} without a reason`,
  failedSilently: 'the operation failed without a reason',
  unknownStatus: (word: string) => `its status is "${word}", which this app does not know`,
  canceled: 'Azure cancelled the operation',
  operationElsewhere:
    'the operation is not on the configured Azure Resource Manager endpoint; it was not called',
  pageElsewhere: 'the next page is not on the configured Azure Resource Manager endpoint; it was not called',
  endlessList: (pages: number) => `the list did not end after ${pages} pages`,
} as const;
