// @ts-check
// A picture from the reader's disk as a few numbers. It never leaves the page.

export const kMostMegapixels = 32;
const kMostBytes = 64e6;
/** Where a JPEG says its size, if it is not hidden behind an endless preview. */
const kHeadBytes = 1 << 20;
/** How files of each kind begin. */
const [kPng, kGif, kRiff, kWebP, kJpeg, kBmp] = [0x89504e47, 0x47494638, 0x52494646, 0x57454250, 0xffd8, 0x424d];
/** What white becomes, so that the numbers are short enough to be reckoned with. */
const kWhite = 9;

/** @typedef {{width: number, height: number}} Extent */

/** @param {DataView} view @returns {Extent | null} */
function extentOfPng(view) {
  const isPng = view.byteLength >= 24 && view.getUint32(0) === kPng && view.getUint32(12) === 0x49484452;
  return isPng ? { width: view.getUint32(16), height: view.getUint32(20) } : null;
}

/** @param {number} marker  0xC0 to 0xCF begin a frame, but for tables and extensions */
const beginsFrame = (marker) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** @param {DataView} view @returns {Extent | null} */
function extentOfJpeg(view) {
  if (view.byteLength < 4 || view.getUint16(0) !== kJpeg) return null;
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff;) {
    if (beginsFrame(view.getUint8(at + 1))) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** @param {DataView} view @returns {Extent | null} */
function extentOfGif(view) {
  const isGif = view.byteLength >= 10 && view.getUint32(0) === kGif;
  return isGif ? { width: view.getUint16(6, true), height: view.getUint16(8, true) } : null;
}

/** @param {DataView} view @returns {Extent | null} */
function extentOfBmp(view) {
  const isBmp = view.byteLength >= 26 && view.getUint16(0) === kBmp;
  return isBmp ? { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) } : null;
}

/** Its three ways to say it: extended, lossless, lossy. @param {DataView} view @returns {Extent | null} */
function extentOfWebP(view) {
  if (view.byteLength < 30 || view.getUint32(0) !== kRiff || view.getUint32(8) !== kWebP) return null;
  const kind = view.getUint8(15);
  if (kind === 0x58) return { width: 1 + (view.getUint32(24, true) & 0xffffff), height: 1 + (view.getUint32(26, true) >>> 8) };
  if (kind === 0x4c) return { width: 1 + (view.getUint32(21, true) & 0x3fff), height: 1 + ((view.getUint32(21, true) >>> 14) & 0x3fff) };
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** By its first bytes, whatever its name says. @param {DataView} head */
export function isPicture(head) {
  if (head.byteLength < 4) return false;
  const [four, two] = [head.getUint32(0), head.getUint16(0)];
  return [kPng, kGif].includes(four) || [kJpeg, kBmp].includes(two) || (four === kRiff && head.byteLength >= 12 && head.getUint32(8) === kWebP);
}

/** Refused before it is decoded, since that would take four bytes a pixel. @param {File} file @returns {Promise<Extent>} */
async function checkedExtent(file) {
  if (file.size > kMostBytes) throw new Error(`it has ${Math.round(file.size / 1e6)} MB; at most ${kMostBytes / 1e6} MB are read`);
  const head = new DataView(await file.slice(0, kHeadBytes).arrayBuffer());
  const extent = extentOfPng(head) ?? extentOfJpeg(head) ?? extentOfGif(head) ?? extentOfBmp(head) ?? extentOfWebP(head);
  if (!extent || extent.width * extent.height === 0) throw new Error('it is damaged: its size cannot be read');
  const megapixels = (extent.width * extent.height) / 1e6;
  if (megapixels > kMostMegapixels) {
    throw new Error(`it has ${Math.round(megapixels)} megapixels (${extent.width} × ${extent.height}); at most ${kMostMegapixels} are read: make it smaller first`);
  }
  return extent;
}

/** The largest part of that shape from the middle. @param {Extent} whole @param {Extent} shape */
function middle({ width, height }, shape) {
  const scale = Math.min(width / shape.width, height / shape.height);
  const part = { width: Math.max(1, Math.floor(shape.width * scale)), height: Math.max(1, Math.floor(shape.height * scale)) };
  return { ...part, x: Math.floor((width - part.width) / 2), y: Math.floor((height - part.height) / 2) };
}

/** The picture's middle as RGBA, row by row. @param {File} file @param {Extent} size */
async function texelsOf(file, size) {
  await checkedExtent(file);
  const whole = await createImageBitmap(file).catch(() => {
    throw new Error('it is damaged: the browser cannot decode it');
  });
  const { x, y, width, height } = middle(whole, size);  // as it is to be seen: a camera may have lain on its side
  const small = await createImageBitmap(whole, x, y, width, height, { resizeWidth: size.width, resizeHeight: size.height, resizeQuality: 'high' });
  whole.close();
  const context = new OffscreenCanvas(size.width, size.height).getContext('2d');
  if (!context) throw new Error('the browser has no memory left for it');
  context.fillStyle = 'white';  // behind what is transparent
  context.fillRect(0, 0, size.width, size.height);
  context.drawImage(small, 0, 0);
  small.close();
  return context.getImageData(0, 0, size.width, size.height).data;
}

/**
 * The picture's middle in greys: row by row, 0 is black and 9 white.
 * @param {File} file @param {Extent} size @returns {Promise<number[]>}
 */
export async function greysOf(file, size) {
  const data = await texelsOf(file, size);
  return Array.from({ length: size.width * size.height }, (_, i) => {
    const [red, green, blue] = data.subarray(4 * i, 4 * i + 3);
    return Math.round((kWhite * (0.299 * red + 0.587 * green + 0.114 * blue)) / 255);  // luma of ITU-R BT.601
  });
}

/** All reds, then all greens, then all blues. @param {Uint8ClampedArray} texels RGBA */
export function planesOf(texels) {
  const cells = texels.length / 4;
  const planes = new Uint8Array(3 * cells);
  for (let i = 0; i < cells; i += 1) {
    for (let channel = 0; channel < 3; channel += 1) planes[channel * cells + i] = texels[4 * i + channel];
  }
  return planes;
}

/** The picture's middle in colour, as planes of bytes. @param {File} file @param {Extent} size */
export async function coloursOf(file, size) {
  return planesOf(await texelsOf(file, size));
}
