// @ts-check
// The engine as it is shipped still consists of the instructions that its kernels ask for: another compiler, or an
// innocent change, could undo them without any result becoming wrong.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { site } from './support/lab.mjs';
import { expect, test } from './support/runner.mjs';
import { countInstructions, kLoadSplat32, kRelaxedMultiplyAdd } from './support/wasm_instructions.mjs';

/** A little under what there was when the kernels were last tuned; a kernel more may raise them. */
const kFewestMultiplyAdds = 760;
const kFewestLoadSplats = 100;

/** @param {string} variant @param {number} instruction */
const countIn = (variant, instruction) =>
  countInstructions(readFileSync(join(site, 'engine', variant, 'engine.wasm'))).get(instruction) ?? 0;

for (const variant of ['st-relaxed', 'mt-relaxed']) {
  test(`the engine ${variant} multiplies and adds in one relaxed instruction`, async () => {
    const count = countIn(variant, kRelaxedMultiplyAdd);
    expect(count >= kFewestMultiplyAdds, `${count} f32x4.relaxed_madd, at least ${kFewestMultiplyAdds} expected`);
    return `${count} of them`;
  });
}

for (const variant of ['st', 'mt']) {
  test(`the engine ${variant} has no relaxed instruction, which its browsers would refuse`, async () => {
    const count = countIn(variant, kRelaxedMultiplyAdd);
    expect(count === 0, `${count} f32x4.relaxed_madd`);
  });
}

for (const variant of ['st', 'st-relaxed', 'mt', 'mt-relaxed']) {
  test(`the engine ${variant} loads a weight into all lanes at once`, async () => {
    const count = countIn(variant, kLoadSplat32);
    expect(count >= kFewestLoadSplats, `${count} v128.load32_splat, at least ${kFewestLoadSplats} expected`);
    return `${count} of them`;
  });
}
