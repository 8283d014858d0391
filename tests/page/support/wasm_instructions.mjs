// @ts-check
// Walks the code of a WebAssembly module, instruction by instruction, and counts those that are asked for.
// Encoding: WebAssembly core specification 3.0, chapter 5; threads: its proposal.

/** Reads numbers one after another. */
class Reader {
  #bytes;
  position;

  /** @param {Uint8Array} bytes @param {number} [position] */
  constructor(bytes, position = 0) {
    this.#bytes = bytes;
    this.position = position;
  }

  byte() { return this.#bytes[this.position++]; }

  /** LEB128 without a sign. */
  unsigned() {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** LEB128 of any kind, whose value does not matter. @param {number} [count] */
  skipNumbers(count = 1) {
    for (let i = 0; i < count; i += 1) {
      while (this.byte() >= 128);
    }
  }

  /** Alignment and offset of an access to memory, and the memory where there are several. */
  skipAddress() { this.skipNumbers(this.unsigned() & 64 ? 2 : 1); }

  /** A list of numbers. */
  skipList() { this.skipNumbers(this.unsigned()); }
}

/** An opcode of one byte: passes what follows it. @param {Reader} reader @param {number} opcode */
function skipPlain(reader, opcode) {
  const isBetween = (/** @type {number} */ first, /** @type {number} */ last) => first <= opcode && opcode <= last;
  if (opcode === 0x0e) { reader.skipList(); reader.skipNumbers(); }  // br_table
  else if (opcode === 0x1c) reader.skipList();  // select with types
  else if (opcode === 0x11 || opcode === 0x13) reader.skipNumbers(2);  // call_indirect
  else if (isBetween(0x28, 0x3e)) reader.skipAddress();  // loads and stores
  else if (opcode === 0x43) reader.position += 4;  // f32.const
  else if (opcode === 0x44) reader.position += 8;  // f64.const
  else if (isBetween(0x02, 0x04) || opcode === 0x0c || opcode === 0x0d || opcode === 0x10 || opcode === 0x12  // blocks, branches, calls
    || isBetween(0x20, 0x26) || isBetween(0x3f, 0x42) || opcode === 0xd0 || opcode === 0xd2) reader.skipNumbers();  // variables, constants, references
  else if (!(opcode <= 0x01 || opcode === 0x05 || opcode === 0x0b || opcode === 0x0f || opcode === 0x1a || opcode === 0x1b
    || isBetween(0x45, 0xc4) || opcode === 0xd1)) throw new Error(`unknown opcode 0x${opcode.toString(16)} at byte ${reader.position}`);
}

/** 0xfc: conversions, and memory and tables as a whole. @param {Reader} reader @param {number} opcode */
function skipBulk(reader, opcode) {
  if (opcode > 17) throw new Error(`unknown opcode 0xfc ${opcode} at byte ${reader.position}`);
  if (opcode >= 8) reader.skipNumbers([8, 10, 12, 14].includes(opcode) ? 2 : 1);
}

/** 0xfd: vectors. @param {Reader} reader @param {number} opcode */
function skipVector(reader, opcode) {
  if (opcode > 0x113) throw new Error(`unknown opcode 0xfd ${opcode} at byte ${reader.position}`);
  if (opcode <= 11 || opcode === 92 || opcode === 93) reader.skipAddress();
  else if (opcode === 12 || opcode === 13) reader.position += 16;  // v128.const, i8x16.shuffle
  else if (opcode >= 21 && opcode <= 34) reader.position += 1;  // a lane
  else if (opcode >= 84 && opcode <= 91) { reader.skipAddress(); reader.position += 1; }  // memory and a lane
}

/** One instruction: its number, the prefix in front. @param {Reader} reader */
function readInstruction(reader) {
  const first = reader.byte();
  if (first < 0xfc) {
    skipPlain(reader, first);
    return first;
  }
  const opcode = reader.unsigned();
  if (first === 0xfc) skipBulk(reader, opcode);
  else if (first === 0xfd) skipVector(reader, opcode);
  else if (first !== 0xfe) throw new Error(`unknown prefix 0x${first.toString(16)} at byte ${reader.position}`);
  else if (opcode === 3) reader.position += 1;  // atomic.fence
  else reader.skipAddress();
  return first * 0x1000 + opcode;
}

/** Where the functions' code begins. @param {Reader} reader @param {number} end */
function findCode(reader, end) {
  while (reader.position < end) {
    const section = reader.byte();
    const size = reader.unsigned();
    if (section === 10) return;
    reader.position += size;
  }
  throw new Error('the module has no code');
}

export const kRelaxedMultiplyAdd = 0xfd105;
export const kLoadSplat32 = 0xfd009;

/**
 * How often each instruction occurs: one with a prefix byte is prefix · 0x1000 + its number.
 * @param {Uint8Array} module @returns {Map<number, number>}
 */
export function countInstructions(module) {
  const reader = new Reader(module, 8);
  findCode(reader, module.length);
  const counts = new Map();
  for (let functions = reader.unsigned(); functions > 0; functions -= 1) {
    const size = reader.unsigned();
    const end = reader.position + size;
    for (let locals = reader.unsigned(); locals > 0; locals -= 1) reader.skipNumbers(2);
    while (reader.position < end) {
      const instruction = readInstruction(reader);
      counts.set(instruction, (counts.get(instruction) ?? 0) + 1);
    }
    if (reader.position !== end) throw new Error(`a function ends at byte ${end}, its last instruction at ${reader.position}`);
  }
  return counts;
}
