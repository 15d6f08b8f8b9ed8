/** What `/help` says. A test holds it against the commands that there are. */
export const enHelp = {
  help: {
    title: 'Minstrel makes songs on request',
    lines: [
      '**/song** – say what it should be about; style, lyrics, title, engine and model are up to you.',
      '**/lyrics** writes the words first, or takes yours; **/tags** turns a few style words into many; **/sound** makes a noise rather than a song.',
      '',
      '**From a song** (start typing its title), mostly also from a `file` of your own',
      'More of it: **/extend**, **/sample**, **/concat** (joins a song and its extensions)',
      'Otherwise: **/cover**, **/variation**, **/replace** (a part), **/swap** (voice or band), **/add** (voice or band), **/remaster**, **/mashup**',
      'What is in it: **/stems**, **/acapella**, **/karaoke**, **/bpm**, **/midi**',
      'To keep: **/video**, **/download**, **/persona** (its voice)',
      '**/upload** brings your own audio into your songs. On a right click on any message with audio, under *Apps*: *Cover this audio*, *Split into stems*, *Save to my songs*.',
      '',
      '**/songs** – all that is kept: list, search, favourites, show, export, delete.',
      '**/jobs** – what you asked for here, and how it is getting on. Cancel from there.',
      '**/quota** – what is left for you and for this server, and until when.',
      '**/privacy** – what I keep about you: export, erase.',
      '**/help** – this page.',
      'For admins: **/quota-admin** and **/settings**.',
      '',
      'A finished song comes with buttons for most of this: *Another take*, *Extend*, *Cover*, *Stems*, and the rest under *More…*. They work at any age.',
      'A song that fails is not charged, nor is what the song service turns out not to offer. Once it has begun a song, it can’t be stopped there; cancelling then only means that it isn’t posted.',
    ],
  },
};
