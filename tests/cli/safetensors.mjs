// Reads and writes safetensors with F32 and I64 tensors, for the tests: name -> {shape, data}.
import { readFileSync, writeFileSync } from 'node:fs';

/** @param {string} path @returns {Record<string, {shape: number[], data: Float32Array | BigInt64Array}>} */
export function readSafetensors(path) {
  const bytes = readFileSync(path);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength));
  /** @type {ReturnType<typeof readSafetensors>} */
  const tensors = {};
  for (const [name, tensor] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const { dtype, shape, data_offsets: [begin, end] } = tensor;
    const copy = Uint8Array.from(bytes.subarray(8 + headerLength + begin, 8 + headerLength + end));
    const data = dtype === 'I64' ? new BigInt64Array(copy.buffer) : new Float32Array(copy.buffer);
    tensors[name] = { shape, data };
  }
  return tensors;
}

export function writeSafetensors(path, tensors) {
  const header = {};
  const blobs = [];
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    const blob = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const dtype = data instanceof BigInt64Array ? 'I64' : 'F32';
    header[name] = { dtype, shape, data_offsets: [offset, offset + blob.length] };
    blobs.push(blob);
    offset += blob.length;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  writeFileSync(path, Buffer.concat([length, text, ...blobs]));
}
