import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { peaksOf, type Peaks } from './audio-peaks.ts';

const bars = 96;
let playing: HTMLAudioElement | undefined;

/** A song in the channel: its waveform is the seek bar. One plays at a time. */
export function AudioPlayer({ url, name, size }: { url: string; name: string; size: number }): VNode {
  const audio = useRef<HTMLAudioElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [length, setLength] = useState(0);
  const [peaks, setPeaks] = useState<Peaks>();
  const [isBroken, setBroken] = useState(false);
  // Every edit of a message signs its links anew; the file is the same.
  const [source] = useState(url);

  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting !== true) return;
      seen.disconnect();
      peaksOf(source, bars).then(setPeaks, () => undefined);
    });
    if (box.current !== null) seen.observe(box.current);
    return () => seen.disconnect();
  }, [source]);

  const toggle = (): void => {
    const element = audio.current;
    if (element === null) return;
    if (!element.paused) return element.pause();
    if (playing !== element) playing?.pause();
    playing = element;
    element.play().catch(() => setBroken(true));
  };
  const seconds = length > 0 ? length : (peaks?.seconds ?? 0);
  const share = seconds > 0 ? at / seconds : 0;
  return (
    <div class={`player${isPlaying ? ' playing' : ''}`} ref={box}>
      <audio
        ref={audio}
        src={source}
        preload="metadata"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onLoadedMetadata={({ currentTarget }) => setLength(finite(currentTarget.duration))}
        onDurationChange={({ currentTarget }) => setLength(finite(currentTarget.duration))}
        onError={() => setBroken(true)}
      />
      <button
        type="button"
        class="play"
        aria-label={`${isPlaying ? 'Pause' : 'Play'} ${name}`}
        onClick={toggle}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={isPlaying ? 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z' : 'M8 4.8v14.4l11.5-7.2z'} />
        </svg>
      </button>
      <div class="track">
        <div class="names">
          <span class="file" title={name}>
            {name}
          </span>
          <span class="clock">
            {clock(at)} / {clock(seconds)}
          </span>
        </div>
        <div class="wave">
          <Wave peaks={peaks?.values} share={share} />
          <input
            type="range"
            min={0}
            max={seconds > 0 ? seconds : 1}
            step={0.1}
            value={at}
            aria-label={`Place in ${name}`}
            aria-valuetext={`${clock(at)} of ${clock(seconds)}`}
            onInput={({ currentTarget }) => {
              if (audio.current !== null) audio.current.currentTime = Number(currentTarget.value);
              setAt(Number(currentTarget.value));
            }}
          />
        </div>
        {isBroken && <span class="broken">This file can't be played here.</span>}
      </div>
      <a class="fetch" href={source} download={name} aria-label={`Download ${name}, ${megabytes(size)}`}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 4v10m0 0-4-4m4 4 4-4M5 19h14" />
        </svg>
      </a>
    </div>
  );
}

function Wave({ peaks, share }: { peaks: readonly number[] | undefined; share: number }): VNode {
  const heights = peaks ?? Array.from({ length: bars }, () => 0.08);
  const path = heights
    .map((height, index) => {
      const half = Math.max(0.04, height) * 15;
      return `M${index * 3 + 1.5} ${16 - half}v${half * 2}`;
    })
    .join('');
  return (
    <svg class="peaks" viewBox={`0 0 ${bars * 3} 32`} preserveAspectRatio="none" aria-hidden="true">
      <path class="rest" d={path} />
      <path class="done" d={path} style={{ clipPath: `inset(0 ${100 - share * 100}% 0 0)` }} />
    </svg>
  );
}

const finite = (seconds: number): number => (Number.isFinite(seconds) ? seconds : 0);

function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
