import { randomUUID } from 'node:crypto';
import { text as textOf } from 'node:stream/consumers';
import type { Blobs } from '../port.ts';
import { connectContainer, deadline } from './connection.ts';
import type { AzureStoreSettings } from './connection.ts';
import { once, unless, writeOnce } from './faults.ts';
import { checkBlobName } from '../limits.ts';

/** Texts as block blobs of one private container. */
export function createBlobs(settings: AzureStoreSettings): Blobs {
  const { reader, writer } = connectContainer(settings);
  const ready = once(() => reader.createIfNotExists({ abortSignal: deadline(settings) }));

  return {
    async read(name) {
      checkBlobName(name);
      await ready();
      return unless({ 404: ['BlobNotFound'] }, async () => {
        const abortSignal = deadline(settings);
        const { readableStreamBody } = await reader
          .getBlobClient(name)
          .download(0, undefined, { abortSignal });
        if (readableStreamBody === undefined) throw new Error(`the blob ${name} came without a body`);
        return textOf(readableStreamBody);
      });
    },

    async create(name, text) {
      checkBlobName(name);
      await ready();
      const mark = randomUUID();
      return writeOnce(
        async () => {
          const taken = { 409: ['BlobAlreadyExists'], 412: ['ConditionNotMet'] };
          const answer = await unless(taken, () =>
            writer.getBlockBlobClient(name).upload(text, Buffer.byteLength(text), {
              conditions: { ifNoneMatch: '*' },
              metadata: { write: mark },
              blobHTTPHeaders: { blobContentType: 'text/plain; charset=utf-8' },
              abortSignal: deadline(settings),
            }),
          );
          return answer !== undefined;
        },
        async () => {
          const abortSignal = deadline(settings);
          const { metadata } = await reader.getBlobClient(name).getProperties({ abortSignal });
          return metadata?.['write'] === mark ? true : undefined;
        },
      );
    },

    async remove(name) {
      checkBlobName(name);
      await ready();
      await writer.getBlobClient(name).deleteIfExists({ abortSignal: deadline(settings) });
    },
  };
}
