/** A seeded source of randomness; two sources of the same seed give the same numbers. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  logNormal(mean: number, deviation: number): number;
  hex(length: number): string;
  guid(): string;
}

/** One named stream per purpose, so that an extra poll never changes how long an upgrade takes. */
export type RandomStreams = (stream: string) => Random;

export function createRandomStreams(seed: number): RandomStreams {
  const streams = new Map<string, Random>();
  return (stream) => {
    const known = streams.get(stream);
    if (known !== undefined) return known;
    const created = createRandom(hash(`${seed}/${stream}`));
    streams.set(stream, created);
    return created;
  };
}

function createRandom(seed: number): Random {
  let state = seed >>> 0;

  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const gaussian = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const hex = (length: number): string => {
    let digits = '';
    while (digits.length < length) digits += Math.floor(next() * 16).toString(16);
    return digits;
  };

  return {
    next,
    hex,
    between: (min, max) => min + (max - min) * next(),
    chance: (probability) => next() < probability,
    logNormal(mean, deviation) {
      const variance = Math.log(1 + (deviation / mean) ** 2);
      return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * gaussian());
    },
    guid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
  };
}

/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return value >>> 0;
}
