import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import type { TestModule, TestSpecification, Vitest, Vite } from 'vitest/node';
import { removeFence } from './fence.ts';
import type { Fence } from './fence.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Nothing that passes takes nearly as long, on a busy machine neither. */
const TEST_TIMEOUT_MS = 90_000;

/** What takes longer without its fence has lost its way, and shows nothing of the fence. */
const REMOVAL_LIMIT_MS = 75_000;

export interface Outcome {
  readonly ran: readonly { readonly file: string; readonly test: string; readonly ms: number }[];
  readonly failed: readonly { readonly test: string; readonly message: string }[];
  /** Whatever kept tests from running at all, or to their end. */
  readonly broken: readonly string[];
}

export type NamedTests = readonly (readonly [file: string, name: string])[];

/** Runs tests again and again, each time with another fence taken out of the source in memory. */
export class FenceRunner implements AsyncDisposable {
  readonly #vitest: Vitest;
  readonly #removal: Removal;

  private constructor(vitest: Vitest, removal: Removal) {
    this.#vitest = vitest;
    this.#removal = removal;
  }

  static async open(): Promise<FenceRunner> {
    const removal = new Removal();
    const vitest = await createVitest(
      {
        root: ROOT,
        config: false,
        watch: false,
        reporters: [{}],
        include: ['test/**/*.{test,long}.ts'],
        pool: 'forks',
        maxWorkers: 1,
        // What was kept on disk would come back without asking what is to be taken out.
        fsModuleCache: false,
        bail: 1,
        testTimeout: TEST_TIMEOUT_MS,
      },
      { plugins: [removal.plugin] },
    );
    return new FenceRunner(vitest, removal);
  }

  /** With every fence in place. */
  async run(tests: NamedTests): Promise<Outcome> {
    const { modules, errors } = await this.#run(tests);
    return outcomeOf(modules, errors);
  }

  /** With one fence missing. */
  async runWithout(fence: Fence): Promise<Outcome> {
    this.#removal.fence = fence;
    this.#removal.isDone = false;
    this.#vitest.invalidateFile(pathOf(fence));
    let isGivenUp = false;
    const limit = setTimeout(() => {
      isGivenUp = true;
      void this.#stop();
    }, REMOVAL_LIMIT_MS);
    try {
      const { modules, errors } = await this.#run([fence.test]);
      const broken = [...errors];
      if (isGivenUp) broken.push(`did not end within ${REMOVAL_LIMIT_MS / 1000} s`);
      else if (!this.#removal.isDone) broken.push(`no test loads src/${fence.file}`);
      return outcomeOf(modules, broken);
    } finally {
      clearTimeout(limit);
      this.#removal.fence = undefined;
      this.#vitest.invalidateFile(pathOf(fence));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#vitest.close();
  }

  async #run(
    tests: NamedTests,
  ): Promise<{ readonly modules: readonly TestModule[]; readonly errors: readonly unknown[] }> {
    const specifications = this.#specify(tests);
    const { unhandledErrors } = await this.#vitest.runTestSpecifications(specifications);
    // Not those that the run answers with: among them are all that ever ran.
    return { modules: specifications.flatMap(({ testModule }) => testModule ?? []), errors: unhandledErrors };
  }

  /** A worker that is asked only once ends when its test does; at the second time it is killed. */
  async #stop(): Promise<void> {
    const asked = this.#vitest.cancelCurrentRun('keyboard-input');
    await Promise.all([asked, this.#vitest.cancelCurrentRun('keyboard-input')]);
  }

  #specify(tests: NamedTests): TestSpecification[] {
    const project = this.#vitest.getRootProject();
    return [...Map.groupBy(tests, ([file]) => file)].map(([file, named]) =>
      project.createSpecification(join(ROOT, 'test', file), {
        testNamePattern: new RegExp(named.map(([, name]) => escaped(name)).join('|')),
      }),
    );
  }
}

function outcomeOf(modules: readonly TestModule[], errors: readonly unknown[]): Outcome {
  const cases = modules.flatMap((module) => [...module.children.allTests()]);
  return {
    ran: cases
      .filter((test) => test.result().state !== 'skipped')
      .map((test) => ({
        file: test.module.relativeModuleId,
        test: test.fullName,
        ms: test.diagnostic()?.duration ?? 0,
      })),
    failed: cases.flatMap((test) => {
      const { state, errors: found } = test.result();
      return state === 'failed' ? [{ test: test.fullName, message: messageOf(found[0]) }] : [];
    }),
    broken: [...errors, ...modules.flatMap((module) => module.errors())].map((error) => messageOf(error)),
  };
}

/** Vite hands every source through here, so that nothing on disk is ever changed. */
class Removal {
  fence: Fence | undefined;
  /** Whether the source without the fence was asked for. */
  isDone = false;

  readonly plugin: Vite.Plugin = {
    name: 'remove-fence',
    enforce: 'pre',
    transform: (code, id) => {
      if (this.fence === undefined || id !== pathOf(this.fence)) return undefined;
      this.isDone = true;
      return removeFence(code, this.fence);
    },
  };
}

/** The source as it is, for whoever wants to know whether the fence is in it. */
export function sourceOf(fence: Fence): string {
  return readFileSync(pathOf(fence), 'utf8');
}

function pathOf({ file }: Fence): string {
  return join(ROOT, 'src', file);
}

function escaped(name: string): string {
  return name.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

function messageOf(error: unknown): string {
  const text =
    typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
  return text.split('\n', 1)[0] ?? '';
}
