/** Keeps a word that may be written from right to left from turning what stands beside it: Unicode's isolates. */
export function isolate(word: string): string {
  return isRightToLeft.test(word) ? `\u2068${word}\u2069` : word;
}

const isRightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
