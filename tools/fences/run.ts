import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';
import type { TestSpecification, Vitest, Vite } from 'vitest/node';
import { removeFence } from './fence.ts';
import type { Fence } from './fence.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A hang counts as a failure; nothing that passes takes nearly as long, on a busy machine neither. */
const TEST_TIMEOUT_MS = 90_000;

export interface Outcome {
  readonly ran: number;
  readonly failed: readonly { readonly test: string; readonly message: string }[];
  /** Whatever kept tests from running at all. */
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

  /** The tests of several files, with one fence missing or none. */
  async run(tests: NamedTests, fence?: Fence): Promise<Outcome> {
    this.#removal.fence = fence;
    this.#removal.isDone = false;
    if (fence !== undefined) this.#vitest.invalidateFile(pathOf(fence));
    try {
      const specifications = this.#specify(tests);
      const { unhandledErrors } = await this.#vitest.runTestSpecifications(specifications);
      // Not those that the run answers with: among them are all that ever ran.
      const testModules = specifications.flatMap(({ testModule }) => testModule ?? []);
      const cases = testModules.flatMap((module) => [...module.children.allTests()]);
      const broken = [...unhandledErrors, ...testModules.flatMap((module) => module.errors())].map((error) =>
        messageOf(error),
      );
      if (fence !== undefined && !this.#removal.isDone) broken.push(`no test loads src/${fence.file}`);
      return {
        ran: cases.filter((test) => test.result().state !== 'skipped').length,
        failed: cases.flatMap((test) => {
          const { state, errors } = test.result();
          return state === 'failed' ? [{ test: test.fullName, message: messageOf(errors[0]) }] : [];
        }),
        broken,
      };
    } finally {
      this.#removal.fence = undefined;
      if (fence !== undefined) this.#vitest.invalidateFile(pathOf(fence));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#vitest.close();
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
