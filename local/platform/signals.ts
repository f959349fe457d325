const LOOK_FOR_NPM_MILLISECONDS = 1000;

/**
 * Aborted when this process is asked to end: Ctrl-C, SIGTERM, a closed terminal, or the death of the npm that runs it.
 *
 * Ctrl-C may arrive twice, from the terminal and passed on by npm, so later signals change nothing.
 */
export function endAsked(): AbortSignal {
  const controller = new AbortController();
  const ask = (why: string): void => controller.abort(new Error(why));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ask(signal));
  // npm cannot pass on a SIGKILL; started in another way, this process may well outlive its parent.
  if (process.env['npm_lifecycle_event'] !== undefined) {
    const npm = process.ppid;
    setInterval(() => {
      if (process.ppid !== npm) ask('npm is gone');
    }, LOOK_FOR_NPM_MILLISECONDS).unref();
  }
  return controller.signal;
}
