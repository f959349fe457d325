import { randomUUID } from 'node:crypto';
import { text as textOf } from 'node:stream/consumers';
import type { ContainerClient } from '@azure/storage-blob';
import type { Blobs } from '../port.ts';
import { connectContainer, deadline } from './connection.ts';
import type { AzureStoreSettings, Pair } from './connection.ts';
import { once, unless, writeOnce } from './faults.ts';
import { checkBlobName } from '../limits.ts';

const TAKEN = { 409: ['BlobAlreadyExists'], 412: ['ConditionNotMet'] };

/** Texts as block blobs of one private container. */
export function createBlobs(settings: AzureStoreSettings, container: string): Blobs {
  const clients = connectContainer(settings, container);
  const { reader, writer } = clients;
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
      return createBlob(clients, { name, text }, () => deadline(settings));
    },

    async list(prefix, top) {
      await ready();
      return listBlobs(reader, prefix, { top, abortSignal: deadline(settings) });
    },

    async remove(name) {
      checkBlobName(name);
      await ready();
      await writer.getBlobClient(name).deleteIfExists({ abortSignal: deadline(settings) });
    },
  };
}

async function listBlobs(
  reader: ContainerClient,
  prefix: string,
  { top, abortSignal }: { readonly top: number; readonly abortSignal: AbortSignal },
): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { name } of reader.listBlobsFlat({ prefix, abortSignal })) {
    if (names.length === top) break;
    names.push(name);
  }
  return names;
}

/** Writes a blob where there is none; what a lost answer left behind is known by its own mark. */
async function createBlob(
  { reader, writer }: Pair<ContainerClient>,
  { name, text }: { readonly name: string; readonly text: string },
  timeLimit: () => AbortSignal,
): Promise<boolean> {
  const mark = randomUUID();
  const upload = () =>
    writer.getBlockBlobClient(name).upload(text, Buffer.byteLength(text), {
      conditions: { ifNoneMatch: '*' },
      metadata: { write: mark },
      blobHTTPHeaders: { blobContentType: 'text/plain; charset=utf-8' },
      abortSignal: timeLimit(),
    });
  return writeOnce(
    async () => (await unless(TAKEN, upload)) !== undefined,
    async () => {
      const { metadata } = await reader.getBlobClient(name).getProperties({ abortSignal: timeLimit() });
      return metadata?.['write'] === mark ? true : undefined;
    },
  );
}
