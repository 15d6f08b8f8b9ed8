import type { ComponentChildren, VNode } from 'preact';
import { useState } from 'preact/hooks';
import { draftFiles } from './draft-files.ts';

/** The chat; files that are dropped anywhere on it go to the composer. */
export function DropZone({ children }: { children: ComponentChildren }): VNode {
  const [isOver, setOver] = useState(false);
  return (
    <main
      class="chat"
      onDragOver={(event) => {
        if (event.dataTransfer?.types.includes('Files') !== true) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        draftFiles.offer([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {children}
      {isOver && (
        <div class="drop" aria-hidden="true">
          Drop to attach
        </div>
      )}
    </main>
  );
}
