import type { Allowance } from './port.ts';

/** A bucket of the service: how many requests it stores, and how many it gains in a second (arm-vmss.md 3.6). */
export interface Bucket {
  readonly store: number;
  readonly aSecond: number;
}

interface Level extends Allowance {
  /** What others take of it, a second. */
  readonly others: number;
}

/** However much others have taken, so much of what is granted is planned with: an answer soon tells better. */
const LEAST_SHARE = 0.05;

/** So much of what others have taken between two answers is believed of the time to come. */
const TRUST = 0.5;

/** In less time than this, what others take cannot be told from what is gained; seconds. */
const SHORTEST = 1;

/** How full the service's buckets are, by what it last said itself. */
export class BucketLevels {
  readonly #now: () => number;
  readonly #levels = new Map<string, Level>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What an answer said of a bucket that it was drawn from. */
  note(key: string, { store, aSecond }: Bucket, left: number): void {
    const at = this.#now();
    const known = this.#levels.get(key);
    const passed = known === undefined ? 0 : (at - known.at) / 1000;
    if (known === undefined || passed < SHORTEST) {
      this.#levels.set(key, { left, at, others: known?.others ?? 0 });
      return;
    }
    const expected = Math.min(store, known.left + passed * aSecond) - 1;
    const taken = Math.min((1 - LEAST_SHARE) * aSecond, Math.max(0, expected - left) / passed);
    this.#levels.set(key, { left, at, others: known.others + TRUST * (taken - known.others) });
  }

  last(key: string): Allowance | undefined {
    return this.#levels.get(key);
  }

  /** How many a bucket holds by now. One that nobody has told of yet is taken for full. */
  leftIn(key: string, { store, aSecond }: Bucket): number {
    const { left, at, others } = this.#levels.get(key) ?? { left: store, at: this.#now(), others: 0 };
    return Math.min(store, left + ((aSecond - others) * (this.#now() - at)) / 1000);
  }

  /** Seconds until a bucket holds so many. */
  secondsUntil(key: string, bucket: Bucket, wanted: number): number {
    const lacking = wanted - this.leftIn(key, bucket);
    return Math.max(0, lacking / (bucket.aSecond - (this.#levels.get(key)?.others ?? 0)));
  }
}
