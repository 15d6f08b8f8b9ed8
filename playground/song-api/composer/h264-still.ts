import { BitWriter } from './bit-writer.ts';

/** Pixels of a square picture: red, green, blue and alpha, a byte each. */
export interface Picture {
  /** A multiple of 16. */
  size: number;
  rgba: Uint8ClampedArray;
}

export interface H264Still {
  /** "avc1.PPCCLL" */
  codec: string;
  /** The decoder's configuration record, as MP4 stores it. */
  description: Uint8Array;
  /** The picture, uncompressed inside of H.264 (I_PCM), which every decoder must take. */
  first: Uint8Array;
  /** The nth frame after it: "as before", in a dozen bytes. */
  again(n: number): Uint8Array;
}

// Baseline profile, constraint sets 0 and 1, level 3: ITU-T H.264, annex A.
const [profile, constraints, level] = [66, 0xc0, 30] as const;
const unit = { sps: 0x67, pps: 0x68, idr: 0x65, p: 0x41 } as const;
const frameNumberBits = 8;

/** A video of one still picture without an encoder: ITU-T H.264, 7.3, down to the few syntax elements that it takes. */
export function h264Still(picture: Picture): H264Still {
  const blocks = picture.size / 16;
  const sps = wrap(unit.sps, sequence(blocks));
  const pps = wrap(unit.pps, pictureSet());
  return {
    codec: `avc1.${[profile, constraints, level].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`,
    description: configuration(sps, pps),
    first: withLength(wrap(unit.idr, intra(picture, blocks))),
    again: (n) => withLength(wrap(unit.p, skipped(n % 2 ** frameNumberBits, blocks))),
  };
}

function sequence(blocks: number): Uint8Array {
  const bits = new BitWriter();
  for (const byte of [profile, constraints, level]) bits.number(byte, 8);
  bits.golomb(0); // seq_parameter_set_id
  bits.golomb(frameNumberBits - 4);
  bits.golomb(2); // pic_order_cnt_type: output order is decoding order
  bits.golomb(1); // max_num_ref_frames
  bits.number(0, 1);
  bits.golomb(blocks - 1);
  bits.golomb(blocks - 1);
  bits.number(0b1100, 4); // frames only, direct_8x8, no cropping, no VUI
  return bits.finish();
}

function pictureSet(): Uint8Array {
  const bits = new BitWriter();
  bits.golomb(0);
  bits.golomb(0);
  bits.number(0, 2); // CAVLC
  for (let field = 0; field < 3; field += 1) bits.golomb(0); // slice groups, reference counts
  bits.number(0, 3); // no weighted prediction
  for (let field = 0; field < 3; field += 1) bits.golomb(0); // quantisers
  bits.number(0b100, 3); // slices say whether they deblock
  return bits.finish();
}

function intra({ size, rgba }: Picture, blocks: number): Uint8Array {
  const bits = new BitWriter();
  bits.golomb(0);
  bits.golomb(7); // I
  bits.golomb(0);
  bits.number(0, frameNumberBits);
  bits.golomb(0); // idr_pic_id
  bits.number(0, 2);
  bits.golomb(0); // slice_qp_delta
  bits.golomb(1); // no deblocking
  for (let block = 0; block < blocks * blocks; block += 1) {
    bits.golomb(25); // I_PCM
    bits.align();
    const [x, y] = [(block % blocks) * 16, Math.floor(block / blocks) * 16];
    for (let pixel = 0; pixel < 256; pixel += 1)
      bits.byte(luma(rgba, ((y + (pixel >> 4)) * size + x + (pixel & 15)) * 4));
    for (const colour of [blueness, redness])
      for (let pixel = 0; pixel < 64; pixel += 1)
        bits.byte(colour(rgba, ((y + (pixel >> 3) * 2) * size + x + (pixel & 7) * 2) * 4));
  }
  return bits.finish();
}

function skipped(frame: number, blocks: number): Uint8Array {
  const bits = new BitWriter();
  bits.golomb(0);
  bits.golomb(5); // P
  bits.golomb(0);
  bits.number(frame, frameNumberBits);
  bits.number(0, 3); // reference lists and marking as usual
  bits.golomb(0);
  bits.golomb(1);
  bits.golomb(blocks * blocks); // mb_skip_run
  return bits.finish();
}

// BT.601, video range; never 0, which I_PCM doesn't like.
function luma(rgba: Uint8ClampedArray, at: number): number {
  return Math.round(16 + (65.5 * rgba[at]! + 128.6 * rgba[at + 1]! + 25 * rgba[at + 2]!) / 256);
}

function blueness(rgba: Uint8ClampedArray, at: number): number {
  return Math.round(128 + (-37.8 * rgba[at]! - 74.2 * rgba[at + 1]! + 112 * rgba[at + 2]!) / 256);
}

function redness(rgba: Uint8ClampedArray, at: number): number {
  return Math.round(128 + (112 * rgba[at]! - 93.8 * rgba[at + 1]! - 18.2 * rgba[at + 2]!) / 256);
}

/** A NAL unit: no three bytes in it may look like a start code. */
function wrap(kind: number, payload: Uint8Array): Uint8Array {
  const bytes = [kind];
  let zeros = 0;
  for (const byte of payload) {
    if (zeros >= 2 && byte <= 3) {
      bytes.push(3);
      zeros = 0;
    }
    bytes.push(byte);
    zeros = byte === 0 ? zeros + 1 : 0;
  }
  return Uint8Array.from(bytes);
}

function withLength(nal: Uint8Array): Uint8Array {
  const packet = new Uint8Array(4 + nal.length);
  new DataView(packet.buffer).setUint32(0, nal.length);
  packet.set(nal, 4);
  return packet;
}

/** ISO/IEC 14496-15, 5.3.3.1: lengths of four bytes, one set of each kind. */
function configuration(sps: Uint8Array, pps: Uint8Array): Uint8Array {
  const sized = (set: Uint8Array): number[] => [set.length >> 8, set.length & 255, ...set];
  const head = [1, profile, constraints, level, 0xff, 0xe1];
  return Uint8Array.from(head.concat(sized(sps), [1], sized(pps)));
}
