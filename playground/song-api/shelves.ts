/** Where each platform's files lie. The Producer's paths are those of the documentation's example. */
export const shelves = {
  producer: {
    audio: (id: string) => `/producer-app-public/clips/${id}.m4a`,
    image: (id: string) => `/producer-app-public/assets/${id}.jpg`,
    other: (id: string, extension: string) => `/producer-app-public/downloads/${id}.${extension}`,
    model: 'FUZZ-2.0',
    takes: 1,
  },
  suno: {
    audio: (id: string) => `/cdn1.suno.ai/${id}.m4a`,
    image: (id: string) => `/cdn2.suno.ai/image_${id}.jpeg`,
    other: (id: string, extension: string) => `/cdn1.suno.ai/${id}.${extension}`,
    model: 'chirp-v5',
    takes: 2,
  },
} as const;
