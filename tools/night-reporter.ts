import type { Reporter, TestCase, TestModule } from 'vitest/node';

const TELL_MS = 30_000;

interface Progress {
  readonly startedAt: number;
  readonly of: number;
  done: number;
  failed: number;
  toldAt: number;
}

/** Tells of files that take long how far they are, and of each that is over what is quoted of it: cases, seconds, result. */
export class NightReporter implements Reporter {
  readonly #files = new Map<string, Progress>();

  onTestModuleStart(module: TestModule): void {
    const now = performance.now();
    const of = [...module.children.allTests()].length;
    this.#files.set(module.moduleId, { startedAt: now, of, done: 0, failed: 0, toldAt: now });
  }

  onTestCaseResult(test: TestCase): void {
    const file = this.#files.get(test.module.moduleId);
    const { state } = test.result();
    if (file === undefined || state === 'skipped') return;
    file.done += 1;
    const isFailed = state === 'failed';
    if (isFailed) file.failed += 1;
    const now = performance.now();
    if (!isFailed && now - file.toldAt < TELL_MS) return;
    file.toldAt = now;
    const result = isFailed ? `failed: ${test.fullName}` : `last ${test.fullName}`;
    console.log(
      `${test.module.relativeModuleId}: ${file.done} of ${file.of}, ${secondsOf(file, now)} s; ${result}`,
    );
  }

  onTestModuleEnd(module: TestModule): void {
    const file = this.#files.get(module.moduleId);
    if (file === undefined) return;
    const seconds = secondsOf(file, performance.now());
    console.log(`${module.relativeModuleId}: ${file.done} cases, ${seconds} s, ${file.failed} failed`);
  }
}

function secondsOf({ startedAt }: Progress, now: number): number {
  return Math.round((now - startedAt) / 1000);
}
