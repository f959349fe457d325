import { PER_INSTANCE, type BucketRule } from '../operations/buckets.ts';

export interface Draw {
  readonly buckets: readonly BucketRule[];
  /** The scale set, the instance or the operation that is asked for. */
  readonly resource: string;
}

export type DrawResult =
  | { readonly kind: 'passed'; readonly remaining: string | undefined }
  | {
      readonly kind: 'refused';
      readonly bucket: string;
      readonly allowed: number;
      /** Simulated seconds until the bucket holds a token again. */
      readonly waitSeconds: number;
    };

export interface Buckets {
  /** Takes one token of each bucket that the call counts in, or none when one of them is empty. */
  draw(time: number, draw: Draw): DrawResult;
  /** Charges a call that was answered; tells what is left for instances. */
  charge(time: number, what: keyof typeof PER_INSTANCE, instances: number): string;
}

export function createBuckets(): Buckets {
  const levels = new Map<string, { tokens: number; time: number }>();

  const levelOf = (bucket: BucketRule, resource: string, time: number): { tokens: number; time: number } => {
    const name = `${bucket.name}/${bucket.capacity}`;
    const key = bucket.scope === 'subscription' ? name : `${name}/${resource}`;
    const known = levels.get(key) ?? { tokens: bucket.capacity, time };
    const refilled = known.tokens + ((time - known.time) / 60_000) * bucket.refillPerMinute;
    const level = { tokens: Math.min(bucket.capacity, refilled), time };
    levels.set(key, level);
    return level;
  };

  return {
    charge(time, what, instances) {
      const bucket = PER_INSTANCE[what];
      const level = levelOf(bucket, '', time);
      level.tokens = Math.max(0, level.tokens - instances);
      return `Microsoft.Compute/${bucket.name};${Math.floor(level.tokens)}`;
    },
    draw(time, { buckets, resource }) {
      const drawn = buckets.map((bucket) => ({ bucket, level: levelOf(bucket, resource, time) }));
      const empty = drawn.find(({ level }) => level.tokens < 1);
      if (empty !== undefined) {
        const { bucket, level } = empty;
        return {
          kind: 'refused',
          bucket: bucket.name,
          allowed: bucket.capacity,
          waitSeconds: ((1 - level.tokens) / bucket.refillPerMinute) * 60,
        };
      }
      const left = drawn.map(({ bucket, level }) => {
        level.tokens -= 1;
        return `Microsoft.Compute/${bucket.name};${Math.floor(level.tokens)}`;
      });
      return { kind: 'passed', remaining: left.length > 0 ? left.join(',') : undefined };
    },
  };
}
