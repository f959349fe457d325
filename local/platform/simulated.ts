interface Simulated {
  readonly timeScale: number;
  readonly scaleSets: readonly { readonly name: string; readonly instances: readonly unknown[] }[];
}

export interface Asked {
  readonly timeScale: number;
  readonly scaleSets: readonly string[];
}

/** What the simulator really has, in words: on a state from before that may be something else than was asked for. */
export async function describeSimulated(arm: string, asked: Asked): Promise<string> {
  const answer = await fetch(`${arm}/_state`, { signal: AbortSignal.timeout(5000) });
  const { timeScale, scaleSets }: Simulated = JSON.parse(await answer.text());
  const sets = scaleSets.map(({ name, instances }) => `${name}:${instances.length}`);
  const words = `${sets.join(', ')}, ${timeScale} times as fast as Azure`;
  const names = new Set(scaleSets.map(({ name }) => name));
  const isKept =
    timeScale !== asked.timeScale || asked.scaleSets.some((given) => !names.has(given.split(':')[0] ?? ''));
  return isKept ? `${words} (kept from before; another --state begins anew)` : words;
}
