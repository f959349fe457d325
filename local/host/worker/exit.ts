/** The worker ended while a function ran in it, or had been handed to it; in the Functions host's words. */
export class WorkerExitError extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`node exited with code ${exitCode} (0x${exitCode.toString(16).toUpperCase()})`);
    this.name = 'WorkerExitError';
    this.exitCode = exitCode;
  }
}
