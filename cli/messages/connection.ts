/** Where the app is, who asks, and what stands in the way. */
export const connection = {
  notAnAddress: (text: string) => `VMSS_ROLLOUT_URL (or --url) is not an address of a function app: ${text}`,
  onlyTheApp:
    'VMSS_ROLLOUT_URL (or --url) must name the function app only, as in https://my-app.azurewebsites.net',
  noKey: 'VMSS_ROLLOUT_KEY is no key of a function app: it holds blanks or other signs',
  keyOverHttp: 'VMSS_ROLLOUT_KEY is never sent over plain http: name the app with https',
  tokenElsewhere: 'VMSS_ROLLOUT_TOKEN is for an app on this machine; sign in with az login elsewhere',
  tokenOverHttp: 'a token is never sent over plain http: name the app with https',
  cannotSignIn: (why: string | undefined) => `cannot sign in: ${why ?? 'no reason given'}`,
  noTenant: 'must be the id of a tenant',
  noAudience: "must be the client id of the app's registration",
  noSignIn: (ways: readonly string[]) => `must be one of ${ways.join(', ')}`,
  environment: 'the environment',
  commandLine: 'the command line',
  wrongSetting: (where: string, name: string, fault: string | undefined) =>
    `${where}: ${name} ${fault ?? 'is wrong'}`,

  refused: 'connection refused',
  reset: 'connection reset',
  dropped: 'connection dropped',
  noHost: 'no such host',
  noAnswer: 'no answer',
  noAnswerWithin: (seconds: number) => `no answer within ${seconds} s`,
  unreachable: (url: string, why: string) => `cannot reach the function app at ${url}: ${why}`,
  startOne: 'start the local one with npm start, or name yours in VMSS_ROLLOUT_URL',
  tryingAgain: (why: string) => `${why}; trying again`,
  reconnected: 'reconnected',
  answerLost: (why: string) => `${why}; the answer was lost, the command may have arrived`,
  notTheApp: (url: string, status: number) => `${url} answered ${status}, but not as the function app does`,
  strangeBody: (url: string, status: number) => `${url} answered ${status} with an unexpected body`,
  answered: (status: number) => `the function app answered ${status}`,
  keyWanted: (url: string) => `${url} wants a key`,
  keyNotTaken: (url: string) => `${url} does not take the key of VMSS_ROLLOUT_KEY`,
  nameAppAndKey:
    'put the address of the app into VMSS_ROLLOUT_URL, the client id of its registration into ' +
    'VMSS_ROLLOUT_AUDIENCE, and a function key, if it wants one, into VMSS_ROLLOUT_KEY',
  interrupted: 'interrupted',
};
