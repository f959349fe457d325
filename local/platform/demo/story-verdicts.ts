import type { LogEntry } from '../../simulator/log/entries.ts';
import { imagesNow, upgradesPerInstance } from '../../simulator/log/judge.ts';
import { imageOfModel } from './batches.ts';
import { isAccepted, splitAtTurn, wholeLog, type Passage } from './passage.ts';
import { fellIll, overlapVerdict, servingVerdict, type Verdict } from './verdicts.ts';

/** The log of one scale set: instances of others have the same numbers. */
export function ofSet(log: readonly LogEntry[], scaleSet: string): readonly LogEntry[] {
  return log.filter((entry) => 'scaleSet' in entry && entry.scaleSet === scaleSet);
}

/** Nothing has been changed in a scale set between two readings of the log. */
export function judgeStillness(
  passage: Passage,
  { scaleSet, until }: { readonly scaleSet: string; readonly until: string },
): Verdict {
  const writes = passage.during.filter((entry) => isAccepted(entry)).length;
  return {
    holds: writes === 0,
    claim: `nothing is written to ${scaleSet} before ${until}`,
    seen: `writes: ${writes}`,
  };
}

/** A bad image was met: not everybody had it, and all are back. */
export function judgeStop(passage: Passage, { floor, image }: { floor: number; image: string }): Verdict[] {
  const whole = wholeLog(passage);
  const { forward } = splitAtTurn(passage);
  const images = Object.values(imagesNow(whole));
  const touched = Object.keys(upgradesPerInstance(forward));
  const back = images.filter((now) => now === image).length;
  return [
    {
      holds: touched.length > 0 && touched.length < images.length && fellIll(forward, touched),
      claim: 'stopped where instances became unhealthy',
      seen: `upgraded: ${touched.length} of ${images.length}`,
    },
    {
      holds: back === images.length && imageOfModel(whole) === image,
      claim: `every instance, and the model, back on ${image}`,
      seen: `${back} of ${images.length}, model on ${imageOfModel(whole)}`,
    },
    servingVerdict(passage, floor),
    overlapVerdict(passage.during),
  ];
}
