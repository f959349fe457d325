import { z } from 'zod';
import { compareVersions } from '../core/model/versions.ts';
import type { Announced } from './port.ts';

const Versions = z.array(z.object({ name: z.string() }));

/** Names of a platform image's versions, newest first; `undefined` for a body of another shape. */
export function readImageVersions(body: unknown): readonly string[] | undefined {
  const parsed = Versions.safeParse(body);
  return parsed.success
    ? parsed.data.map(({ name }) => name).sort((a, b) => compareVersions(b, a))
    : undefined;
}

const ImageVersion = z.object({
  properties: z
    .object({
      imageDeprecationStatus: z
        .object({ imageState: z.string().optional(), scheduledDeprecationTime: z.string().optional() })
        .optional(),
    })
    .optional(),
});

/** Without a word of it an image is active (arm-vmss.md 2.3). */
export function readAnnounced(body: unknown): Announced | undefined {
  const parsed = ImageVersion.safeParse(body);
  if (!parsed.success) return undefined;
  const { imageState = '', scheduledDeprecationTime = '' } =
    parsed.data.properties?.imageDeprecationStatus ?? {};
  const deprecates = Date.parse(scheduledDeprecationTime);
  return {
    isDeprecated: imageState.toLowerCase() === 'deprecated',
    ...(!Number.isNaN(deprecates) && { deprecates }),
  };
}
