import { FaultError, parseFault } from '../faults/schema.ts';
import { isObject } from '../model/json.ts';
import type { Simulator } from '../simulator.ts';
import type { GalleryVersion } from '../store/galleries.ts';
import { parseJson } from '../calls/call.ts';

/** The simulator's own paths, which Azure has not: the log, the ground truth and faults. */
export async function answerControl(simulator: Simulator, request: Request): Promise<Response> {
  const url = new URL(request.url);
  switch (`${request.method} ${url.pathname}`) {
    case 'GET /_log': {
      const since = Number(url.searchParams.get('since') ?? 0);
      return Response.json({ value: simulator.log.slice(Number.isFinite(since) ? Math.max(0, since) : 0) });
    }
    case 'GET /_state': {
      const { settings, scaleSets } = simulator;
      return Response.json({ ...settings, sequence: simulator.log.length, scaleSets });
    }
    case 'POST /_faults':
      return injectAll(simulator, await request.text());
    case 'POST /_images':
      return publish(simulator, await request.text());
    default:
      return refuse(404, 'There is no such path; try /_log, /_state, /_faults or /_images.');
  }
}

/** One fault or a list of them; a list is taken as far as its first mistake. */
function injectAll(simulator: Simulator, text: string): Response {
  const body = parseJson(text);
  if (body === undefined) return refuse(400, 'The body is no JSON.');
  const faults: readonly unknown[] = Array.isArray(body) ? body : [body];
  try {
    return Response.json(
      { value: faults.map((fault) => simulator.inject(parseFault(fault))) },
      { status: 201 },
    );
  } catch (error) {
    if (error instanceof FaultError) return refuse(400, error.message);
    throw error;
  }
}

function publish(simulator: Simulator, text: string): Response {
  const body = parseJson(text);
  if (isGalleryVersion(body)) {
    simulator.publishGalleryVersion(body);
    return Response.json(body, { status: 201 });
  }
  const image = typeof body === 'object' && body !== null ? { ...body } : {};
  if (!('version' in image) || typeof image.version !== 'string') {
    return refuse(400, 'An image needs a version, for example {"version":"22.04.202612010"}.');
  }
  simulator.publishImage({ ...image, version: image.version });
  return Response.json(image, { status: 201 });
}

function isGalleryVersion(body: unknown): body is GalleryVersion {
  return (
    isObject(body) &&
    ['resourceGroup', 'gallery', 'image', 'version'].every((key) => typeof body[key] === 'string')
  );
}

function refuse(status: number, message: string): Response {
  return Response.json({ error: message }, { status });
}
