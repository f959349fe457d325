import { z } from 'zod';
import type { Sign } from '../core/instances.ts';

/** ARM's InstanceViewStatus; every part but the code may be absent. */
export const Status = z.object({
  code: z.string(),
  displayStatus: z.string().nullish(),
  message: z.string().nullish(),
  time: z.string().nullish(),
});
export type Status = z.infer<typeof Status>;

export const Extension = z.object({
  name: z.string().optional(),
  type: z.string().nullish(),
  statuses: z.array(Status).nullish(),
  substatuses: z.array(Status).nullish(),
});
export type Extension = z.infer<typeof Extension>;

/** `ProvisioningState/failed/OSProvisioningTimedOut` in its parts; the first two lower-cased, error codes as sent. */
export function pathOf(code: string): readonly string[] {
  return code.split('/').map((part, depth) => (depth < 2 ? part.toLowerCase() : part));
}

export function signOf(status: Status): Sign {
  return { state: pathOf(status.code).slice(1).join('/'), ...detailsOf(status) };
}

/** When the service saw it and what it says; Azure's seven fraction digits are cut to milliseconds. */
export function detailsOf({ time, message, displayStatus }: Status): Omit<Sign, 'state'> {
  const at = Date.parse(time ?? '');
  const words = message ?? displayStatus;
  return {
    ...(!Number.isNaN(at) && { at }),
    ...(words !== undefined && words !== null && { message: words }),
  };
}
