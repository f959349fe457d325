import { generateKeyPairSync, sign } from 'node:crypto';

/** A certificate of 127.0.0.1 that signs itself, and its key, in PEM (RFC 5280, in DER of our own). */
export function selfSigned(now = new Date()): { readonly key: string; readonly cert: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signature = sequence(object(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const name = sequence(set(sequence(object(0x55, 0x04, 0x03), tagged(0x0c, Buffer.from('127.0.0.1')))));
  const until = new Date(now.getTime() + 3_600_000);
  const alternative = sequence(
    object(0x55, 0x1d, 0x11),
    octets(sequence(tagged(0x87, Buffer.from([127, 0, 0, 1])))),
  );
  const authority = sequence(
    object(0x55, 0x1d, 0x13),
    tagged(0x01, Buffer.from([0xff])),
    octets(sequence(tagged(0x01, Buffer.from([0xff])))),
  );
  const signed = sequence(
    tagged(0xa0, integer(2)),
    integer(1),
    signature,
    name,
    sequence(time(new Date(now.getTime() - 60_000)), time(until)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(alternative, authority)),
  );
  const bits = Buffer.concat([Buffer.from([0]), sign('sha256', signed, privateKey)]);
  const der = sequence(signed, signature, tagged(0x03, bits));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  };
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function set(part: Buffer): Buffer {
  return tagged(0x31, part);
}

function object(...bytes: readonly number[]): Buffer {
  return tagged(0x06, Buffer.from(bytes));
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

function integer(value: number): Buffer {
  return tagged(0x02, Buffer.from([value]));
}

function time(at: Date): Buffer {
  return tagged(0x18, Buffer.from(at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')));
}
