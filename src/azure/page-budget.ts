import { formatScaleSetId } from './address.ts';
import { BucketLevels } from './bucket-levels.ts';
import type { Allowance, ScaleSetAddress } from './port.ts';
import type { Answer } from './reply.ts';

/** What the service grants of pages of instances (arm-vmss.md 3.6, high-cost get): for one scale set, and a subscription. */
const OF_SET = { store: 30, aSecond: 10 / 60 };
const OF_SUBSCRIPTION = { store: 1080, aSecond: 360 / 60 };

/** The same of single instances; each of them has a bucket of its own besides, which nobody here empties. */
const INSTANCES = { store: 6000, aSecond: 2000 / 60 };

/** So many reads of single instances are left to others. */
const LEFT_TO_OTHERS = 2000;

/** Azure's own page, as far as anybody has seen. */
const PAGE = 100;

/** A turn that nobody takes goes to the next in line after this time. */
const TURN_LASTS_MS = 20_000;

/** A list that has begun, and the pages that it has still to ask for. */
interface Reading {
  readonly region: string;
  pages: number;
}

/** A list that waits: it comes before those that have asked later. */
interface Turn {
  readonly region: string;
  readonly pages: number;
  readonly due: number;
}

/** What a list is told when it asks to begin: to wait, or how to go on. */
export type Begun =
  | { readonly kind: 'wait'; readonly seconds: number }
  | {
      readonly kind: 'begun';
      /** Tells of an answer; seconds to wait before the next page is asked for. */
      readonly answered: (answer: Answer) => number;
      /** Tells that it is over, and of how many pages it was, if it came to its end. */
      readonly end: (pages: number | undefined) => void;
    };

/**
 * Lists begin only when the service has granted all of their pages: one that is throttled before its end begins anew, and
 * has spent what was granted. Whoever has to wait gets a turn.
 */
export class PageBudget {
  readonly #now: () => number;
  readonly #levels: BucketLevels;
  readonly #sizes = new Map<string, number>();
  readonly #regions = new Map<string, string>();
  readonly #readings = new Set<Reading>();
  readonly #turns = new Map<string, Turn>();

  constructor(now: () => number) {
    this.#now = now;
    this.#levels = new BucketLevels(now);
  }

  /** What a scale set says of itself: how many pages its list should have, and where it is. */
  noteSet(
    address: ScaleSetAddress,
    { capacity, location }: { capacity?: unknown; location?: unknown },
  ): void {
    const key = keyOf(address);
    // Buckets belong to a region.
    if (typeof location === 'string') this.#regions.set(key, location.toLowerCase());
    if (typeof capacity === 'number' && !this.#sizes.has(key))
      this.#sizes.set(key, Math.max(1, Math.ceil(capacity / PAGE)));
  }

  noteAnswer(address: ScaleSetAddress, answer: Answer): void {
    for (const { name, left } of bucketsIn(answer)) {
      if (name === 'HighCostGetVMScaleSetResource') this.#levels.note(keyOf(address), OF_SET, left);
      if (name === 'GetVMScaleSetVMSubscriptionMaximum')
        this.#levels.note(`${this.#regionOf(address)} instances`, INSTANCES, left);
      if (name === 'HighCostGetVMScaleSetSubscriptionMaximum') {
        this.#levels.note(this.#regionOf(address), OF_SUBSCRIPTION, left);
        this.#levels.note(address.subscriptionId.toLowerCase(), OF_SUBSCRIPTION, left);
      }
    }
  }

  ofSubscription(subscriptionId: string): Allowance | undefined {
    return this.#levels.last(subscriptionId.toLowerCase());
  }

  /** How many instances may be asked for by themselves just now. */
  instancesGranted(address: ScaleSetAddress): number {
    const left = this.#levels.leftIn(`${this.#regionOf(address)} instances`, INSTANCES);
    return Math.max(0, Math.floor(left - LEFT_TO_OTHERS));
  }

  /** Seconds until the service grants a list of so many pages, less what was promised to others before. */
  secondsUntil(address: ScaleSetAddress, pages = this.#sizes.get(keyOf(address)) ?? 1): number {
    const region = this.#regionOf(address);
    return Math.max(
      // More than a bucket holds is never there at once.
      this.#levels.secondsUntil(keyOf(address), OF_SET, Math.min(pages, OF_SET.store)),
      this.#levels.secondsUntil(region, OF_SUBSCRIPTION, pages + this.#promised(address)),
    );
  }

  begin(address: ScaleSetAddress): Begun {
    const key = keyOf(address);
    const region = this.#regionOf(address);
    const pages = this.#sizes.get(key) ?? 1;
    const seconds = this.secondsUntil(address, pages);
    if (seconds > 0) {
      // A turn that was missed is lost.
      if (!this.#isKept(this.#turns.get(key))) this.#turns.delete(key);
      this.#turns.set(key, { region, pages, due: this.#now() + seconds * 1000 });
      return { kind: 'wait', seconds };
    }
    this.#turns.delete(key);
    const reading = { region, pages };
    this.#readings.add(reading);
    return {
      kind: 'begun',
      answered: (answer) => this.#answered(address, reading, answer),
      end: (read) => {
        this.#readings.delete(reading);
        // A list may be short for a moment.
        if (read !== undefined) this.#sizes.set(key, Math.max(read, this.#sizes.get(key) ?? 0));
      },
    };
  }

  #answered(address: ScaleSetAddress, reading: Reading, answer: Answer): number {
    this.noteAnswer(address, answer);
    reading.pages = Math.max(0, reading.pages - 1);
    // Each of the other lists may have a request on its way.
    const others = [...this.#readings].filter(
      (one) => one !== reading && one.region === reading.region && one.pages > 0,
    );
    return Math.max(
      this.#levels.secondsUntil(keyOf(address), OF_SET, 1),
      this.#levels.secondsUntil(reading.region, OF_SUBSCRIPTION, 1 + others.length),
    );
  }

  /** Pages that lists under way have still to ask for, and those of lists whose turn comes before. */
  #promised(address: ScaleSetAddress): number {
    const region = this.#regionOf(address);
    let pages = 0;
    for (const reading of this.#readings) if (reading.region === region) pages += reading.pages;
    for (const [key, turn] of this.#turns) {
      if (key === keyOf(address)) break;
      if (turn.region === region && this.#isKept(turn)) pages += turn.pages;
    }
    return pages;
  }

  #isKept(turn: Turn | undefined): boolean {
    return turn !== undefined && this.#now() <= turn.due + TURN_LASTS_MS;
  }

  #regionOf(address: ScaleSetAddress): string {
    return `${address.subscriptionId.toLowerCase()} ${this.#regions.get(keyOf(address)) ?? ''}`;
  }
}

/** The buckets that an answer names: `Microsoft.Compute/Bucket;left,…` (arm-vmss.md 3.6). */
function bucketsIn({ headers }: Answer): readonly { readonly name: string; readonly left: number }[] {
  return (headers.get('x-ms-ratelimit-remaining-resource') ?? '').split(',').flatMap((one) => {
    const [, name = '', left] = /^\s*(?:[^;/]*\/)?([^;]*);(\d+)\s*$/.exec(one) ?? [];
    return left === undefined ? [] : [{ name, left: Number(left) }];
  });
}

function keyOf(address: ScaleSetAddress): string {
  return formatScaleSetId(address).toLowerCase();
}
