import { sampleRate, type Stereo } from './stereo.ts';

const bytesPerFrame = 4;

/** The 44 bytes before the samples of a stereo WAV of 16 bits. https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html */
export function wavHead(dataBytes: number): Buffer {
  const head = Buffer.alloc(44);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(36 + dataBytes, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(2, 22);
  head.writeUInt32LE(sampleRate, 24);
  head.writeUInt32LE(sampleRate * bytesPerFrame, 28);
  head.writeUInt16LE(bytesPerFrame, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36, 'latin1');
  head.writeUInt32LE(dataBytes, 40);
  return head;
}

export function encodeWav({ left, right }: Stereo): Uint8Array<ArrayBuffer> {
  const samples = left.length;
  const file = new Uint8Array(44 + samples * bytesPerFrame);
  file.set(wavHead(samples * bytesPerFrame));
  const view = new DataView(file.buffer);
  for (let index = 0; index < samples; index += 1) {
    view.setInt16(44 + index * bytesPerFrame, Math.round(left[index]! * 32_767), true);
    view.setInt16(46 + index * bytesPerFrame, Math.round(right[index]! * 32_767), true);
  }
  return file;
}
